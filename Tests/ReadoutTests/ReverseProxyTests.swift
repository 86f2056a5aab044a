// SPDX-License-Identifier: Apache-2.0

import Foundation
import Sockets
import TestSupport
import Testing

/// Readout behind nginx, which keeps its connections to it.
@Suite(.enabled(if: Shell.has("nginx"), "nginx is not installed"))
struct ReverseProxyTests {
    private let server: RunningServer
    private let proxy: ReverseProxy

    init() throws {
        server = try RunningServer(["--trust-proxy", "127.0.0.1", "--access-log", "--body", "64KiB"])
        proxy = try ReverseProxy(before: server)
    }

    private func throughProxy() throws -> TestClient { try TestClient(#require(proxy.socketAddress)) }
    private func direct() throws -> TestClient { try TestClient(#require(SocketAddress(server.address))) }

    /// The sockets that the server has open, by inode: a new connection is a new one.
    private func sockets() throws -> Set<String> {
        let folder = "/proc/\(server.processID)/fd"
        let links = try FileManager.default.contentsOfDirectory(atPath: folder).compactMap {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")
        }
        return Set(links.filter { $0.hasPrefix("socket:") })
    }

    @Test(arguments: [
        "/v1/vocabularies", "/v1/events/blinken-qin-phone-call", "/v1/events?limit=100", "/v1/events?format=csv",
    ])
    func answersComeThroughAsTheyAre(_ target: String) throws {
        let (near, far) = (try direct(), try throughProxy())
        let expected = try near.get(target)
        #expect(expected.status == 200)
        let passed = try far.get(target)
        #expect(passed.status == 200)
        #expect(passed.body == expected.body)
        for name in ["ETag", "Content-Type", "Cache-Control", "Vary"] { #expect(passed[name] == expected[name]) }

        let head = try far.exchange("HEAD \(target) HTTP/1.1\r\nHost: t\r\n\r\n")
        #expect(head.status == 200)
        #expect(head["Content-Length"] == expected["Content-Length"])

        let tag = try #require(expected["ETag"])
        let unchanged = try far.get(target, fields: "If-None-Match: \(tag)\r\n")
        #expect(unchanged.status == 304)
        #expect(unchanged["ETag"] == tag)

        let packed = try far.get(target, fields: "Accept-Encoding: gzip\r\n")
        #expect(packed["Content-Encoding"] == "gzip")
        #expect(gunzip(packed.body) == expected.body)
    }

    @Test func refusalsComeThroughAndTheConnectionGoesOn() throws {
        let client = try throughProxy()
        let body = String(repeating: "x", count: 100)
        let refused = try client.exchange("POST /v1 HTTP/1.1\r\nHost: t\r\nContent-Length: 100\r\n\r\n\(body)")
        #expect(refused.status == 405)
        #expect(refused["Content-Type"] == "application/problem+json")
        let chunked = "POST /v1 HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n\(body)\r\n0\r\n\r\n"
        #expect(try client.exchange(chunked).status == 405)
        #expect(try client.get("/nothing").status == 404)
        #expect(try client.get("/v1").status == 200)
    }

    @Test func contentThatIsTooLargeIsRefusedInOurWords() throws {
        let client = try throughProxy()
        // Less than what the server throws away of it, so that the answer is not lost to a reset.
        let size = 512 << 10
        try client.send("POST /v1 HTTP/1.1\r\nHost: t\r\nContent-Length: \(size)\r\n\r\n")
        try client.send([UInt8](repeating: UInt8(ascii: "x"), count: size))
        let refused = try client.readResponse()
        #expect(refused.status == 413)
        #expect(refused["Content-Type"] == "application/problem+json")
        #expect(try throughProxy().get("/v1").status == 200)
    }

    @Test func connectionsToTheServerAreUsedAgain() throws {
        #expect(try throughProxy().get("/v1").status == 200)
        let before = try sockets()
        for _ in 0..<50 { #expect(try throughProxy().get("/v1/events?limit=2").status == 200) }
        #expect(try sockets() == before)
    }

    @Test func pipelinedRequestsAreAnsweredInOrder() throws {
        let client = try throughProxy()
        let limits = (0..<200).map { $0 % 20 + 1 }
        try client.send(limits.map { "GET /v1/people?limit=\($0) HTTP/1.1\r\nHost: t\r\n\r\n" }.joined())
        for limit in limits {
            let answer = try client.readResponse()
            #expect(answer.status == 200)
            #expect(answer.text.contains("\"limit\":\(limit),"))
        }
    }

    @Test(.enabled(if: Shell.has("curl"), "curl is not installed"))
    func manyAtOnceAreAllAnswered() throws {
        let urls = "http://\(proxy.address)/v1/{people,events,places}?limit=[1-100]"
        let codes = try Shell.require(
            "curl --no-progress-meter -Z --parallel-max 64 -o /dev/null -w '%{http_code}\\n' '\(urls)'")
        #expect(codes == String(repeating: "200\n", count: 300))
    }

    @Test(.enabled(if: Shell.has("curl"), "curl is not installed"))
    func theClientIsNotTheProxyNorWhatItClaimsToBe() throws {
        _ = server.log()
        try Shell.require(
            "curl -sS --interface 127.0.0.3 -H 'X-Forwarded-For: 192.0.2.1' http://\(proxy.address)/v1/people/qin-gang")
        #expect(lineOfTheLog(for: "/v1/people/qin-gang").contains("client=127.0.0.3 "))
    }

    /// The next line of the log for that path.
    private func lineOfTheLog(for path: String) -> String {
        var log = ""
        for _ in 0..<1000 {
            log += server.log()
            let lines = log.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            if let line = lines.first(where: { $0.contains("path=\(path)") }) { return line + " " }
        }
        return ""
    }
}

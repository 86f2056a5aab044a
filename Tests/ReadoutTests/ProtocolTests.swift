// SPDX-License-Identifier: Apache-2.0

import Foundation
import Sockets
import TestSupport
import Testing

/// What of HTTP takes the server and the application together.
@Suite struct ProtocolTests {
    private func exchange(_ server: RunningServer, _ request: String) throws -> TestResponse {
        try TestClient(try #require(SocketAddress(server.address))).exchange(request)
    }

    @Test func targetsOfAllForms() throws {
        let server = try RunningServer()
        let all = try exchange(server, "OPTIONS * HTTP/1.1\r\nHost: t\r\n\r\n")
        #expect(all.status == 204)
        #expect(all["Allow"]?.contains("GET") == true)
        #expect(all["Content-Length"] == nil)
        let absolute = try exchange(server, "GET http://other.example/healthz HTTP/1.1\r\nHost: t\r\n\r\n")
        #expect(absolute.status == 200)
        let tunnel = try exchange(server, "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n")
        #expect(tunnel.status == 405)
        #expect(tunnel["Allow"] == "")
        #expect(try exchange(server, "GET * HTTP/1.1\r\nHost: t\r\n\r\n").status == 400)
        #expect(try exchange(server, "BREW /v1 HTTP/1.1\r\nHost: t\r\n\r\n").status == 405)
    }

    @Test func refusalsOfTheServerAreProblemsThatPagesMayRead() throws {
        let server = try RunningServer(["--hosts", "api.example", "--rate-limit", "1", "--rate-burst", "2"])
        let (fields, end) = ("HTTP/1.1\r\nHost: api.example\r\n", "\r\n")
        let responses = try [
            exchange(server, "GET /healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
            exchange(server, "GET /healthz \(fields)Accept-Encoding: *;q=0\r\n\(end)"),
            exchange(server, "GET /v1 \(fields)If-Match: \"other\"\r\n\(end)"),
            exchange(server, "GET /v1 \(fields)\(end)"), exchange(server, "NONSENSE\r\n\r\n"),
        ]
        #expect(responses.map(\.status) == [421, 406, 412, 429, 400])
        for response in responses {
            #expect(response["Content-Type"] == "application/problem+json")
            #expect(response["Access-Control-Allow-Origin"] == "*")
            let identifier = try #require(response["X-Request-Id"])
            #expect(response.text.contains("urn:uuid:\(identifier)"))
        }
    }

    @Test(arguments: [
        ("POST /v1 HTTP/1.1\r\nHost: t\r\nContent-Length: 99999999999\r\n\r\n", 413, "content-too-large"),
        ("GET /\(String(repeating: "a", count: 9000)) HTTP/1.1\r\n", 414, "uri-too-long"),
        ("POST /v1 HTTP/1.1\r\nHost: t\r\nExpect: the worst\r\n\r\n", 417, "expectation-failed"),
        ("GET / HTTP/1.1\r\nA: \(String(repeating: "a", count: 33_000))", 431, "header-section-too-large"),
        ("POST /v1 HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: gzip\r\n\r\n", 501, "unsupported-transfer-coding"),
        ("GET / HTTP/2.0\r\n\r\n", 505, "http-version-not-supported"),
        ("GET / HTTP/1.1\r\nHost: t\r\nA: b\r\n folded\r\n\r\n", 400, "malformed-request"),
        (
            "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n", 400,
            "malformed-request"
        ),
    ])
    func whatTheParserRefusesIsAProblemToo(_ request: String, _ status: Int, _ name: String) throws {
        let server = try RunningServer()
        let client = try TestClient(try #require(SocketAddress(server.address)))
        let response = try client.exchange(request)
        #expect(response.status == status)
        #expect(response["Content-Type"] == "application/problem+json")
        #expect(response["Connection"] == "close")
        for member in ["\"type\":\"/problems/\(name)\"", "\"status\":\(status)", response["X-Request-Id"] ?? "?"] {
            #expect(response.text.contains(member))
        }
        #expect(try client.readToEnd().isEmpty)
    }

    /// As many as it is to take by default, whatever the soft limit it was started with.
    @Test(.enabled(if: Machine.useAllDescriptors() > 11_000, "the system allows too few descriptors"))
    func tenThousandAreServedAndOneMoreIsToldSo() throws {
        let server = try RunningServer(softDescriptorLimit: 64)
        let address = try #require(SocketAddress(server.address))
        let clients = try (0..<10_000).map { _ in try TestClient(address) }
        for client in clients { try client.send("GET /healthz HTTP/1.1\r\nHost: t\r\n\r\n") }
        for client in clients { try #require(try client.readResponse().status == 200) }
        #expect(try TestClient(address).readResponse().status == 503)
        #expect(try clients[0].get("/healthz").status == 200)
    }

    @Test func largeAnswersAreCompressedOnRequest() throws {
        let server = try RunningServer()
        let plain = try exchange(server, "GET /v1/events HTTP/1.1\r\nHost: t\r\n\r\n")
        let tag = try #require(plain["ETag"])
        for _ in 0..<2 {
            let packed = try exchange(server, "GET /v1/events HTTP/1.1\r\nHost: t\r\nAccept-Encoding: gzip\r\n\r\n")
            #expect(packed["Content-Encoding"] == "gzip")
            #expect(packed["ETag"] == "\(tag.dropLast())-gzip\"")
            #expect(packed.body.count < plain.body.count / 3)
            #expect(gunzip(packed.body) == plain.body)
        }
    }

    @Test func aSecondSignalDoesNotWait() throws {
        let server = try RunningServer(["--drain-time", "60m"])
        let client = try TestClient(try #require(SocketAddress(server.address)))
        // A request whose content does not come keeps the first signal waiting.
        try client.send("POST /v1 HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
        #expect(try client.readResponse().status == 100)
        server.signal(SIGTERM)
        while !server.log().contains("stopping") {}
        server.signal(SIGTERM)
        #expect(server.waitForExit() == 1)
    }

    @Test(arguments: [("trust-proxy", "everybody"), ("trust-proxy", "10.0.0.0/33"), ("rate-burst", "0")])
    func whatIsNoSettingIsNamed(_ name: String, _ value: String) throws {
        let outcome = try Program.run("serve", "--\(name)", value)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("for '--\(name) <"))
    }
}

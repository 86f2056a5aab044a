// SPDX-License-Identifier: Apache-2.0

import HTTP
import Sockets
import TestSupport
import Testing

@testable import Server

@Suite struct ServerCacheTests {
    @Test func aSharedAnswerIsMadeOncePerVersion() throws {
        let server = try TestServer()
        let client = try server.connect()
        for _ in 0..<3 { #expect(try client.get("/shared/a").text == "/shared/a v1 -") }
        #expect(server.state.askedCount == 1)
        server.state.moveVersionOn()
        for _ in 0..<3 { #expect(try client.get("/shared/a").text == "/shared/a v2 -") }
        #expect(server.state.askedCount == 2)
    }

    @Test func aStoredAnswerEqualsAFreshOneButForItsIdentifier() throws {
        let server = try TestServer()
        let client = try server.connect()
        let (fresh, stored) = (try client.get("/shared/a"), try client.get("/shared/a"))
        #expect(fresh.body == stored.body)
        let varying = ["X-Request-Id", "Date"]
        func lines(_ response: TestResponse) -> [String] {
            response.fields.map { varying.contains($0.name) ? $0.name : "\($0.name): \($0.value)" }
        }
        #expect(lines(fresh) == lines(stored))
        #expect(fresh["X-Request-Id"] != stored["X-Request-Id"])
    }

    @Test func questionsThatDifferAreAskedApart() throws {
        let server = try TestServer()
        let client = try server.connect()
        let questions = [
            ("/shared/a", ""), ("/shared/b", ""), ("/shared/a?q", ""), ("/shared/a", "Accept: text/csv\r\n"),
            ("/shared/a", "Accept: \r\n"), ("/shared/a", "Accept-Encoding: gzip\r\n"),
        ]
        for _ in 0..<2 { for (target, fields) in questions { _ = try client.get(target, fields: fields) } }
        #expect(server.state.askedCount == questions.count)
    }

    @Test(arguments: ["Accept: */*", "Origin: https://a.example", "User-Agent: x", "Cookie: a=b"])
    func whatMakesNoDifferenceIsNotAskedAgain(field: String) throws {
        let server = try TestServer()
        let client = try server.connect()
        let plain = try client.get("/shared/a")
        let fields = "\(field)\r\n"
        #expect(try client.get("/shared/a", fields: fields).body == plain.body)
        #expect(try client.exchange("GET /shared/a HTTP/1.1\r\nHost: other\r\n\(fields)\r\n").body == plain.body)
        #expect(server.state.askedCount == 1)
    }

    @Test(arguments: ["Authorization: Bearer x", "Range: bytes=0-1", "If-Match: \"1\"", "Accept: a\r\nAccept: b"])
    func someRequestsAreNeverAnsweredFromTheStore(field: String) throws {
        let server = try TestServer()
        let client = try server.connect()
        for _ in 0..<2 { _ = try client.get("/shared/a", fields: "\(field)\r\n") }
        #expect(server.state.askedCount == 2)
        _ = try client.get("/shared/a")
        #expect(server.state.askedCount == 3)
    }

    @Test func contentIsNeverAnsweredFromTheStore() throws {
        let server = try TestServer()
        let client = try server.connect()
        _ = try client.get("/shared/a")
        for _ in 0..<2 {
            _ = try client.exchange("GET /shared/a HTTP/1.1\r\nHost: test\r\nContent-Length: 1\r\n\r\nx")
        }
        #expect(server.state.askedCount == 3)
    }

    @Test func headIsAnsweredFromWhatGetLeft() throws {
        let server = try TestServer()
        let client = try server.connect()
        let length = String(try client.get("/shared/a").body.count)
        let response = try client.exchange("HEAD /shared/a HTTP/1.1\r\nHost: test\r\n\r\n")
        #expect(response["Content-Length"] == length)
        #expect(server.state.askedCount == 1)
        #expect(try client.get("/shared/a").status == 200)
    }

    @Test func ifNoneMatchIs304FreshAndStored() throws {
        let server = try TestServer()
        let client = try server.connect()
        for _ in 0..<2 {
            let response = try client.get("/shared/a", fields: "If-None-Match: \"0\", W/\"1\"\r\n")
            #expect(response.status == 304)
            #expect(response["ETag"] == "\"1\"")
            #expect(response["Content-Length"] == nil)
        }
        #expect(try client.get("/shared/a", fields: "If-None-Match: \"2\"\r\n").status == 200)
        #expect(server.state.askedCount == 1)
        server.state.moveVersionOn()
        #expect(try client.get("/shared/a", fields: "If-None-Match: \"1\"\r\n").status == 200)
    }

    @Test(arguments: [
        "GET /shared/a HTTP/1.1\r\nHost: test\r\n\r\n",
        "\r\nGET /shared/a?q HTTP/1.1\r\nHost: test\r\nAccept-Encoding: gzip\r\nUser-Agent: x\r\n\r\n",
        "HEAD /shared/a HTTP/1.1\r\nHost: test\r\n\r\n",
        "GET /shared/a HTTP/1.1\r\nHost: test\r\nIf-None-Match: \"1\"\r\n\r\n",
        "GET /shared/a HTTP/1.1\r\nHost: test\r\nIf-None-Match: \"9\"\r\n\r\n",
        "GET /shared/a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        "GET /shared/a HTTP/1.0\r\n\r\n",
        "GET /shared/a HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n",
        "GET /shared/a HTTP/1.1\r\nHost: test\r\ntraceparent: 00-1-1-00\r\n\r\n",
        "GET /shared/a HTTP/1.1\r\nHost: test\r\nX-Long: \(String(repeating: "x", count: 1100))\r\n\r\n",
    ])
    func whoSendsTheSameOverAndOverHasTheSameAnswerUntilItChanges(bytes: String) throws {
        let observer = TestObserver()
        let server = try TestServer(observer: observer)
        var client = try server.connect()
        _ = try client.get("/shared/a")
        func ask() throws -> TestResponse {
            let response = try client.exchange(bytes)
            if response["Connection"] == "close" { client = try server.connect() }
            return response
        }
        func lines(_ response: TestResponse) -> [String] {
            ["\(response.status)", response.text]
                + response.fields.map {
                    ["X-Request-Id", "Date"].contains($0.name) ? $0.name : "\($0.name): \($0.value)"
                }
        }
        let first = lines(try ask())
        let others = try (0..<4).map { _ in try ask() }
        for response in others { #expect(lines(response) == first) }
        #expect(Set(others.compactMap { $0["X-Request-Id"] }).count == 4)
        server.state.moveVersionOn()
        let changed = lines(try ask())
        #expect(changed != first)
        for _ in 0..<4 { #expect(try lines(ask()) == changed) }

        let seen = observer.all.suffix(10)
        #expect(Set(seen.map { "\($0.method) \($0.target) \($0.traceparent)" }).count == 1)
        // What HEAD is answered with is not kept.
        #expect(seen.filter { $0.answer.source == .cache }.count >= (bytes.hasPrefix("HEAD") ? 5 : 8))
        #expect(seen.suffix(5).allSatisfy { $0.answer.status == Int(changed[0]) })
    }

    @Test func whatIsKnownAloneIsReadAmongOthers() throws {
        let server = try TestServer()
        let client = try server.connect()
        let one = "GET /shared/a HTTP/1.1\r\nHost: test\r\n\r\n"
        for _ in 0..<4 { #expect(try client.exchange(one).text == "/shared/a v1 -") }
        try client.send(one + one + "GET /shared/b HTTP/1.1\r\nHost: test\r\n\r\n" + one)
        for target in ["a", "a", "b", "a"] { #expect(try client.readResponse().text == "/shared/\(target) v1 -") }
        // Cut anywhere, the same is asked.
        for cut in 1..<one.count {
            try client.send(String(one.prefix(cut)))
            try client.send(String(one.dropFirst(cut)))
            #expect(try client.readResponse().text == "/shared/a v1 -")
        }
    }

    @Test func aKnownRequestPassesTheGateEachTime() throws {
        let server = try TestServer {
            $0.requestsPerSecond = 1
            $0.requestBurst = 5
        }
        let client = try server.connect()
        let statuses = try (0..<8).map { _ in try client.get("/shared/a").status }
        #expect(statuses.prefix(5).allSatisfy { $0 == 200 })
        #expect(statuses.contains(429))
    }

    @Test func whatAWorkerMadeIsKeptToo() throws {
        let server = try TestServer()
        let client = try server.connect()
        #expect(try client.get("/sharedlater", fields: "If-None-Match: \"1\"\r\n").status == 304)
        for _ in 0..<3 { #expect(try client.get("/sharedlater").body == [1]) }
        #expect(server.state.askedCount == 1)
    }

    @Test func withoutRoomNothingIsKept() throws {
        let server = try TestServer { $0.cacheBytes = 0 }
        let client = try server.connect()
        for _ in 0..<2 { #expect(try client.get("/shared/a", fields: "If-None-Match: \"1\"\r\n").status == 304) }
        #expect(server.state.askedCount == 2)
        // Nor is anything missed.
        #expect(try server.server.figures().cacheMisses == 0)
    }
}

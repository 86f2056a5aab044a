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
    }
}

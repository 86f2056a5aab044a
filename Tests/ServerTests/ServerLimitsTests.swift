// SPDX-License-Identifier: Apache-2.0

import HTTP
import Sockets
import TestSupport
import Testing

@testable import Server

@Suite struct ServerLimitsTests {
    @Test func aHeadThatDoesNotEndIsAnswered408HoweverItDrips() throws {
        let server = try TestServer { $0.headerTime = .milliseconds(300) }
        let client = try server.connect()
        try client.send("GET /number/1 HTTP/1.1\r\nHost: t\r\nX-Drip: ")
        // One byte more each time, until the answer is there.
        while !client.hasSomethingToRead() {
            try client.send("x")
            pauseBriefly()
        }
        let response = try client.readResponse()
        #expect(response.status == 408)
        #expect(response["Connection"] == "close")
        #expect(try client.readToEnd().isEmpty)
        #expect(server.state.askedCount == 0)
    }

    @Test func anIdleConnectionIsClosedWithoutAWord() throws {
        let server = try TestServer { $0.idleTime = .milliseconds(200) }
        let silent = try server.connect()
        let served = try server.connect()
        #expect(try served.get("/number/1").text == "1")
        #expect(try silent.readToEnd().isEmpty)
        #expect(try served.readToEnd().isEmpty)
    }

    @Test func contentThatComesTooSlowlyIsAnswered408() throws {
        let server = try TestServer {
            $0.bodyGrace = .milliseconds(200)
            $0.bodyRate = 1_000_000
        }
        let client = try server.connect()
        let response = try client.exchange("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 10\r\n\r\n123")
        #expect(response.status == 408)
        #expect(response.text == "request-timeout")
    }

    @Test func aSlowReaderMakesItsOwnRequestsWait() throws {
        let server = try TestServer { $0.bufferedAnswers = 65536 }
        let client = try server.connect()
        let (count, size) = (300, 200_000)
        try client.send(String(repeating: "GET /size/\(size) HTTP/1.1\r\nHost: t\r\n\r\n", count: count))
        // What has been answered fills the kernel's buffers on both sides; the rest is not begun while the loop serves another.
        let other = try server.connect()
        var (others, asked, before) = (0, 0, -1)
        while asked != before {
            before = asked
            for _ in 0..<50 { #expect(try other.get("/number/1").text == "1") }
            others += 50
            asked = server.state.askedCount - others
        }
        #expect(asked < count)
        for _ in 0..<count { #expect(try client.readResponse().body.count == size) }
        #expect(server.state.askedCount == count + others)
        #expect(try client.get("/number/1").text == "1")
    }

    @Test func aClientThatNeverReadsIsGivenUp() throws {
        let server = try TestServer {
            $0.writeStall = .milliseconds(200)
            $0.connections = 1
        }
        let stalling = try server.connect()
        try stalling.send("GET /size/100000000 HTTP/1.1\r\nHost: t\r\n\r\n")
        // Only when it has gone is there room for another.
        #expect(try eventually { try server.connect().get("/number/1").status == 200 })
        #expect(throws: TestClient.Failure.self) { try stalling.readResponse() }
    }

    @Test func oneConnectionTooManyIsTurnedAwayWithAWord() throws {
        let server = try TestServer { $0.connections = 2 }
        let first = try server.connect()
        #expect(try first.get("/number/1").status == 200)
        do {
            let second = try server.connect()
            #expect(try second.get("/number/1").status == 200)
            let third = try server.connect()
            let response = try third.readResponse()
            #expect(response.status == 503)
            #expect(response["Retry-After"] == "1")
            #expect(response["Connection"] == "close")
            #expect(try third.readToEnd().isEmpty)
        }
        #expect(try eventually { try server.connect().get("/number/1").status == 200 })
    }

    @Test func timeTakenByAWorkerIsNotTheClients() throws {
        let server = try TestServer {
            $0.headerTime = .milliseconds(400)
            $0.idleTime = .milliseconds(400)
        }
        let client = try server.connect()
        try client.send("GET /gate HTTP/1.1\r\nHost: t\r\n\r\n")
        for _ in 0..<1000 { pauseBriefly() }
        server.state.openGate()
        #expect(try client.readResponse().text == "through")
    }
}

// SPDX-License-Identifier: Apache-2.0

import Glibc
import HTTP
import Sockets
import TestSupport
import Testing

@testable import Server

@Suite struct ServerShutdownTests {
    @Test func answersInFlightAreFinishedAndNobodyNewIsTaken() throws {
        let server = try TestServer()
        let (busy, idle) = (try server.connect(), try server.connect())
        #expect(try idle.get("/number/1").text == "1")
        try busy.send("GET /gate HTTP/1.1\r\nHost: t\r\n\r\nGET /number/2 HTTP/1.1\r\nHost: t\r\n\r\n")
        #expect(eventually { server.state.waitingCount == 1 })

        server.server.stop()
        #expect(try idle.readToEnd().isEmpty)
        #expect(throws: Errno(call: "connect", code: ECONNREFUSED)) { try server.connect() }
        server.state.openGate()
        let response = try busy.readResponse()
        #expect(response.text == "through")
        #expect(response["Connection"] == "close")
        #expect(try busy.readToEnd().isEmpty)
        server.server.wait()
    }

    @Test func aRequestThatIsHalfThereIsStillServed() throws {
        let server = try TestServer()
        let (client, idle) = (try server.connect(), try server.connect())
        #expect(try idle.get("/number/1").text == "1")
        try client.send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
        #expect(try client.readResponse().status == 100)
        server.server.stop()
        // Ended by the stop, which has thus come about.
        #expect(try idle.readToEnd().isEmpty)
        try client.send("last")
        let response = try client.readResponse()
        #expect(response.text == "last")
        #expect(response["Connection"] == "close")
        server.server.wait()
    }

    @Test(arguments: [false, true]) func aClientThatIsStillReadingIsLetGoWhenItHasAll(asksForMore: Bool) throws {
        let server = try TestServer {
            $0.drainTime = .seconds(60)
            $0.idleTime = .seconds(60)
        }
        let (client, idle) = (try server.connect(), try server.connect())
        #expect(try idle.get("/number/1").text == "1")
        let size = 50_000_000
        try client.send("GET /size/\(size) HTTP/1.1\r\nHost: t\r\n\r\n")
        #expect(eventually { server.state.askedCount == 2 })
        if asksForMore { try client.send("GET /number/2 HTTP/1.1\r\nHost: t\r\n\r\n") }
        server.server.stop()
        #expect(try idle.readToEnd().isEmpty)
        #expect(try client.readResponse().body.count == size)
        if asksForMore {
            let last = try client.readResponse()
            #expect(last.text == "2" && last["Connection"] == "close")
        }
        #expect(try client.readToEnd().isEmpty)
        server.server.wait()
    }

    @Test func theHeadOfAStreamSaysThatItIsTheLastAnswer() throws {
        let server = try TestServer()
        let (client, idle) = (try server.connect(), try server.connect())
        #expect(try idle.get("/number/1").text == "1")
        try client.send("HEAD /stream HTTP/1.1\r\nHost: t\r\n")
        // Behind this the half request has been read: one loop, one after the other.
        #expect(try idle.get("/number/2").text == "2")
        server.server.stop()
        #expect(try idle.readToEnd().isEmpty)
        try client.send("\r\n")
        #expect(try client.readResponse(toHead: true)["Connection"] == "close")
        #expect(try client.readToEnd().isEmpty)
        server.server.wait()
    }

    @Test func theRestIsEndedAfterTheDrainTime() throws {
        let server = try TestServer { $0.drainTime = .milliseconds(100) }
        let client = try server.connect()
        try client.send("GET /gate HTTP/1.1\r\nHost: t\r\n\r\n")
        #expect(eventually { server.state.waitingCount == 1 })
        server.server.stop()
        server.server.wait()
        #expect(throws: (any Error).self) { try client.readResponse() }
    }

    @Test func stoppingTwiceAndWaitingTwiceDoNoHarm() throws {
        let server = try TestServer { $0.loops = 2 }
        for _ in 0..<2 {
            server.server.stop()
            server.server.wait()
        }
    }
}

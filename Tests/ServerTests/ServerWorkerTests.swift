// SPDX-License-Identifier: Apache-2.0

import HTTP
import Sockets
import TestSupport
import Testing

@testable import Server

@Suite struct ServerWorkerTests {
    @Test func answersOfWorkersAndOfTheLoopKeepTheirOrder() throws {
        let server = try TestServer()
        let client = try server.connect()
        var expected: [String] = []
        for number in 0..<40 {
            let isLater = number % 3 == 0
            expected.append(isLater ? "later \(number)" : "\(number)")
            try client.send("GET /\(isLater ? "later" : "number")/\(number) HTTP/1.1\r\nHost: t\r\n\r\n")
        }
        for text in expected { #expect(try client.readResponse().text == text) }
    }

    @Test func contentCanGoToAWorker() throws {
        let server = try TestServer()
        let client = try server.connect()
        let response = try client.exchange("POST /later/5 HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\n\r\nxx")
        #expect(response.text == "later 5")
        #expect(try client.get("/number/1").text == "1")
    }

    @Test func othersAreServedMeanwhile() throws {
        let server = try TestServer()
        let waiting = try server.connect()
        try waiting.send("GET /gate HTTP/1.1\r\nHost: t\r\n\r\n")
        #expect(eventually { server.state.waitingCount == 1 })
        #expect(try server.connect().get("/number/1").text == "1")
        server.state.openGate()
        #expect(try waiting.readResponse().text == "through")
    }

    @Test func aFullQueueIsSaidAndTheConnectionStays() throws {
        let server = try TestServer {
            $0.workers = 1
            $0.workerQueue = 1
        }
        let clients = try (0..<3).map { _ in try server.connect() }
        try clients[0].send("GET /gate HTTP/1.1\r\nHost: t\r\n\r\n")
        #expect(eventually { server.state.waitingCount == 1 })
        try clients[1].send("GET /gate HTTP/1.1\r\nHost: t\r\n\r\n")
        #expect(eventually { server.state.askedCount == 2 })
        let refusal = try clients[2].get("/gate")
        #expect(refusal.status == 503)
        #expect(refusal.text == "too-busy")
        #expect(refusal["Retry-After"] == "1")
        #expect(refusal["Connection"] == nil)
        #expect(try clients[2].get("/number/1").text == "1")
        server.state.openGate()
        #expect(try clients[0].readResponse().text == "through")
        #expect(try clients[1].readResponse().text == "through")
    }

    @Test func anAnswerForAConnectionThatHasGoneFindsNobody() throws {
        let server = try TestServer()
        do {
            let leaving = try server.connect()
            try leaving.send("GET /gate HTTP/1.1\r\nHost: t\r\n\r\n")
            #expect(eventually { server.state.waitingCount == 1 })
        }
        // Takes the place that has become free, or will.
        let next = try server.connect()
        #expect(try next.get("/number/1").text == "1")
        server.state.openGate()
        for number in 0..<20 { #expect(try next.get("/number/\(number)").text == "\(number)") }
    }
}

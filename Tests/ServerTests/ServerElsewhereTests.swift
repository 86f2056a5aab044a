// SPDX-License-Identifier: Apache-2.0

import HTTP
import Sockets
import TestSupport
import Testing

@testable import Server

/// Answers that are made neither on the loop nor by a worker.
@Suite struct ServerElsewhereTests {
    @Test func theyMayComeAtOnceOrLaterAndKeepTheirOrder() throws {
        let server = try TestServer()
        let client = try server.connect()
        var expected: [String] = []
        for number in 0..<60 {
            let path = number % 3 == 0 ? "number/\(number)" : "elsewhere/\(number)/\(number % 3 == 1 ? "now" : "then")"
            expected.append(number % 3 == 0 ? "\(number)" : "elsewhere \(number)")
            try client.send("GET /\(path) HTTP/1.1\r\nHost: t\r\n\r\n")
        }
        for text in expected { #expect(try client.readResponse().text == text) }
    }

    @Test func onlyTheFirstOfSeveralCounts() throws {
        let server = try TestServer()
        let client = try server.connect()
        for number in 0..<50 {
            try client.send("GET /elsewhere/\(number)/twice HTTP/1.1\r\nHost: t\r\n\r\n")
            try client.send("GET /elsewhere/\(number)/then HTTP/1.1\r\nHost: t\r\n\r\n")
        }
        for number in 0..<50 {
            for _ in 0..<2 { #expect(try client.readResponse().text == "elsewhere \(number)") }
        }
    }

    @Test func contentHeadAndCompressionAreAsWithOthers() throws {
        let server = try TestServer()
        let client = try server.connect()
        let posted = "POST /elsewhere/5/then HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\n\r\nxx"
        #expect(try client.exchange(posted).text == "elsewhere 5")
        let head = try client.exchange("HEAD /elsewhere/7/then HTTP/1.1\r\nHost: t\r\n\r\n")
        #expect(head["Content-Length"] == "11")
        let compressed = try client.get("/elsewhere/20000/large", fields: "Accept-Encoding: gzip\r\n")
        #expect(compressed["Content-Encoding"] == "gzip")
        #expect(try client.get("/elsewhere/30/large").body.count == 30)
        #expect(try client.get("/elsewhere/30/large", fields: "If-None-Match: \"t\"\r\n").status == 304)
    }

    @Test func whatMayBeSharedIsKept() throws {
        let server = try TestServer()
        let client = try server.connect()
        for _ in 0..<3 { #expect(try client.get("/elsewhere/30/large").body.count == 30) }
        #expect(server.state.askedCount == 1)
        server.state.moveVersionOn()
        #expect(try client.get("/elsewhere/30/large").body.count == 30)
        #expect(server.state.askedCount == 2)
    }

    @Test func nobodyWaitsForThem() throws {
        let server = try TestServer { $0.workers = 1 }
        let waiting = try (0..<5).map { _ in try server.connect() }
        for client in waiting { try client.send("GET /elsewhere/1/gate HTTP/1.1\r\nHost: t\r\n\r\n") }
        #expect(eventually { server.state.askedCount == 5 })
        #expect(try server.connect().get("/later/2").text == "later 2")
        server.state.openGate()
        for client in waiting { #expect(try client.readResponse().text == "elsewhere 1") }
    }

    @Test func aConnectionThatHasGoneIsNotFound() throws {
        let server = try TestServer()
        do {
            let leaving = try server.connect()
            try leaving.send("GET /elsewhere/1/gate HTTP/1.1\r\nHost: t\r\n\r\n")
            #expect(eventually { server.state.waitingCount == 1 })
        }
        let next = try server.connect()
        #expect(try next.get("/number/1").text == "1")
        server.state.openGate()
        for number in 0..<20 { #expect(try next.get("/elsewhere/\(number)/then").text == "elsewhere \(number)") }
    }

    @Test func aServerThatStopsWaitsForThem() throws {
        let observer = TestObserver()
        let server = try TestServer(observer: observer)
        let client = try server.connect()
        try client.send("GET /elsewhere/3/gate HTTP/1.1\r\nHost: t\r\n\r\n")
        #expect(eventually { server.state.waitingCount == 1 })
        server.server.stop()
        server.state.openGate()
        let response = try client.readResponse()
        #expect(response.text == "elsewhere 3")
        #expect(response["Connection"] == "close")
        #expect(try client.readToEnd().isEmpty)
        server.server.wait()
        #expect(observer.all.map(\.answer.source) == [.elsewhere])
    }
}

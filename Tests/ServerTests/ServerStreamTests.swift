// SPDX-License-Identifier: Apache-2.0

import HTTP
import Sockets
import TestSupport
import Testing

@testable import Server

/// Answers that come bit by bit.
@Suite struct ServerStreamTests {
    /// A client that has read the head of a stream, and a first piece, so that the stream is known to run.
    private func subscriber(_ server: TestServer) throws -> TestClient {
        let client = try server.connect()
        try client.send("GET /stream HTTP/1.1\r\nHost: t\r\nAccept-Encoding: gzip\r\n\r\n")
        let head = try client.readStreamHead()
        #expect(head.status == 200)
        #expect(head["Transfer-Encoding"] == "chunked")
        #expect(head["Content-Length"] == nil)
        #expect(head["Content-Encoding"] == nil)
        #expect(head["Connection"] == "close")
        return client
    }

    private func announce(_ server: TestServer) {
        server.state.moveVersionOn()
        server.server.announce()
    }

    @Test func eachPieceIsAChunkAsItComes() throws {
        let server = try TestServer { $0.loops = 2 }
        let clients = try (0..<6).map { _ in try subscriber(server) }
        for number in 2..<30 {
            announce(server)
            for client in clients { #expect(try client.readChunk() == Array("v\(number)\n".utf8)) }
        }
        server.state.endStreams()
        server.server.announce()
        for client in clients {
            #expect(try client.readChunk() == nil)
            #expect(try client.readToEnd().isEmpty)
        }
        #expect(eventually { server.state.sourceCount == 0 })
    }

    @Test func whatCameTogetherIsSentOneAfterTheOther() throws {
        let server = try TestServer()
        let client = try subscriber(server)
        for _ in 0..<100 { server.state.moveVersionOn() }
        server.server.announce()
        for number in 2..<102 { #expect(try client.readChunk() == Array("v\(number)\n".utf8)) }
    }

    @Test func olderClientsReadToTheEnd() throws {
        let server = try TestServer()
        let client = try server.connect()
        try client.send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        let head = try client.readStreamHead()
        #expect(head["Transfer-Encoding"] == nil)
        #expect(head["Content-Length"] == nil)
        #expect(head["Connection"] == "close")
        announce(server)
        #expect(try client.readLine() == "v2")
        server.server.stop()
        #expect(try client.readToEnd().isEmpty)
    }

    @Test func headGetsTheHeadAlone() throws {
        let server = try TestServer()
        let client = try server.connect()
        let head = try client.exchange("HEAD /stream HTTP/1.1\r\nHost: t\r\n\r\n")
        #expect(head["Transfer-Encoding"] == "chunked")
        #expect(try client.get("/number/4").text == "4")
        #expect(server.state.sourceCount == 0)
    }

    @Test func silenceIsBrokenBySignsOfLife() throws {
        let server = try TestServer { $0.heartbeat = .milliseconds(60) }
        let client = try subscriber(server)
        for _ in 0..<3 { #expect(try client.readChunk() == Array("beat\n".utf8)) }
        announce(server)
        var piece = try client.readChunk()
        while piece == Array("beat\n".utf8) { piece = try client.readChunk() }
        #expect(piece == Array("v2\n".utf8))
        #expect(try client.readChunk() == Array("beat\n".utf8))
    }

    @Test func aClientThatGoesIsForgottenAtOnce() throws {
        let server = try TestServer()
        do {
            let client = try subscriber(server)
            #expect(server.state.sourceCount == 1)
            client.finishSending()
            #expect(eventually { server.state.sourceCount == 0 })
            #expect(try client.readChunk() == nil)
        }
        do { _ = try subscriber(server) }
        #expect(eventually { server.state.sourceCount == 0 })
    }

    @Test func whatIsSentBehindTheRequestIsNotServed() throws {
        let server = try TestServer { $0.lingerBytes = 1000 }
        let client = try server.connect()
        let next = "GET /number/1 HTTP/1.1\r\nHost: t\r\n\r\n"
        try client.send("GET /stream HTTP/1.1\r\nHost: t\r\n\r\n" + next)
        _ = try client.readStreamHead()
        try client.send(next)
        announce(server)
        #expect(try client.readChunk() == Array("v2\n".utf8))
        #expect(server.state.askedCount == 1)
        // One that goes on sending is not listened to for ever.
        for _ in 0..<40 { try? client.send(next) }
        #expect(eventually { server.state.sourceCount == 0 })
        #expect(server.state.askedCount == 1)
    }

    @Test func aSlowReaderIsNotAskedForAndIsGivenUpInTheEnd() throws {
        let server = try TestServer { $0.writeStall = .milliseconds(1500) }
        let stalled = try server.connect()
        try stalled.send("GET /stream/1000000 HTTP/1.1\r\nHost: t\r\n\r\n")
        // Others do not wait for it, and it holds no more than the kernel's buffers and one piece.
        let other = try subscriber(server)
        for number in 2..<50 {
            announce(server)
            #expect(try other.readChunk() == Array("v\(number)\n".utf8))
        }
        #expect(server.state.pieceCount < 48 + 50)
        #expect(eventually { server.state.sourceCount == 1 })
        announce(server)
        #expect(try other.readChunk() == Array("v50\n".utf8))
        #expect(throws: (any Error).self) {
            while try stalled.readChunk() != nil {}
        }
    }

    @Test func aFastStreamLeavesRoomForOthers() throws {
        let server = try TestServer()
        let fast = try server.connect()
        try fast.send("GET /stream/100000 HTTP/1.1\r\nHost: t\r\n\r\n")
        _ = try fast.readStreamHead()
        let other = try server.connect()
        for number in 0..<50 {
            #expect(try fast.readChunk()?.count == 100_000)
            #expect(try other.get("/number/\(number)").text == "\(number)")
        }
    }

    @Test func aThousandGetTheNewsAndOthersAreServed() throws {
        let server = try TestServer()
        let clients = try (0..<Descriptors.allowClients(1000)).map { _ in try subscriber(server) }
        let other = try server.connect()
        for number in 2..<5 {
            announce(server)
            #expect(try other.get("/number/\(number)").text == "\(number)")
            for client in clients { #expect(try client.readChunk() == Array("v\(number)\n".utf8)) }
        }
        #expect(server.state.sourceCount == clients.count)
    }

    @Test func aServerThatStopsEndsThemProperly() throws {
        let server = try TestServer { $0.loops = 2 }
        let clients = try (0..<4).map { _ in try subscriber(server) }
        server.server.stop()
        for client in clients {
            #expect(try client.readChunk() == nil)
            #expect(try client.readToEnd().isEmpty)
        }
        server.server.wait()
        #expect(server.state.sourceCount == 0)
    }
}

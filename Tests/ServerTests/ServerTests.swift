// SPDX-License-Identifier: Apache-2.0

import HTTP
import Sockets
import TestSupport
import Testing

@testable import Server

@Suite struct ServerTests {
    @Test func keepAliveServesManyRequestsOnOneConnection() throws {
        let server = try TestServer()
        let client = try server.connect()
        for number in 0..<50 {
            let response = try client.get("/number/\(number)")
            #expect(response.status == 200)
            #expect(response.text == "\(number)")
            #expect(response["Connection"] == nil)
            #expect(response["X-Request-Id"]?.count == 36)
        }
    }

    @Test func requestIdentifiersDiffer() throws {
        let server = try TestServer()
        let client = try server.connect()
        let identifiers = try (0..<100).map { _ in try client.get("/shared/a")["X-Request-Id"] }
        #expect(Set(identifiers).count == 100)
    }

    @Test func aThousandPipelinedRequestsAreAnsweredInOrder() throws {
        let server = try TestServer()
        let client = try server.connect()
        try client.send((0..<1000).map { "GET /number/\($0) HTTP/1.1\r\nHost: t\r\n\r\n" }.joined())
        for number in 0..<1000 { #expect(try client.readResponse().text == "\(number)") }
    }

    @Test func whoPipelinesLetsOthersHaveTheirTurn() throws {
        let server = try TestServer()
        let (greedy, modest) = (try server.connect(), try server.connect())
        try greedy.send("GET /block HTTP/1.1\r\nHost: t\r\n\r\n")
        try greedy.send(String(repeating: "GET /number/1 HTTP/1.1\r\nHost: t\r\n\r\n", count: 1000))
        #expect(eventually { server.state.waitingCount == 1 })
        try greedy.send(String(repeating: "GET /number/1 HTTP/1.1\r\nHost: t\r\n\r\n", count: 100))
        try modest.send("GET /marker HTTP/1.1\r\nHost: t\r\n\r\n")
        server.state.openGate()
        #expect(try modest.readResponse().status == 200)
        for _ in 0..<1101 { #expect(try greedy.readResponse().status == 200) }
        #expect(try #require(server.state.askedBeforeMarker) < 300)
    }

    @Test func aRequestMayComeByteByByte() throws {
        let server = try TestServer()
        let client = try server.connect()
        let request = "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\nhello"
        for byte in request.utf8 { try client.send([byte]) }
        #expect(try client.readResponse().text == "hello")
        #expect(try client.get("/number/1").text == "1")
    }

    @Test func headHasTheLengthButNoContent() throws {
        let server = try TestServer()
        let client = try server.connect()
        let response = try client.exchange("HEAD /size/10 HTTP/1.1\r\nHost: t\r\n\r\n")
        #expect(response["Content-Length"] == "10")
        #expect(try client.get("/number/2").text == "2")
    }

    @Test func version10ClosesUnlessAskedNotTo() throws {
        let server = try TestServer()
        let closing = try server.connect()
        let response = try closing.exchange("GET /number/1 HTTP/1.0\r\n\r\n")
        #expect(response["Connection"] == "close")
        #expect(try closing.readToEnd().isEmpty)

        let staying = try server.connect()
        for _ in 0..<2 {
            let response = try staying.exchange("GET /number/1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            #expect(response["Connection"] == "keep-alive")
        }
    }

    @Test func connectionCloseIsHonoured() throws {
        let server = try TestServer()
        let client = try server.connect()
        let response = try client.get("/number/1", fields: "Connection: close\r\n")
        #expect(response["Connection"] == "close")
        #expect(try client.readToEnd().isEmpty)
    }

    @Test func contentComesByLengthOrInChunks() throws {
        let server = try TestServer()
        let client = try server.connect()
        let large = String(repeating: "0123456789", count: 30_000)
        let byLength = "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: \(large.utf8.count)\r\n\r\n\(large)"
        #expect(try client.exchange(byLength).text == large)
        let chunked = "POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n"
        let chunks = "3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nT: v\r\n\r\n"
        #expect(try client.exchange(chunked + chunks).text == "abcdefg")
        for request in [chunked + chunks, chunked + chunks] { try client.send(request) }
        #expect(try client.readResponse().text == "abcdefg")
        #expect(try client.readResponse().text == "abcdefg")
    }

    @Test func contentIsAskedForWhenTheClientWaits() throws {
        let server = try TestServer()
        let client = try server.connect()
        try client.send("POST /echo HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        #expect(try client.readResponse().status == 100)
        try client.send("ok")
        #expect(try client.readResponse().text == "ok")
    }

    @Test func contentTooLargeIsRefusedBeforeItIsAskedFor() throws {
        let server = try TestServer { $0.limits.body = 10 }
        let client = try server.connect()
        let response = try client.exchange(
            "POST /echo HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n")
        #expect(response.status == 413)
        #expect(response["Connection"] == "close")
        #expect(try client.readToEnd().isEmpty)
    }

    @Test func anEarlyRefusalReachesAClientThatIsStillSending() throws {
        let server = try TestServer { $0.limits.body = 10 }
        for framing in ["Content-Length: 4000000", "Transfer-Encoding: chunked"] {
            let client = try server.connect()
            try client.send("POST /echo HTTP/1.1\r\nHost: t\r\n\(framing)\r\n\r\n")
            // More than the kernel buffers on the way would hold if nobody read it.
            let content = framing.hasPrefix("T") ? "3D0900\r\n" : ""
            try client.send(content + String(repeating: "x", count: 4_000_000))
            #expect(try client.readResponse().text == "content-too-large")
        }
    }

    @Test func aClientThatHasFinishedSendingIsStillAnswered() throws {
        let server = try TestServer()
        for path in ["/number/7", "/later/7"] {
            let client = try server.connect()
            try client.send("GET \(path) HTTP/1.1\r\nHost: t\r\n\r\nGET \(path) HTTP/1.1\r\nHost: t\r\n\r\n")
            client.finishSending()
            #expect(try client.readResponse().text.hasSuffix("7"))
            #expect(try client.readResponse().text.hasSuffix("7"))
            #expect(try client.readToEnd().isEmpty)
        }
    }

    @Test func aMalformedRequestIsRefusedAndNothingServedAfterIt() throws {
        let server = try TestServer()
        let client = try server.connect()
        try client.send("GET /number/1 HTTP/1.1\r\nHost: t\r\n\r\nBAD\r\n\r\nGET /number/2 HTTP/1.1\r\nHost: t\r\n\r\n")
        #expect(try client.readResponse().text == "1")
        let refusal = try client.readResponse()
        #expect(refusal.status == 400)
        #expect(refusal["Connection"] == "close")
        #expect(try client.readToEnd().isEmpty)
        #expect(server.state.askedCount == 1)
    }

    @Test func theHandlerIsToldBeforeEachWait() throws {
        let server = try TestServer()
        let client = try server.connect()
        _ = try client.get("/number/1")
        #expect(eventually { server.state.batchCount >= 2 })
    }

    @Test func aHandlerThatCannotBeMadeFailsTheStart() throws {
        struct Reason: Error {}
        #expect(throws: Reason.self) {
            _ = try Server(network: Listener(.ipv4(0x7F00_0001, port: 0))) { index in
                if index > 0 { throw Reason() }
                return TestHandler(TestHandlerState())
            }
        }
    }
}

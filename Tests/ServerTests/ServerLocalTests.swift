// SPDX-License-Identifier: Apache-2.0

import Glibc
import HTTP
import Sockets
import TestSupport
import Testing

@testable import Server

@Suite struct ServerLocalTests {
    private let path = "/tmp/readout-test-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"

    @Test func requestsThroughTheSocketFileAreLocal() throws {
        let address = SocketAddress.unix(path: path)
        let server = try TestServer(local: address)
        #expect(try TestClient(address).get("/origin").text == "local")
        #expect(try server.connect().get("/origin").text == "network")
    }

    @Test func localAndSharedAnswersAreKeptApart() throws {
        let address = SocketAddress.unix(path: path)
        let server = try TestServer(local: address)
        // The same bytes, often enough to be known.
        for _ in 0..<5 { _ = try server.connect().get("/shared/a") }
        let local = try TestClient(address)
        for _ in 0..<5 { _ = try local.get("/shared/a") }
        #expect(server.state.askedCount == 6)
        _ = try server.connect().get("/shared/a")
        #expect(server.state.askedCount == 6)
    }

    @Test func whoeverRunsTheServerGetsInHoweverManyOthersHave() throws {
        let address = SocketAddress.unix(path: path)
        let server = try TestServer(local: address) { $0.connections = 1 }
        let locals = try (0..<3).map { _ in try TestClient(address) }
        for local in locals { #expect(try local.get("/origin").text == "local") }
        // Nor do they take the others' places.
        let network = try server.connect()
        #expect(try network.get("/origin").text == "network")
        #expect(try TestClient(address).get("/origin").text == "local")
        #expect(try server.connect().readResponse().status == 503)
    }

    @Test func localRequestsMayBeLarger() throws {
        let address = SocketAddress.unix(path: path)
        let server = try TestServer(local: address) {
            $0.limits.body = 10
            $0.localBody = 20
        }
        func post(_ count: Int, to client: TestClient) throws -> Int {
            let content = String(repeating: "x", count: count)
            return try client.exchange("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: \(count)\r\n\r\n\(content)")
                .status
        }
        #expect(try post(20, to: TestClient(address)) == 200)
        #expect(try post(21, to: TestClient(address)) == 413)
        #expect(try post(10, to: server.connect()) == 200)
        #expect(try post(11, to: server.connect()) == 413)
    }
}

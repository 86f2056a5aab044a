// SPDX-License-Identifier: Apache-2.0

import HTTP
import Sockets
import TestSupport
import Testing

@testable import Server

@Suite struct NeighboursTests {
    @Test func loopsHaveAboutAsManyConnections() throws {
        let server = try TestServer { $0.loops = 3 }
        var clients: [[TestClient]] = [[], [], []]
        func open(_ count: Int) throws {
            for _ in 0..<count {
                let client = try server.connect()
                let loop = try #require(Int(try client.get("/loop").text))
                clients[loop].append(client)
            }
        }
        try open(20)
        #expect(clients.map(\.count).reduce(0, +) == 20)
        #expect(clients.allSatisfy { 6...8 ~= $0.count }, "\(clients.map(\.count))")
        // Each stays with its loop.
        for loop in clients.indices {
            for client in clients[loop] { #expect(try client.get("/loop").text == "\(loop)") }
        }
        // Where some leave, others come.
        let others = clients[1].count + clients[2].count
        clients[0] = []
        #expect(eventually { (try? server.server.figures().connections.values.reduce(0, +)) == others })
        try open(8)
        #expect(clients[0].count >= 4, "\(clients.map(\.count))")
    }

    @Test func aLoopThatDoesNotRunIsHandedNothing() throws {
        let listener = try Listener(.ipv4(0x7F00_0001, port: 0))
        let address = listener.address
        let entry = Listeners.Entry(listener, .network)
        let (own, other) = (try Mailbox(), try Mailbox())
        let neighbours = Neighbours(of: own, among: [own, other])
        var clients: [TestClient] = []
        func isHandedOver() throws -> Bool {
            clients.append(try TestClient(address))
            var arrival: Arrival?
            let count = clients.count
            let hasCome = eventually {
                if case .connection(let socket, let address) = entry.listener.accept() {
                    arrival = Arrival(socket, address, entry, count: count)
                }
                return arrival != nil
            }
            #expect(hasCome)
            return neighbours.handOver(try #require(arrival))
        }
        own.open()
        for _ in 0..<3 { #expect(try !isHandedOver(), "the other has not begun") }
        other.open()
        #expect(try isHandedOver())
        // One more is no reason to part.
        own.connectionGoes()
        #expect(try !isHandedOver() && own.connectionCount == 3 && other.connectionCount == 1)
        #expect(!other.close(), "there is one on its way")
        #expect(other.collect().count == 1)
        #expect(other.close())
        for _ in 0..<3 { #expect(try !isHandedOver(), "the other is over") }
        #expect(own.connectionCount == 6 && other.connectionCount == 1)
    }

    @Test func whatIsOnItsWayToALoopThatFailsIsClosed() throws {
        let listener = try Listener(.ipv4(0x7F00_0001, port: 0))
        let client = try TestClient(listener.address)
        let entry = Listeners.Entry(listener, .network)
        let mailbox = try Mailbox()
        mailbox.open()
        let isSent = eventually {
            guard case .connection(let socket, let address) = entry.listener.accept() else { return false }
            return mailbox.send(Arrival(socket, address, entry, count: 1))
        }
        #expect(isSent)
        mailbox.abandon()
        #expect(try client.readToEnd().isEmpty)
    }

    @Test func whoHasAskedBeforeAServerStopsIsAnswered() throws {
        for _ in 0..<20 {
            let server = try TestServer { $0.loops = 2 }
            let clients = try (0..<12).map { _ in try server.connect() }
            for client in clients { try client.send("GET /number/1 HTTP/1.1\r\nHost: t\r\n\r\n") }
            server.server.stop()
            // All had connected and asked before the stop.
            for client in clients { #expect(try client.readResponse().text == "1") }
            server.server.wait()
        }
    }
}

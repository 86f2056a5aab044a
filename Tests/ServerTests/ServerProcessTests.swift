// SPDX-License-Identifier: Apache-2.0

import Glibc
import HTTP
import Sockets
import TestSupport
import Testing

@testable import Server

/// What can only be seen from a process of its own.
@Suite struct ServerProcessTests {
    @Test func twoThousandConnectionsLeaveNoDescriptorBehind() async {
        await #expect(processExitsWith: .success) {
            let server = try TestServer { $0.loops = 2 }
            #expect(try server.connect().get("/number/1").text == "1")
            try #require(eventually { openDescriptors() == idleDescriptors(server) })
            let before = openDescriptors()
            for number in 0..<2000 {
                let client = try server.connect()
                switch number % 4 {
                case 0: #expect(try client.get("/number/1").text == "1")
                case 1: #expect(try client.get("/later/1", fields: "Connection: close\r\n").text == "later 1")
                case 2: try client.send("GET /number")
                default: try client.send("BAD\r\n\r\n")
                }
            }
            #expect(eventually { openDescriptors() == before })
        }
    }

    @Test func withoutDescriptorsNewClientsAreDroppedAndOldOnesServed() async {
        await #expect(processExitsWith: .success) {
            let server = try TestServer()
            let client = try server.connect()
            #expect(try client.get("/number/1").text == "1")
            // Made beforehand, because they need descriptors too.
            var late: [TestClient] = []
            let used = openDescriptors()
            try limitDescriptors(to: used + 3)
            for _ in 0..<3 { late.append(try server.connect()) }
            // The server's side of the three does not fit.
            for client in late { #expect(throws: TestClient.Failure.self) { try client.get("/number/1") } }
            let before = processorTime()
            #expect(try client.get("/number/2").text == "2")
            for _ in 0..<300 { pauseBriefly() }
            // It waits meanwhile, rather than ask again and again.
            #expect(processorTime() - before < 150)
            try limitDescriptors(to: used + 50)
            #expect(try server.connect().get("/number/3").text == "3")
        }
    }

    @Test func idleConnectionsTakeLittleMemory() async {
        await #expect(processExitsWith: .success) {
            let server = try TestServer { $0.loops = 2 }
            try limitDescriptors(to: 8192)
            var clients = [try Socket.connect(to: server.server.boundAddress)].map { _ in 0 }
            clients.removeAll()
            let before = residentKiB()
            let holder = Holder()
            for _ in 0..<2000 { try holder.hold(server.server.boundAddress) }
            #expect(try server.connect().get("/number/1").text == "1")
            // Both sides live in this process.
            #expect(residentKiB() - before < 8 * 1024)
        }
    }
}

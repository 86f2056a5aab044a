// SPDX-License-Identifier: Apache-2.0

import Glibc
import HTTP
import Sockets
import TestSupport
import Testing

@testable import Server

@Suite struct ServerClientTests {
    private static let credentials = "Authorization: Bearer x\r\n"

    @Test func theClientIsNamed() throws {
        let server = try TestServer()
        let client = try server.connect()
        #expect(try client.get("/client").text == "127.0.0.1")
        #expect(try client.get("/client", fields: Self.credentials).text == "127.0.0.1")
        let post = "POST /client HTTP/1.1\r\nHost: t\r\n\(Self.credentials)Content-Length: 2\r\n\r\nhi"
        #expect(try client.exchange(post).text == "127.0.0.1")
    }

    @Test func aTrustedProxyNamesTheClient() throws {
        let network = try #require(IPNetwork("127.0.0.0/8"))
        let server = try TestServer { $0.trustedProxies = [network] }
        let fields = Self.credentials + "X-Forwarded-For: 192.0.2.7\r\n"
        #expect(try server.connect().get("/client", fields: fields).text == "192.0.2.7")
    }

    @Test func theSocketFileHasNoAddress() throws {
        let address = SocketAddress.unix(path: "/tmp/readout-test-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock")
        let server = try TestServer(local: address)
        #expect(try TestClient(address).get("/client", fields: Self.credentials).text == "-")
        withExtendedLifetime(server) {}
    }
}

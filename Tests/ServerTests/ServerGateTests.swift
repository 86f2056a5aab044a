// SPDX-License-Identifier: Apache-2.0

import Glibc
import HTTP
import Sockets
import TestSupport
import Testing

@testable import Server

@Suite struct ServerGateTests {
    @Test func otherHostsAreMisdirected() throws {
        let server = try TestServer { $0.hosts = HostNames(["test"]) }
        for target in ["/shared/a", "/number/1"] {
            let client = try server.connect()
            #expect(try client.get(target).status == 200)
            #expect(try client.exchange("GET http://test:1\(target) HTTP/1.1\r\nHost: other\r\n\r\n").status == 200)
            let response = try client.exchange("GET \(target) HTTP/1.1\r\nHost: other\r\n\r\n")
            #expect(response.status == 421)
            #expect(response.text == "misdirected-request")
            #expect(try client.readToEnd().isEmpty)
        }
    }

    @Test func whoAsksTooMuchIsToldWhenToComeBack() throws {
        let server = try TestServer {
            $0.requestsPerSecond = 1
            $0.requestBurst = 3
        }
        let client = try server.connect()
        for _ in 0..<3 { #expect(try client.get("/shared/a").status == 200) }
        let response = try client.get("/shared/a")
        #expect(response.status == 429)
        #expect(response.text == "too-many-requests")
        #expect(response["Retry-After"] == "1")
        // The connection stays for the client to use later.
        #expect(response["Connection"] == nil)
        #expect(eventually { (try? client.get("/number/1").status) == 200 })
    }

    @Test func contentOfWhoAsksTooMuchIsNotRead() throws {
        let observer = TestObserver()
        let server = try TestServer(
            configure: {
                $0.requestsPerSecond = 1
                $0.requestBurst = 1
                $0.trustedProxies = [IPNetwork("127.0.0.1")].compactMap { $0 }
            }, observer: observer)
        let client = try server.connect()
        let fields = "Host: t\r\nX-Forwarded-For: 203.0.113.9\r\n"
        let post = "POST /echo HTTP/1.1\r\n\(fields)Content-Length: 2\r\n\r\nhi"
        #expect(try client.exchange(post).text == "hi")
        let refused = try client.exchange(post)
        #expect(refused.status == 429 && refused["Retry-After"] == "1" && refused["Connection"] == "close")
        #expect(try client.readToEnd().isEmpty)
        // Told of like any other: who asked, and for what.
        let seen = try #require(observer.all.last)
        #expect(seen.method == "POST" && seen.target == "/echo" && seen.answer.status == 429)
        #expect(seen.answer.route == "/echo/{rest}" && seen.answer.client?.description == "203.0.113.9")
    }

    @Test func theSocketFileHasNoLimit() throws {
        let address = SocketAddress.unix(path: "/tmp/readout-test-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock")
        let server = try TestServer(local: address) {
            $0.requestsPerSecond = 1
            $0.requestBurst = 1
            $0.hosts = HostNames(["only.example"])
        }
        let client = try TestClient(address)
        for _ in 0..<10 { #expect(try client.get("/number/1").status == 200) }
        #expect(server.state.askedCount == 10)
    }

    @Test(arguments: [
        (["127.0.0.1"], "", "127.0.0.1"), (["127.0.0.1"], "X-Forwarded-For: 203.0.113.9", "203.0.113.9"),
        ([], "X-Forwarded-For: 203.0.113.9", "127.0.0.1"), (["10.0.0.0/8"], "Forwarded: for=203.0.113.9", "127.0.0.1"),
        (["127.0.0.0/8"], "Forwarded: for=\"[2001:db8::1]:80\"", "2001:db8::1"),
        // What a client wrote itself stands before what the first trusted proxy has added.
        (["127.0.0.1", "10.0.0.0/8"], "X-Forwarded-For: 1.1.1.1, 203.0.113.9, 10.0.0.7", "203.0.113.9"),
        (["127.0.0.1"], "X-Forwarded-For: 1.1.1.1, unknown", "127.0.0.1"),
        (["127.0.0.1"], "Forwarded: for=1.1.1.1\r\nX-Forwarded-For: 203.0.113.9", "127.0.0.1"),
        (["127.0.0.1"], "Forwarded: for=\"203.0.113.9:80\"\r\nX-Forwarded-For: 203.0.113.9", "203.0.113.9"),
        // The proxies write the one field; the other is the client's own, made to end alike.
        (
            ["127.0.0.1", "10.0.0.0/8"],
            "Forwarded: for=6.6.6.6, for=10.0.0.7\r\nX-Forwarded-For: 203.0.113.9, 10.0.0.7", "10.0.0.7"
        ),
        (["127.0.0.1", "10.0.0.0/8"], "X-Forwarded-For: 10.0.0.1, 10.0.0.2", "10.0.0.1"),
    ])
    func trustedProxiesNameTheClient(proxies: [String], fields: String, client: String) throws {
        let observer = TestObserver()
        let server = try TestServer(
            configure: { $0.trustedProxies = proxies.compactMap(IPNetwork.init) },
            observer: observer)
        let connection = try server.connect()
        // Often enough for the request to be known by its bytes.
        for _ in 0..<5 {
            #expect(try connection.get("/shared/a", fields: fields.isEmpty ? "" : fields + "\r\n").status == 200)
        }
        #expect(observer.all.map(\.answer.client?.description) == Array(repeating: client, count: 5))
    }

    @Test func clientsBehindOneProxyAreLimitedApart() throws {
        let server = try TestServer {
            $0.requestsPerSecond = 1
            $0.requestBurst = 1
            $0.trustedProxies = [IPNetwork("127.0.0.1")].compactMap { $0 }
        }
        let client = try server.connect()
        for address in ["203.0.113.1", "203.0.113.2"] {
            let fields = "X-Forwarded-For: \(address)\r\n"
            #expect(try client.get("/number/1", fields: fields).status == 200)
            #expect(try client.get("/number/1", fields: fields).status == 429)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import Sockets
import TLS
import TestSupport
import Testing

@testable import Server

/// With clients that others wrote: OpenSSL's, curl, Python's.
@Suite struct ServerTLSTests {
    private let authority: TestAuthority
    private let files: TLSFiles

    init() throws {
        authority = try TestAuthority()
        try authority.issue("one", hosts: ["one.example", "127.0.0.1"])
        try authority.issue("two", hosts: ["two.example"])
        files = try TLSFiles(TLSConfiguration(identities: ["one", "two"].map(Self.identity(authority))))
    }

    private static func identity(_ authority: TestAuthority) -> (String) -> TLSConfiguration.Identity {
        { .init(certificate: authority.path("\($0).pem"), key: authority.path("\($0).key")) }
    }

    /// `openssl s_client` asks for a path and prints all there is to know of the connection.
    private func openssl(_ server: TestServer, _ path: String, _ options: String = "") throws -> String {
        let request = "GET \(path) HTTP/1.1\\r\\nHost: t\\r\\nConnection: close\\r\\n\\r\\n"
        return try Shell.run(
            """
            printf '\(request)' | openssl s_client -ign_eof -connect \(server.server.boundAddress) \
            -CAfile \(authority.certificate) \(options)
            """
        ).output
    }

    private func curl(_ server: TestServer, _ path: String, _ options: String = "") throws -> String {
        try Shell.run(
            "curl -sS --cacert \(authority.certificate) \(options) https://\(server.server.boundAddress)\(path)"
        ).output
    }

    @Test(arguments: [("-tls1_3", "TLSv1.3"), ("-tls1_2", "TLSv1.2")])
    func versionsOfTodayAreSpoken(option: String, name: String) throws {
        let output = try openssl(TestServer(tls: files), "/number/17", "\(option) -alpn h2,http/1.1")
        #expect(output.contains("New, \(name)"))
        #expect(output.contains("Verification: OK"))
        #expect(output.contains("ALPN protocol: http/1.1"))
        #expect(output.contains("\r\n\r\n17"))
    }

    @Test func oldVersionsAreRefusedWithAnAlert() throws {
        let output = try openssl(TestServer(tls: files), "/number/17", "-tls1_1 -cipher ALL@SECLEVEL=0")
        #expect(output.contains("alert protocol version"))
        #expect(!output.contains("HTTP/1.1"))
    }

    @Test(arguments: ["-tls1_3", "-tls1_2"]) func sessionsAreResumedEvenAfterAReload(version: String) throws {
        let server = try TestServer(tls: files)
        let session = authority.path("session")
        #expect(try openssl(server, "/number/1", "\(version) -sess_out \(session)").contains("\nNew, TLS"))
        #expect(try openssl(server, "/number/1", "\(version) -sess_in \(session)").contains("\nReused, TLS"))
        try files.reload()
        #expect(try openssl(server, "/number/1", "\(version) -sess_in \(session)").contains("\nReused, TLS"))
    }

    @Test(arguments: ["-tls1_3", "-tls1_2"]) func sessionsAreResumedForTheirHostAlone(version: String) throws {
        let server = try TestServer(tls: files)
        let session = authority.path("session")
        let one = "\(version) -servername one.example"
        #expect(try openssl(server, "/number/1", "\(one) -sess_out \(session)").contains("\nNew, TLS"))
        #expect(try openssl(server, "/number/1", "\(one) -sess_in \(session)").contains("\nReused, TLS"))
        let two = try openssl(server, "/number/1", "\(version) -servername two.example -sess_in \(session)")
        #expect(two.contains("\nNew, TLS") && two.contains("\r\n\r\n1"))
    }

    @Test func oneConnectionTooManyIsCounted() throws {
        let server = try TestServer(tls: files) { $0.connections = 1 }
        let first = try server.connect()
        let second = try server.connect()
        #expect(try second.readToEnd().isEmpty)
        #expect(try eventually { try server.server.figures().refusals["tooManyConnections"] == 1 })
        first.finishSending()
    }

    @Test func theCertificateIsThatOfTheHostAskedFor() throws {
        let server = try TestServer(tls: files)
        for (name, shown) in [("one.example", "one"), ("two.example", "two"), ("other.example", "one")] {
            let output = try openssl(server, "/number/1", "-servername \(name)")
            #expect(output.contains("subject=CN = \(shown).example"))
        }
    }

    @Test func aReloadConcernsNewConnectionsOnly() throws {
        let server = try TestServer(tls: files)
        let held = try Shell.background(
            """
            (printf 'GET /number/1 HTTP/1.1\\r\\nHost: t\\r\\n\\r\\n'; \
            while [ ! -e \(authority.path("go")) ]; do sleep 0.02; done; \
            printf 'GET /number/2222 HTTP/1.1\\r\\nHost: t\\r\\nConnection: close\\r\\n\\r\\n') | \
            openssl s_client -quiet -ign_eof -connect \(server.server.boundAddress)
            """)
        #expect(eventually { server.state.askedCount == 1 })
        try authority.replace("one", with: "two")
        try files.reload()
        #expect(try openssl(server, "/number/1").contains("subject=CN = two.example"))
        try authority.write("", to: "go")
        #expect(held.finish().contains("2222"))
    }

    @Test(arguments: [("required", false), ("optional", true)])
    func clientsAreAskedForCertificates(rule: String, isServedWithout: Bool) throws {
        let stranger = try TestAuthority()
        try stranger.issue("client", hosts: ["client.example"])
        try authority.issue("client", hosts: ["client.example"])
        var configuration = TLSConfiguration(identities: [Self.identity(authority)("one")])
        let file = authority.certificate
        configuration.clientCertificates =
            rule == "required" ? .required(authorities: file) : .optional(authorities: file)
        let server = try TestServer(tls: TLSFiles(configuration))
        func ask(_ owner: TestAuthority?) throws -> String {
            try curl(
                server, "/number/33",
                owner.map { "--cert \($0.path("client.pem")) --key \($0.path("client.key"))" } ?? "")
        }
        #expect(try ask(authority) == "33")
        #expect(try ask(stranger) != "33")
        #expect(try (ask(nil) == "33") == isServedWithout)
    }

    @Test func contentOfAnySizeGoesBothWays() throws {
        let server = try TestServer(tls: files)
        let size = try curl(server, "/size/3000000", "-o /dev/null -w '%{size_download}'")
        #expect(size == "3000000")
        try authority.write(String(repeating: "content ", count: 100_000), to: "content")
        #expect(
            try Shell.run(
                """
                curl -sS --cacert \(authority.certificate) --data-binary @\(authority.path("content")) \
                https://\(server.server.boundAddress)/echo | cmp - \(authority.path("content"))
                """
            ).status == 0)
        let two = try curl(
            server, "/number/4", "-w ' %{num_connects} ' -o - https://\(server.server.boundAddress)/number/5")
        #expect(two == "5 1 4 0 ")
    }

    @Test func manyRecordsAtOnceAreAllServed() throws {
        let server = try TestServer(tls: files)
        let requests = (0..<500).map { "GET /number/\(1000 + $0) HTTP/1.1\\r\\nHost: t\\r\\n\\r\\n" }.joined()
        let output = try Shell.run(
            """
            printf '\(requests)GET /number/77777 HTTP/1.1\\r\\nHost: t\\r\\nConnection: close\\r\\n\\r\\n' | \
            openssl s_client -quiet -ign_eof -split_send_frag 512 -max_pipelines 1 \
            -connect \(server.server.boundAddress)
            """
        ).output
        for number in 0..<500 { #expect(output.contains("\r\n\r\n\(1000 + number)HTTP")) }
        #expect(output.contains("77777"))
    }

    @Test(.enabled(if: Shell.has("python3"))) func pythonIsServed() throws {
        let server = try TestServer(tls: files)
        let port = try #require(server.server.boundAddress.port)
        let output = try Shell.require(
            """
            python3 - <<'END'
            import http.client, ssl
            context = ssl.create_default_context(cafile="\(authority.certificate)")
            connection = http.client.HTTPSConnection("127.0.0.1", \(port), context=context)
            for number in (6, 7):
                connection.request("GET", f"/number/{number}")
                answer = connection.getresponse()
                print(answer.status, answer.read().decode())
            END
            """)
        #expect(output == "200 6\n200 7\n")
    }

    @Test(.enabled(if: Shell.has("python3"))) func streamsComeAndGo() throws {
        let server = try TestServer(tls: files) { $0.heartbeat = .milliseconds(60) }
        let port = try #require(server.server.boundAddress.port)
        let output = try Shell.require(
            """
            python3 - <<'END'
            import http.client, ssl
            context = ssl.create_default_context(cafile="\(authority.certificate)")
            connection = http.client.HTTPSConnection("127.0.0.1", \(port), context=context)
            connection.request("GET", "/stream")
            answer = connection.getresponse()
            print(answer.status, answer.read(5).decode() + answer.read(5).decode(), end="")
            END
            """)
        #expect(output == "200 beat\nbeat\n")
        #expect(eventually { server.state.sourceCount == 0 })
    }

    @Test(arguments: ["GET", "DELETE", "OPTIONS"]) func aRequestInTheClearIsToldSo(method: String) throws {
        let server = try TestServer(tls: files)
        let client = try server.connect()
        let response = try client.exchange("\(method) /number/1 HTTP/1.1\r\nHost: t\r\n\r\n")
        #expect(response.status == 400)
        #expect(response["Connection"] == "close")
        #expect(try client.readToEnd().isEmpty)
        #expect(server.state.askedCount == 0)
    }

    @Test func aHelloOnAPlainPortIsToldSo() throws {
        let server = try TestServer()
        let client = try server.connect()
        try client.send([0x16, 0x03, 0x01, 0x00, 0xF8, 0x01, 0x00])
        #expect(try client.readResponse().status == 400)
        #expect(try client.readToEnd().isEmpty)
    }

    @Test func aHandshakeThatDoesNotEndIsEnded() throws {
        let server = try TestServer(tls: files) { $0.headerTime = .milliseconds(100) }
        let (silent, slow) = (try server.connect(), try server.connect())
        try slow.send([0x16, 0x03, 0x01])
        #expect(try silent.readToEnd().isEmpty)
        #expect(try slow.readToEnd().isEmpty)
    }

    @Test func aStopEndsConnectionsInOrder() throws {
        let server = try TestServer(tls: files)
        let held = try Shell.background(
            """
            (printf 'GET /number/1 HTTP/1.1\\r\\nHost: t\\r\\n\\r\\n'; while [ ! -e \(authority.path("go")) ]; do sleep 0.02; done) | \
            openssl s_client -ign_eof -connect \(server.server.boundAddress)
            """)
        let shaking = try server.connect()
        try shaking.send([0x16])
        #expect(eventually { server.state.askedCount == 1 })
        server.server.stop()
        server.server.wait()
        #expect(try shaking.readToEnd().isEmpty)
        try authority.write("", to: "go")
        #expect(held.finish().contains("\nclosed\n"))
    }
}

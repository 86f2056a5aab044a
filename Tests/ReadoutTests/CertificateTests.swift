// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// HTTPS as operators meet it.
@Suite struct CertificateTests {
    private let authority: TestAuthority

    init() throws {
        let authority = try TestAuthority()
        for name in ["old", "new"] { try authority.issue(name, hosts: ["\(name).example", "127.0.0.1"]) }
        self.authority = authority
    }

    private var options: [String] {
        ["--tls-certificate", authority.path("old.pem"), "--tls-key", authority.path("old.key")]
    }

    /// The name in the certificate that new connections are shown.
    private func shown(by server: RunningServer) throws -> String {
        let output = try Shell.run("openssl s_client -connect \(server.address) </dev/null").output
        return output.contains("subject=CN = new.example") ? "new" : "old"
    }

    private func becomes(_ name: String, _ server: RunningServer) throws -> Bool {
        for _ in 0..<100 {
            if try shown(by: server) == name { return true }
            usleep(100_000)
        }
        return false
    }

    @Test func httpsIsServedAndTheCertificateReplacedWhileItRuns() throws {
        let server = try RunningServer(options)
        let answer = try Shell.require("curl -sS --cacert \(authority.certificate) https://\(server.address)/healthz")
        #expect(answer.contains("alive"))
        #expect(try shown(by: server) == "old")

        // What is broken changes nothing, asked for or found.
        try authority.write("broken", to: "old.pem")
        server.signal(SIGHUP)
        try server.awaitLog("certificates not reloaded")
        #expect(try shown(by: server) == "old")

        try authority.replace("old", with: "new")
        #expect(try becomes("new", server))
        #expect(!server.log().contains("certificates not reloaded"))
        server.signal(SIGTERM)
        #expect(server.waitForExit() == 0)
    }

    @Test func hangUpReadsTheFilesAtOnce() throws {
        let server = try RunningServer(options)
        try authority.replace("old", with: "new")
        server.signal(SIGHUP)
        #expect(try becomes("new", server))
    }

    @Test func withoutCertificatesHangUpChangesNothing() throws {
        let server = try RunningServer()
        server.signal(SIGHUP)
        #expect(try server.curl("/healthz").contains("alive"))
    }

    @Test func faultyOptionsAreNamed() throws {
        let folder = try ScratchFolder()
        func run(_ options: String...) throws -> Program.Outcome {
            let arguments = ["serve", "--port", "0", "--database", folder.path("a.sqlite")] + options
            return try Program.run(arguments)
        }
        #expect(try run("--tls-certificate", "a.pem").status == 64)
        #expect(try run("--tls-certificate", "a.pem,b.pem", "--tls-key", "a.key").status == 64)
        #expect(try run("--tls-client-ca", "a.pem").status == 64)
        #expect(try run("--tls-client", "perhaps").status == 64)
        let mismatched = try run("--tls-certificate", authority.path("old.pem"), "--tls-key", authority.path("new.key"))
        #expect(mismatched.status == 1)
        #expect(mismatched.errorLines.count == 1)
        #expect(mismatched.errors.contains("key values mismatch"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("a.sqlite")))
    }
}

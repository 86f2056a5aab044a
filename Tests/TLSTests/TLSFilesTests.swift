// SPDX-License-Identifier: Apache-2.0

import Sockets
import TestSupport
import Testing

@testable import TLS

@Suite struct TLSFilesTests {
    private let authority: TestAuthority

    init() throws {
        authority = try TestAuthority()
        for name in ["old", "new"] { try authority.issue(name, hosts: ["\(name).example"]) }
        try authority.write("no PEM at all", to: "garbage.pem")
    }

    private func configuration(_ certificate: String, _ key: String) -> TLSConfiguration {
        TLSConfiguration(identities: [.init(certificate: authority.path(certificate), key: authority.path(key))])
    }

    private func refusal(_ configuration: TLSConfiguration) -> String {
        do throws(TLSError) {
            _ = try TLSFiles(configuration)
            return ""
        } catch {
            return error.description
        }
    }

    @Test func whatCannotBeUsedIsNamed() throws {
        try Shell.require(
            "openssl ec -in \(authority.path("old.key")) -aes128 -passout pass:x -out \(authority.path("locked.key"))")
        #expect(refusal(configuration("none.pem", "old.key")).contains("/none.pem: No such file or directory"))
        #expect(refusal(configuration("garbage.pem", "old.key")).contains("cannot use the certificate"))
        #expect(refusal(configuration("old.pem", "none.key")).contains("cannot use the key"))
        #expect(refusal(configuration("old.pem", "locked.key")).contains("cannot use the key"))
        #expect(refusal(configuration("old.pem", "garbage.pem")).contains("cannot use the key"))
        #expect(refusal(configuration("old.pem", "new.key")).contains("key values mismatch"))
        #expect(refusal(TLSConfiguration(identities: [])) == "there is no certificate")
        var clients = configuration("old.pem", "old.key")
        clients.clientCertificates = .required(authorities: authority.path("garbage.pem"))
        #expect(refusal(clients).contains("cannot use the client authorities"))
    }

    @Test func timeLeftIsThatOfTheCertificate() throws {
        let left = try #require(try TLSFiles(configuration("old.pem", "old.key")).context.secondsLeft)
        #expect(left > 86_400 && left <= 2 * 86_400)
    }

    @Test func changedFilesAreReadOnceTheyHaveSettled() throws {
        let files = try TLSFiles(configuration("old.pem", "old.key"))
        let before = files.context
        #expect(try !files.reloadIfChanged())
        try authority.replace("old", with: "new")
        // The first look sees the change, the second that it is over.
        #expect(try !files.reloadIfChanged())
        #expect(files.context === before)
        #expect(try files.reloadIfChanged())
        #expect(files.context !== before)
        #expect(try !files.reloadIfChanged())
    }

    @Test func whatIsBrokenLeavesTheOldInPlaceAndIsSaidOnce() throws {
        let files = try TLSFiles(configuration("old.pem", "old.key"))
        let before = files.context
        try authority.write("broken", to: "old.pem")
        #expect(throws: TLSError.self) { try files.reload() }
        for _ in 0..<3 { #expect(try !files.reloadIfChanged()) }
        #expect(files.context === before)
        try authority.replace("old", with: "new")
        #expect(try !files.reloadIfChanged())
        #expect(try files.reloadIfChanged())
    }

    @Test func encryptedKeysNeedTheirPassphrase() throws {
        try Shell.require(
            "openssl ec -in \(authority.path("old.key")) -aes256 -passout pass:'correct horse' -out \(authority.path("locked.key"))"
        )
        var encrypted = configuration("old.pem", "locked.key")
        #expect(refusal(encrypted).contains("cannot use the key"))
        encrypted.passphrase = "wrong"
        #expect(refusal(encrypted).contains("cannot use the key"))
        encrypted.passphrase = String(repeating: "long", count: 1000)
        #expect(refusal(encrypted).contains("cannot use the key"))
        encrypted.passphrase = "correct horse"
        #expect(refusal(encrypted) == "")
    }

    @Test func whatCouldNotBeReadIsTriedAgainOnceItHasChanged() throws {
        let files = try TLSFiles(configuration("old.pem", "old.key"))
        let before = files.context
        try Shell.require("mv \(authority.path("old.key")) \(authority.path("away.key"))")
        #expect(try !files.reloadIfChanged())
        #expect(throws: TLSError.self) { try files.reloadIfChanged() }
        // Said once, however often it is looked at.
        for _ in 0..<3 { #expect(try !files.reloadIfChanged()) }
        #expect(files.context === before)
        // The very file that was read at first: what failed in between is not held against it.
        try Shell.require("mv \(authority.path("away.key")) \(authority.path("old.key"))")
        #expect(try !files.reloadIfChanged())
        #expect(try files.reloadIfChanged())
        #expect(files.context !== before)
    }
}

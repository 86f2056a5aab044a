// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import CoverageStore

@Suite struct TokenTests {
    private let coverage: TestCoverage
    private var database: CoverageDatabase { coverage.database }

    init() throws {
        coverage = try TestCoverage(nil)
    }

    private func create(
        _ name: String, _ scope: Scope = .write, expires: Int? = nil
    ) throws -> (text: TokenText, token: StoredToken) {
        try database.createToken(NewToken(name: name, scope: scope, expires: expires), request: "r")
    }

    private func stored(_ id: String) throws -> StoredToken? { try database.read { try $0.token(id: id) } }

    // MARK: Text

    @Test func textIsNameIDAndSecret() throws {
        let text = try create("ci").text.text
        #expect(text.wholeMatch(of: /readout_[0-9a-f]{12}_[A-Za-z0-9_-]{43}/) != nil)
        #expect(try #require(TokenText(text)).text == text)
        #expect(try Set((0..<50).map { _ in try TokenText.random().text }).count == 50)
    }

    /// Secrets hold underlines, and their last character only stands for four bits.
    @Test(arguments: [
        "", "readout_", "readout__", "readout_0123456789ab", "readout_0123456789ab_", "readout_0123456789ab_AAAA",
        "readout_0123456789a_" + String(repeating: "A", count: 43),
        "readout_0123456789aB_" + String(repeating: "A", count: 43),
        "readout_0123456789ab_" + String(repeating: "A", count: 42),
        "readout_0123456789ab_" + String(repeating: "A", count: 44),
        "readout_0123456789ab_" + String(repeating: "A", count: 42) + "B",
        "readout_0123456789ab_" + String(repeating: "A", count: 42) + "=",
        "Readout_0123456789ab_" + String(repeating: "A", count: 43),
        " readout_0123456789ab_" + String(repeating: "A", count: 43),
    ])
    func otherTextsAreNone(text: String) { #expect(TokenText(text) == nil) }

    @Test func underlinesInTheSecretAreItsOwn() throws {
        let text = "readout_0123456789ab_" + String(repeating: "_", count: 42) + "8"
        #expect(try #require(TokenText(text)).id == "0123456789ab")
    }

    @Test func printingATokenDoesNotTellTheSecret() throws {
        let text = try create("ci").text
        let secret = String(text.text.suffix(43))
        var dumped = ""
        dump(text, to: &dumped)
        for shown in ["\(text)", String(reflecting: text), String(describing: Optional(text)), dumped] {
            #expect(shown.contains(text.id))
            #expect(!shown.contains(secret))
        }
    }

    // MARK: Storing

    @Test func isKnownByItsTextAlone() throws {
        let (text, token) = try create("ci", .read)
        let found = try #require(try stored(text.id))
        #expect(found.matches(text))
        #expect((found.name, found.scope, found.createdAt) == ("ci", .read, token.createdAt))
        #expect(found.expiresAt == nil && found.revokedAt == nil)
        let other = try create("cd").text
        #expect(!found.matches(other))
        // Another's secret behind this one's id.
        let mixed = try #require(TokenText("readout_\(text.id)_\(other.text.suffix(43))"))
        #expect(!found.matches(mixed))
        #expect(try stored("000000000000") == nil)
    }

    @Test func theFilesHoldNoSecret() throws {
        let texts = try (0..<5).map { try create("token \($0)").text.text }
        _ = try database.revokeToken("token 1", request: nil)
        func check() throws {
            var files = 0
            for name in ["", "-wal"] {
                guard let bytes = FileManager.default.contents(atPath: database.path + name) else { continue }
                files += bytes.isEmpty ? 0 : 1
                // What is in them can be found at all.
                if name.isEmpty, bytes.count > 4096, files == 1 {
                    #expect(bytes.range(of: Data("CREATE TABLE".utf8)) != nil)
                }
                for text in texts {
                    let secret = String(text.suffix(43))
                    #expect(bytes.range(of: Data(secret.utf8)) == nil)
                    #expect(bytes.range(of: try #require(Self.decoded(secret))) == nil)
                    #expect(bytes.range(of: Data("readout_".utf8)) == nil)
                }
            }
            #expect(files > 0)
        }
        try check()
        database.close()
        try check()
        let file = try #require(FileManager.default.contents(atPath: database.path))
        #expect(file.range(of: Data("token 3".utf8)) != nil)
    }

    private static func decoded(_ secret: String) -> Data? {
        Data(base64Encoded: secret.replacing("-", with: "+").replacing("_", with: "/") + "=")
    }

    // MARK: Names

    @Test func namesInForceAreUnique() throws {
        let first = try create("ci").token
        #expect(throws: TokenRefusal.self) { try create("ci") }
        #expect(try create("CI").token.id != first.id)
        _ = try database.revokeToken("ci", request: nil)
        let second = try create("ci").token
        #expect(second.id != first.id)
        #expect(throws: TokenRefusal.self) { try create("ci") }
    }

    @Test func anExpiredOneGivesItsNameFree() throws {
        let first = try create("ci", expires: 1_000_000_000).token
        let second = try create("ci").token
        // The name now means the one in force.
        #expect(try database.revokeToken("ci", request: nil).id == second.id)
        #expect(try database.revokeToken("ci", request: nil).id == first.id)
        #expect(throws: TokenRefusal.self) { try database.revokeToken("ci", request: nil) }
    }

    @Test(arguments: [
        "", " ", " a", "a ", "a\tb", "a\nb", "a\u{0}", "a\u{7F}", "a\u{202E}b", "a\u{200B}b", "a\u{2028}b", "a\u{A0}b",
        "\u{E000}", String(repeating: "x", count: 101), "0123456789ab", "operator",
    ])
    func faultyNamesAreRefused(name: String) throws {
        #expect(NewToken.fault(ofName: name) != nil)
        #expect(throws: TokenRefusal.self) { try create(name) }
        #expect(try database.read { try $0.tokens() }.isEmpty)
    }

    @Test(arguments: ["x", "desk one", "Bureau d’édition", "编辑部", "0123456789abc", String(repeating: "x", count: 100)])
    func otherNamesAreTaken(name: String) throws {
        #expect(try create(name).token.name == name)
    }

    // MARK: Ends

    @Test func expiresWhenItsTimeHasCome() throws {
        let id = try create("ci", expires: 2_000_000_000).text.id
        let token = try #require(try stored(id))
        #expect(token.expiresAt == "2033-05-18T03:33:20Z")
        #expect(token.state(at: 1_999_999_999) == .active)
        #expect(token.state(at: 2_000_000_000) == .expired)
        #expect(token.state(at: 99_999_999_999) == .expired)
    }

    @Test func revokedByNameOrID() throws {
        let (first, second) = (try create("one").token, try create("two").token)
        #expect(try database.revokeToken("one", request: nil).id == first.id)
        #expect(try database.revokeToken(second.id, request: nil).name == "two")
        for token in try database.read({ try $0.tokens() }) {
            #expect(token.revokedAt != nil)
            #expect(token.state(at: 0) == .revoked)
        }
        #expect {
            try database.revokeToken("one", request: nil)
        } throws: {
            "\($0)".contains("was revoked at")
        }
        #expect {
            try database.revokeToken("tow", request: nil)
        } throws: {
            "\($0)" == "There is no token 'tow'; did you mean 'two'?"
        }
    }

    @Test func scopesIncludeThoseBefore() {
        let included = Scope.allCases.map { scope in Scope.allCases.filter(scope.includes) }
        #expect(included == [[.read], [.read, .write], [.read, .write, .admin]])
    }

    // MARK: Audit

    @Test func makingAndRevokingLeaveATrail() throws {
        let (text, token) = try create("ci", .admin, expires: 2_000_000_000)
        _ = try database.revokeToken("ci", request: "q")
        #expect(throws: TokenRefusal.self) { try database.revokeToken("ci", request: "q") }
        let entries = try database.read { try $0.audit(limit: 10) }
        #expect(entries.map(\.number) == [2, 1])
        #expect(entries.map(\.request) == ["q", "r"])
        #expect(entries.allSatisfy { $0.actor == "operator" && $0.token == nil && $0.address == nil })
        #expect(entries[1].at == token.createdAt)
        #expect(
            entries.map(\.action) == [
                "revoke token 'ci' (\(text.id))",
                "create token 'ci' (\(text.id)), scope admin, until 2033-05-18T03:33:20Z",
            ])
        #expect(try database.read { try $0.audit(limit: 1) }.map(\.number) == [2])
    }

    @Test func anAuthorIsKeptAsItIs() throws {
        let token = try create("ci").token
        let author = Author(
            name: "ci", token: token.id, address: "192.0.2.1", request: "id", action: "PUT /v1/people/x")
        let number = try database.write { try AuditLog.record(author, on: $0.connection, at: "2031-01-01T00:00:00Z") }
        let entry = try #require(try database.read { try $0.audit(limit: 1) }.first)
        #expect(
            entry
                == AuditLog.Entry(
                    number: number, at: "2031-01-01T00:00:00Z", actor: "ci", token: token.id, address: "192.0.2.1",
                    request: "id", action: "PUT /v1/people/x"))
        // What is undone leaves none.
        struct Undone: Error {}
        #expect(throws: Undone.self) {
            try database.write { recorder in
                _ = try AuditLog.record(author, on: recorder.connection)
                throw Undone()
            }
        }
        #expect(try database.read { try $0.audit(limit: 1) }.first == entry)
    }
}

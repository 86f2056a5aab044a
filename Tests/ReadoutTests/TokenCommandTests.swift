// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSON
import TestSupport
import Testing

@Suite struct TokenCommandTests {
    private let folder: ScratchFolder
    private var database: String { folder.path("readout.sqlite") }

    init() throws {
        folder = try ScratchFolder()
    }

    private func run(_ arguments: String...) throws -> Program.Outcome {
        try Program.run(arguments + ["--database", database])
    }

    /// The text alone, as a shell takes it.
    private func create(_ name: String, _ scope: String = "read") throws -> String {
        let outcome = try run("token", "create", "--name", name, "--scope", scope)
        #expect(outcome.status == 0)
        return outcome.output.trimmingCharacters(in: .newlines)
    }

    private func status(_ server: RunningServer, _ target: String, token: String? = nil) throws -> String {
        let field = token.map { "-H 'Authorization: Bearer \($0)'" } ?? ""
        return try server.curl(target, "-o /dev/null -w '%{http_code}' \(field)")
    }

    @Test func standardOutputHasTheTokenAlone() throws {
        #expect(try run("seed").status == 0)
        let outcome = try run("token", "create", "--name", "ci", "--scope", "write", "--expires", "90d")
        #expect(outcome.output.wholeMatch(of: /readout_[0-9a-f]{12}_[A-Za-z0-9_-]{43}\n/) != nil)
        #expect(outcome.errorLines.count == 2)
        #expect(outcome.errorLines.first?.hasPrefix("token 'ci': id ") == true)
        #expect(outcome.errorLines.first?.contains(", scope write, expires 20") == true)
        #expect(!outcome.errors.contains(outcome.output.dropLast().suffix(43)))
    }

    @Test func tokensAreListed() throws {
        #expect(try run("seed").status == 0)
        let text = try create("desk one", "admin")
        #expect(try run("token", "revoke", "desk one").status == 0)
        _ = try create("ci")
        let list = try run("token", "list").output.split(separator: "\n")
        #expect(list.count == 3)
        #expect(list.first?.split(separator: " ") == ["id", "name", "scope", "created", "expires", "revoked", "state"])
        #expect(list.contains { $0.contains("desk one") && $0.contains("admin") && $0.hasSuffix("revoked") })
        #expect(list.contains { $0.contains("  ci  ") && $0.contains("  -  ") && $0.hasSuffix("active") })
        let json = try run("token", "list", "--json").output
        #expect(json.contains("\"name\":\"desk one\""))
        #expect(!json.contains(text.suffix(43)))
        #expect(throws: Never.self) { try JSONReader.read(Array(json.utf8)) }
    }

    @Test func wrongUsageIsNamed() throws {
        for faulty in [
            ["--name", "ci"], ["--scope", "read"], ["--name", "ci", "--scope", "all"],
            ["--name", "", "--scope", "read"],
            ["--name", "ci", "--scope", "read", "--expires", "never"],
            ["--name", "ci", "--scope", "read", "--expires", "2001-01-01"],
        ] {
            let outcome = try Program.run(["token", "create", "--database", database] + faulty)
            #expect(outcome.status == 64)
            #expect(outcome.output.isEmpty)
        }
        #expect(try run("audit", "--limit", "0").status == 64)
        #expect(!FileManager.default.fileExists(atPath: database))
        let creation = ["token", "create", "--name", "ci", "--scope", "read"]
        for command in [creation, ["token", "list"], ["token", "revoke", "ci"], ["audit"]] {
            let outcome = try Program.run(command + ["--database", database])
            #expect(outcome.status == 1)
            #expect(
                outcome.errorLines.count == 1
                    && outcome.errors.contains("there is no database \(database); 'readout serve'"))
        }
        #expect(!FileManager.default.fileExists(atPath: database))
        #expect(try run("seed").status == 0)
        _ = try create("ci")
        #expect(try run("token", "create", "--name", "ci", "--scope", "read").errorLines.count == 1)
        #expect(try run("token", "revoke", "co").errors == "Error: There is no token 'co'; did you mean 'ci'?\n")
    }

    @Test func aRunningServerKnowsAtOnce() throws {
        let server = try RunningServer(["--access-log"], folder: folder)
        // From the cache the second time; a token is looked at all the same.
        for _ in 0..<2 { #expect(try status(server, "/v1/events") == "200") }
        let token = try create("ci")
        #expect(try status(server, "/v1/events", token: token) == "200")
        #expect(
            try status(server, "/v1/events", token: String(token.dropLast(43)) + token.suffix(43).reversed()) == "401")
        let revoked = try run("token", "revoke", "ci")
        #expect(revoked.output.hasPrefix("token 'ci' (") && revoked.output.hasSuffix(") is revoked\n"))
        #expect(try status(server, "/v1/events", token: token) == "401")
        #expect(try status(server, "/v1/events") == "200")
        let answer = try server.curl("/v1", "-i -H 'Authorization: Bearer \(token)'")
        #expect(answer.lowercased().contains("www-authenticate: bearer realm=\"readout\", error=\"invalid_token\"\r\n"))

        let trail = try run("audit").output.split(separator: "\n").map(String.init)
        // A head, and the seeding before both.
        #expect(trail.count == 4)
        #expect(trail[1].hasPrefix("3 ") && trail[1].contains("  operator  ") && trail[1].contains("revoke token 'ci'"))
        #expect(try run("audit", "--limit", "1", "--json").output.contains("\"number\":3,"))

        server.signal(SIGTERM)
        #expect(server.waitForExit() == 0)
        let secret = String(token.suffix(43))
        let log = server.log()
        #expect(log.contains("answered") && !log.contains(secret))
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path("")) {
            let bytes = FileManager.default.contents(atPath: folder.path(name)) ?? Data()
            #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(name)")
        }
    }

    /// Of one client's wrong tokens the eleventh is not looked at, on whatever loop it arrives.
    @Test func guessingIsSlowedDown() throws {
        let server = try RunningServer(["--loops", "2"])
        let guess = "readout_0123456789ab_" + String(repeating: "A", count: 43)
        // Each on a connection of its own. They take less than the seconds in which the allowance would come back.
        let codes = try Program.shell(
            """
            curl -s -o /dev/null -w '%{http_code} ' -H 'Authorization: Bearer \(guess)' -H 'Connection: close' \
            'http://\(server.address)/v1#[1-40]'
            """
        ).output.split(separator: " ")
        #expect(codes.prefix(10).allSatisfy { $0 == "401" })
        #expect(codes.contains("429"))
        #expect(try server.curl("/v1", "-o /dev/null -w '%{http_code}'") == "200")
    }

    @Test func readingMayTakeAToken() throws {
        let server = try RunningServer(["--require-token-for-reading"], folder: folder)
        let token = try create("reader")
        for _ in 0..<2 {
            #expect(try status(server, "/v1/events") == "401")
            #expect(try status(server, "/v1/events", token: token) == "200")
            #expect(try status(server, "/v1/events?format=csv", token: token) == "200")
            #expect(try status(server, "/v1/events?format=csv") == "401")
        }
        for open in ["/healthz", "/readyz", "/problems/unauthorized"] { #expect(try status(server, open) == "200") }
        let answer = try server.curl("/v1/events", "-i -H 'Authorization: Bearer \(token)'")
        #expect(answer.contains("Cache-Control: private, no-cache\r\n"))
        let tag = try #require(answer.split(separator: "\r\n").first { $0.hasPrefix("ETag: ") }).dropFirst(6)
        // Nor does a condition tell anything to those without.
        #expect(try server.curl("/v1/events", "-o /dev/null -w '%{http_code}' -H 'If-None-Match: \(tag)'") == "401")
        #expect(try Program.run("healthcheck", "--database", database).output == "ready\n")
    }
}

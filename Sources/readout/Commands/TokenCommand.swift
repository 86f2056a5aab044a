// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CoverageAPI
import CoverageStore
import HTTPTypes
import JSON

struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Create, list and revoke the tokens that clients show.",
        discussion: """
            The scope read is for reading where that takes a token (--require-token-for-reading of 'serve'), write for changes, \
            admin for both and for what only the operator may know. A running server knows at once what these commands did.
            """,
        subcommands: [TokenCreateCommand.self, TokenListCommand.self, TokenRevokeCommand.self])
}

struct TokenCreateCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create a token and print it, this once.",
        discussion: """
            Standard output gets the token alone, so that TOKEN=$(readout token create …) has it; standard error gets the rest. \
            The database keeps a digest only: a token that is lost is revoked and made anew.
            """)

    @OptionGroup var storage: StorageSettings
    @Option(help: "What it is called in lists and in the audit trail; no two that are in force have one name.")
    var name: String
    @Option(help: "What it is good for: read, write or admin; each includes those before it.") var scope: Scope
    @Option(help: "When it ends: 2027-01-01, 2027-01-01T12:00:00Z, or a span such as 90d or 12h. Never without this.")
    var expires: String?

    func validate() throws {
        if let fault = NewToken.fault(ofName: name) { throw ValidationError(fault) }
        guard let expires else { return }
        do { _ = try Expiry.parse(expires, now: Timestamp.unixTime()) } catch {
            throw ValidationError(error.description)
        }
    }

    func run() throws {
        let job = try Job(storage, creating: false)
        defer { job.close() }
        var query = [(name: "name", value: name), (name: "scope", value: scope.rawValue)]
        if let expires { query.append((name: "expires", value: expires)) }
        let token = try job.perform(AdminRoutes.tokensPath, query: query)
        print(token.text("token"))
        let end = token.text("expires").isEmpty ? "does not expire" : "expires \(token.text("expires"))"
        StandardError.write(
            """
            token '\(token.text("name"))': id \(token.text("id")), scope \(token.text("scope")), \(end)
            It is shown this once: keep it where your other secrets are.
            """)
    }
}

struct TokenListCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the tokens there are and were, oldest first.")

    @OptionGroup var storage: StorageSettings
    @Flag(help: "As JSON.") var json = false

    func run() throws {
        let job = try Job(storage, creating: false)
        defer { job.close() }
        let answer = try job.perform(AdminRoutes.tokensPath, .get)
        let columns = ["id", "name", "scope", "created", "expires", "revoked", "state"]
        print(json ? answer.document : TextTable.text(of: answer.objects("data"), columns: columns))
    }
}

struct TokenRevokeCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(commandName: "revoke", abstract: "End a token at once, for good.")

    @OptionGroup var storage: StorageSettings
    @Argument(help: "The token's name or id.") var token: String

    func run() throws {
        let job = try Job(storage, creating: false)
        defer { job.close() }
        let revoked = try job.perform(AdminRoutes.tokensPath, .delete, query: [(name: "token", value: token)])
        print("token '\(revoked.text("name"))' (\(revoked.text("id"))) is revoked")
    }
}

extension Scope: ExpressibleByArgument {}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CoverageAPI
import HTTPTypes

struct AuditCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Show who changed what and when, newest first.",
        discussion: """
            An entry for each request that changed something and each token made or revoked. The actor is a token's name, or \
            'operator' for the one at the machine itself.
            """)

    @OptionGroup var storage: StorageSettings
    @Option(help: "The most entries.") var limit = 100
    @Flag(help: "As JSON, with the ids of tokens and requests.") var json = false

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit must be 1 to 100000, not \(limit).") }
    }

    func run() throws {
        let job = try Job(storage, creating: false)
        defer { job.close() }
        let answer = try job.perform(AdminRoutes.auditPath, .get, query: [(name: "limit", value: String(limit))])
        let columns = ["number", "at", "actor", "address", "action"]
        print(json ? answer.document : TextTable.text(of: answer.objects("data"), columns: columns))
    }
}

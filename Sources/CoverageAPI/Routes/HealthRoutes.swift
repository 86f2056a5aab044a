// SPDX-License-Identifier: Apache-2.0

internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// Alive, and ready to serve.
enum HealthRoutes {
    static let operations = [
        Operation(
            OperationDeclaration(
                .get, "/healthz", "getHealth", .about, "Ask whether the server is alive",
                "It answers as long as it runs; `/readyz` says whether it can serve.", access: .open,
                answers: [.momentary(statusSchema, "It is.")])
        ) { call in
            try call.query().finish()
            return .now(status("alive"))
        },
        Operation(
            OperationDeclaration(
                .get, "/readyz", "getReadiness", .about, "Ask whether the server can serve",
                """
                It reads from its database; while that is empty, older than the program or cannot be read, and once the server is \
                about to stop, the answer is 503 and says why.
                """, access: .open,
                answers: [.momentary(statusSchema, "It can.")], problems: [.notReady])
        ) { call in
            try call.query().finish()
            let checks = checks(call.context)
            let reasons = checks.compactMap(\.reason)
            guard reasons.isEmpty else { throw Problem(.notReady, reasons.joined(separator: " ")) }
            var writer = JSONWriter()
            writer.object { json in
                json.member("status", "ready")
                json.object("checks") { json in
                    for check in checks { json.member(check.name, "ok") }
                }
            }
            return .now(.momentary(writer))
        },
    ]

    private static let statusSchema = Schema.named(
        "Health",
        .object([
            .init("status", .choice(["alive", "ready"]), "How the server is."),
            .init("checks", .map(.choice(["ok"])), "What was looked at, where it says ready.", isRequired: false),
        ]))

    /// What readiness takes, each with the reason why it is missing.
    private static func checks(_ context: Context) -> [(name: StaticString, reason: String?)] {
        let readiness = context.settings.readiness
        return [
            ("database", databaseReason(context)),
            (
                "schema",
                readiness.pendingMigration.map {
                    "The database is older than this program: the migration '\($0)' is pending."
                }
            ),
            ("serving", readiness.isDraining ? "The server is about to stop." : nil),
        ]
    }

    /// By a real read: an open file is not yet a readable one.
    private static func databaseReason(_ context: Context) -> String? {
        guard context.database.hasItsFile else {
            return
                "The file of the database was removed or replaced while the server runs: back it up before you stop it."
        }
        do {
            let isEmpty = try context.reader.dataVersion() == 0
            return isEmpty ? "The database is empty: load the seeds or import coverage first." : nil
        } catch {
            context.finisher.report("the database cannot be read: \(error)")
            return "The database cannot be read; the log says why."
        }
    }

    private static func status(_ word: String) -> Response {
        var writer = JSONWriter()
        writer.object { $0.member("status", word) }
        return .momentary(writer)
    }
}

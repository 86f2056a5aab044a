// SPDX-License-Identifier: Apache-2.0

internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// Alive, and ready to serve.
enum HealthRoutes {
    static func routes() throws -> [Route<Context>] {
        [
            try Route(.get, "/healthz") { request, _, _ in
                try QueryReader(request, known: []).finish()
                return .now(status("alive"))
            },
            try Route(.get, "/readyz") { request, _, context in
                try QueryReader(request, known: []).finish()
                let checks = try checks(context)
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
    }

    /// What readiness takes, each with the reason why it is missing.
    private static func checks(_ context: Context) throws -> [(name: StaticString, reason: String?)] {
        let readiness = context.settings.readiness
        // A real read: an open file is not yet a readable one.
        let isEmpty = try context.reader.dataVersion() == 0
        return [
            ("database", isEmpty ? "The database is empty: load the seeds or import coverage first." : nil),
            (
                "schema",
                readiness.pendingMigration.map {
                    "The database is older than this program: the migration '\($0)' is pending."
                }
            ),
            ("serving", readiness.isDraining ? "The server is about to stop." : nil),
        ]
    }

    private static func status(_ word: String) -> Response {
        var writer = JSONWriter()
        writer.object { $0.member("status", word) }
        return .momentary(writer)
    }
}

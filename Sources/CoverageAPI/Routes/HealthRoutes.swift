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
                "It reads from its database; while that is empty or cannot be read the answer is 503.", access: .open,
                answers: [.momentary(statusSchema, "It can.")], problems: [.notReady])
        ) { call in
            try call.query().finish()
            // A real read: an open file is not yet a readable one.
            guard try call.context.reader.dataVersion() > 0 else {
                throw Problem(.notReady, "The database is empty: load the seeds or import coverage first.")
            }
            return .now(status("ready"))
        },
    ]

    private static let statusSchema = Schema.named(
        "Health", .object([.init("status", .choice(["alive", "ready"]), "How the server is.")]))

    private static func status(_ word: String) -> Response {
        var writer = JSONWriter()
        writer.object { $0.member("status", word) }
        return .momentary(writer)
    }
}

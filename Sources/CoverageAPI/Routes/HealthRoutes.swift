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
                // A real read: an open file is not yet a readable one.
                guard try context.reader.dataVersion() > 0 else {
                    throw Problem(.notReady, "The database is empty: load the seeds or import coverage first.")
                }
                return .now(status("ready"))
            },
        ]
    }

    private static func status(_ word: String) -> Response {
        var writer = JSONWriter()
        writer.object { $0.member("status", word) }
        return .momentary(writer)
    }
}

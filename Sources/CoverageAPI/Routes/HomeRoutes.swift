// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// `/v1`: what is here, how much, and where it is.
enum HomeRoutes {
    static func routes() throws -> [Route<Context>] {
        [
            try Route(.get, "/v1") { request, _, context in
                var query = try QueryReader(request, known: ["format"])
                try query.format()
                try query.finish()
                return .now(try answer(in: context))
            }
        ]
    }

    private static func answer(in context: Context) throws -> Response {
        let overview = try context.reader.overview()
        let links = context.settings.links
        var writer = JSONWriter()
        writer.object { json in
            json.member("name", "Readout")
            json.member("version", context.settings.version)
            json.member("dataVersion", overview.dataVersion)
            json.object("period") { json in
                json.member("from", overview.from?.description)
                json.member("to", overview.to?.description)
            }
            json.object("counts") { json in
                for type in FactType.allCases {
                    json.member(named: type.collection)
                    json.integer(overview.counts[type] ?? 0)
                    if type == .person { json.member("officials", overview.officials) }
                }
            }
            json.object("links") { json in
                json.member("self", links.link("/v1"))
                for type in FactType.allCases {
                    json.member(named: type.collection)
                    json.string(links.link("/v1/\(type.collection)"))
                    if type == .person { json.member("officials", links.link("/v1/officials")) }
                }
                for view in ["search", "suggest", "compare", "coverage", "timeline", "graph", "changes"] {
                    json.member(named: view)
                    json.string(links.link("/v1/\(view)"))
                }
                json.member("vocabularies", links.link("/v1/vocabularies"))
                json.member("problems", links.link("/problems"))
                json.member("health", links.link("/healthz"))
                json.member("ready", links.link("/readyz"))
            }
        }
        return .json(writer)
    }
}

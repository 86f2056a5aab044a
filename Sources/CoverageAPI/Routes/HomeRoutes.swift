// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// `/v1`: what is here, how much, and where it is.
enum HomeRoutes {
    static let operations = [
        Operation(
            OperationDeclaration(
                .get, "/v1", "getHome", .about, "See what is here",
                "How much there is of what, which days it covers, and where everything is.",
                parameters: [Parameter.format([.json])], answers: [.json(schema, "The way in.")])
        ) { call in
            try call.takeFormatOnly()
            return .now(try answer(in: call.context))
        }
    ]

    /// What records are counted and linked by: the collections, officials beside people.
    private static let collections = FactType.allCases.flatMap {
        $0 == .person ? [$0.collection, "officials"] : [$0.collection]
    }
    private static let views = ["search", "suggest", "compare", "coverage", "timeline", "graph", "changes"]
    /// Links beside those to collections and views.
    private static let others = [
        ("vocabularies", "/v1/vocabularies"), ("problems", "/problems"), ("health", "/healthz"), ("ready", "/readyz"),
        ("openapi", "/openapi.json"),
    ]

    private static let schema = Schema.named(
        "Home",
        .object([
            .init("name", .text, "What this is: Readout."),
            .init("version", .text, "Of the program."),
            .init(
                "dataVersion", .integer(from: 0),
                "The number of the last change: moves on with every one and never back."),
            .init(
                "period",
                .object([
                    .init("from", .nullable(.day), "The first day of an event whose days are known."),
                    .init("to", .nullable(.day), "The last one."),
                ]), "The days that the coverage speaks of."),
            .init(
                "counts",
                .object(collections.map { .init($0, .integer(from: 0), "How many there are.") }), "How much there is."),
            .init(
                "links",
                .object((["self"] + collections + views + others.map(\.0)).map { .init($0, .href, "Where it is.") }),
                "Where everything is."),
        ]))

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
                for (name, path) in views.map({ ($0, "/v1/\($0)") }) + others {
                    json.member(named: name)
                    json.string(links.link(path))
                }
            }
        }
        return .json(writer)
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// `/v1/search` over all types, and `/v1/suggest` for completion while typing.
enum SearchRoutes {
    static let operations = [
        Operation(
            OperationDeclaration(
                .get, "/v1/search", "search", .search, "Look for words in everything",
                "Records of all types, best first, each with the places where the words stand.",
                parameters: [
                    Parameter.requiredWords, types, Parameter.limit, Parameter.expiringCursor, facets,
                    Parameter.format([.json]),
                ],
                answers: [
                    .page(
                        .list(
                            "SearchHitList", of: .searchHit,
                            facets: .object([
                                .init(
                                    "type", .facetCounts, "By type, whatever types were asked for.", isRequired: false)
                            ])), "A page of hits.")
                ])
        ) { .now(try search($0)) },
        Operation(
            OperationDeclaration(
                .get, "/v1/suggest", "suggest", .search, "Complete what is being typed",
                "Records whose name, or another name of theirs, has a word that begins like the last one. There is one page: more is found by typing more.",
                parameters: [beginning, types, Parameter.limit, Parameter.format([.json])],
                answers: [.json(.list("ReferenceList", of: .reference), "The likeliest first.")])
        ) { .now(try suggest($0)) },
    ]

    private static let beginning = Parameter.text(
        "q", .with(.text, ["minLength": 1]), "What has been typed so far.", isRequired: true, example: "bli")
    private static let types = Parameter.types(
        among: FactType.allCases, "Only records of these types, separated by commas.")
    private static let facets = Parameter.choices(
        "facets", of: ["type"], "Counts how many hits are of which type, whatever types were asked for.")

    private static func search(_ call: Call) throws -> Response {
        let (request, context) = (call.request, call.context)
        var query = try call.query()
        let text = query.take(.requiredWords)
        let expression = text.flatMap(SearchExpression.init)
        if text != nil, expression == nil { query.refuse("q", "'q' holds no word to look for.") }
        let types = query.take(types)
        let facets = query.take(facets) ?? []
        let limit = query.take(.limit)
        let cursor = query.take(.expiringCursor)
        try query.format()
        try query.finish()
        guard let expression else { throw Problem(.invalidParameter, "'q' is missing.") }

        let version = try context.reader.dataVersion()
        let fingerprint = Cursor.fingerprint(of: query.items, path: request.path)
        let after = try cursor.map { try Cursor.decode($0, fingerprint: fingerprint, version: version, count: 2) }
        let page = try context.reader.search(expression, types: types, limit: limit, after: after)
        let next = page.next.map { Cursor.encode($0, fingerprint: fingerprint, version: version) }
        let rendering = Rendering(links: context.settings.links, texts: nil)
        var writer = context.writer(capacity: 512 * max(page.hits.count, 1))
        writer.object { json in
            json.array("data") { json in
                for hit in page.hits { json.hit(hit, rendering) }
            }
            json.page(limit: limit, total: page.total, next: next)
            if !facets.isEmpty { json.facets([(name: "type", counts: page.types)]) }
        }
        return .json(writer, link: context.settings.links.page(query.items, at: request.path, next: next))
    }

    private static func suggest(_ call: Call) throws -> Response {
        let context = call.context
        var query = try call.query()
        let text = query.take(beginning)
        let types = query.take(types)
        let limit = query.take(.limit)
        try query.format()
        try query.finish()
        let (found, total) = try context.reader.suggest(text ?? "", types: types, limit: limit)
        let rendering = Rendering(links: context.settings.links, texts: nil)
        var writer = JSONWriter()
        writer.object { json in
            json.member("data")
            json.array(found, rendering)
            json.page(limit: limit, total: total, next: nil)
        }
        return .json(writer)
    }
}

extension Schema {
    fileprivate static let searchHit = Schema.named(
        "SearchHit",
        .object(
            referenceMembers + [
                Property("score", .number, "Higher is better; to be compared within one search only."),
                Property(
                    "highlights",
                    .array(
                        .named(
                            "Highlight",
                            .object([
                                Property("member", .text, "The member of the record in which the words stand."),
                                Property("text", .text, "Its text."),
                                Property(
                                    "spans", .array(.array(.integer(from: 0), atLeast: 2, atMost: 2)),
                                    "First character and the one after the last, counted in Unicode scalars from 0."),
                            ]))), "Where the words stand."),
            ]
        ).described("A record that was found, and why."))
}

extension JSONWriter {
    fileprivate mutating func hit(_ hit: SearchHit, _ rendering: Rendering) {
        object { json in
            json.members(of: hit.reference, rendering)
            json.member("score", hit.score)
            json.array("highlights") { json in
                for highlight in hit.highlights {
                    json.object { json in
                        json.member("member", highlight.member)
                        json.member("text", highlight.text)
                        json.array("spans") { json in
                            for span in highlight.spans {
                                json.array {
                                    $0.integer(span.lowerBound)
                                    $0.integer(span.upperBound)
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

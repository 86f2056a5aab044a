// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// `/v1/search` over all types, and `/v1/suggest` for completion while typing.
enum SearchRoutes {
    static func routes() throws -> [Route<Context>] {
        [
            try Route(.get, "/v1/search") { request, _, context in .now(try search(request, in: context)) },
            try Route(.get, "/v1/suggest") { request, _, context in .now(try suggest(request, in: context)) },
        ]
    }

    private static func search(_ request: Request, in context: Context) throws -> Response {
        var query = try QueryReader(request, known: ["q", "type", "limit", "cursor", "facets", "format"])
        let text = query.required("q")
        let expression = text.flatMap(SearchExpression.init)
        if text != nil, expression == nil { query.refuse("q", "'q' holds no word to look for.") }
        let types = query.types(among: FactType.allCases)
        let facets = query.list("facets", among: ["type"]) ?? []
        let limit = query.limit()
        let cursor = query.single("cursor")
        try query.format()
        try query.finish()
        guard let expression else { throw Problem(.invalidParameter, "'q' is missing.") }

        let version = try context.reader.dataVersion()
        let fingerprint = Cursor.fingerprint(of: query.items, path: request.path)
        let after = try cursor.map { try Cursor.decode($0, fingerprint: fingerprint, version: version, count: 2) }
        let page = try context.reader.search(expression, types: types, limit: limit, after: after)
        let next = page.next.map { Cursor.encode($0, fingerprint: fingerprint, version: version) }
        let rendering = Rendering(links: context.settings.links, texts: nil)
        var writer = JSONWriter(capacity: 512 * max(page.hits.count, 1))
        writer.object { json in
            json.array("data") { json in
                for hit in page.hits { json.hit(hit, rendering) }
            }
            json.page(limit: limit, total: page.total, next: next)
            if !facets.isEmpty { json.facets([(name: "type", counts: page.types)]) }
        }
        return .json(writer, link: context.settings.links.page(query.items, at: request.path, next: next))
    }

    private static func suggest(_ request: Request, in context: Context) throws -> Response {
        var query = try QueryReader(request, known: ["q", "type", "limit", "format"])
        let text = query.required("q")
        let types = query.types(among: FactType.allCases)
        let limit = query.limit()
        try query.format()
        try query.finish()
        let found = try context.reader.suggest(text ?? "", types: types, limit: limit)
        let rendering = Rendering(links: context.settings.links, texts: nil)
        var writer = JSONWriter()
        writer.object { json in
            json.member("data")
            json.array(found, rendering)
            json.page(limit: limit, total: .exact(found.count), next: nil)
        }
        return .json(writer)
    }
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

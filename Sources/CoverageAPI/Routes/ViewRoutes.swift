// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// What several records say together: two articles compared, the matrix of facts and articles, the graph.
enum ViewRoutes {
    static func routes() throws -> [Route<Context>] {
        [
            try Route(.get, "/v1/compare") { request, _, context in .now(try compare(request, in: context)) },
            try Route(.get, "/v1/coverage") { request, _, context in .now(try coverage(request, in: context)) },
            try Route(.get, "/v1/graph") { request, _, context in .now(try graph(request, in: context)) },
        ]
    }

    private static func compare(_ request: Request, in context: Context) throws -> Response {
        var query = try QueryReader(request, known: ["a", "b", "format"])
        let a = try query.article("a", reader: context.reader)
        let b = try query.article("b", reader: context.reader)
        for (name, value) in [("a", a), ("b", b)] where value == nil { query.refuseMissing(name) }
        if a != nil, a == b { query.refuse("b", "'b' must be another article than 'a'.") }
        try query.format()
        try query.finish()
        guard let a = try a.flatMap({ try context.reader.record($0, of: Article.self) }),
            let b = try b.flatMap({ try context.reader.record($0, of: Article.self) })
        else { throw Problem(.notFound, "One of the articles is gone.") }

        let comparison = try context.reader.compare(a.value.id, b.value.id)
        let copied = try context.reader.overlap(of: a.value.id, with: b.value.id)
        let rendering = Rendering(links: context.settings.links, texts: nil)
        var writer = JSONWriter(capacity: 16_384)
        writer.object { json in
            json.member("a")
            json.reference(a.value.reference, rendering)
            json.member("b")
            json.reference(b.value.reference, rendering)
            let lists = [
                ("onlyA", comparison.onlyA), ("onlyB", comparison.onlyB), ("both", comparison.both),
                ("differ", comparison.differ),
            ]
            for (name, references) in lists {
                json.member(named: name)
                json.array(references, rendering)
            }
            json.array("copied") { json in
                for passage in copied?.passages ?? [] { json.passage(passage) }
            }
        }
        return .json(writer)
    }

    private static func coverage(_ request: Request, in context: Context) throws -> Response {
        let factTypes = FactType.allCases.filter { $0 != .article }
        var query = try QueryReader(request, known: ["type", "limit", "cursor", "format"])
        let asked = query.types(among: factTypes)
        let limit = query.limit()
        let cursor = query.single("cursor")
        try query.format()
        try query.finish()
        let fingerprint = Cursor.fingerprint(of: query.items, path: request.path)
        let after = try cursor.map { try Cursor.decode($0, fingerprint: fingerprint, version: nil, count: 3) }
        let matrix = try context.reader.coverage(asked.isEmpty ? factTypes : asked, limit: limit, after: after)
        let next = matrix.next.map { Cursor.encode($0, fingerprint: fingerprint, version: nil) }
        let rendering = Rendering(links: context.settings.links, texts: nil)
        var writer = JSONWriter(capacity: 256 * max(matrix.rows.count, 1))
        writer.object { json in
            json.member("articles")
            json.array(matrix.articles, rendering)
            json.array("facts") { json in
                for row in matrix.rows {
                    json.object { json in
                        json.member("fact")
                        json.reference(row.fact, rendering)
                        json.array("reportedBy") { json in
                            for reports in row.reportedBy { json.bool(reports) }
                        }
                    }
                }
            }
            json.page(limit: limit, total: matrix.total, next: next)
        }
        return .json(writer, link: context.settings.links.page(query.items, at: request.path, next: next))
    }

    private static func graph(_ request: Request, in context: Context) throws -> Response {
        var query = try QueryReader(request, known: ["focus", "depth", "type", "format"])
        let focus = try query.record("focus", among: Graph.types, reader: context.reader)
        let depth = query.integer("depth", in: 1...4) ?? 2
        let types = query.types(among: Graph.types)
        try query.format()
        try query.finish()
        guard let focus else { throw Problem(.invalidParameter, "'focus' is missing.") }
        let graph = try context.reader.graph(around: focus, depth: depth, types: types.isEmpty ? Graph.types : types)
        let rendering = Rendering(links: context.settings.links, texts: nil)
        var writer = JSONWriter(capacity: 256 * (graph.nodes.count + graph.edges.count + 1))
        writer.object { json in
            json.array("nodes") { json in
                for node in graph.nodes {
                    json.object { json in
                        json.members(of: node.reference, rendering)
                        json.member("weight", node.weight)
                    }
                }
            }
            json.array("edges") { json in
                for edge in graph.edges {
                    json.object { json in
                        json.member("a")
                        json.reference(edge.a, rendering)
                        json.member("b")
                        json.reference(edge.b, rendering)
                        json.member("weight", edge.weight)
                        json.member("through")
                        json.array(edge.through, rendering)
                    }
                }
            }
        }
        return .json(writer)
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// What several records say together: two articles compared, the matrix of facts and articles, the graph.
enum ViewRoutes {
    static let operations = [
        Operation(
            OperationDeclaration(
                .get, "/v1/compare", "compareArticles", .views, "Hold two articles against each other",
                "What only one reports, what both do, where they differ, and what stands in both word for word.",
                parameters: [first, second, Parameter.format([.json])],
                answers: [.json(.comparison, "The two, side by side.")], problems: [.notFound])
        ) { .now(try compare($0)) },
        Operation(
            OperationDeclaration(
                .get, "/v1/coverage", "getCoverage", .views, "See which article reports which fact",
                "The matrix of facts and articles: a row for each fact, a column for each article.",
                parameters: [rowTypes, Parameter.limit, Parameter.cursor, Parameter.format([.json])],
                answers: [.page(.coverageMatrix, "A page of rows.")])
        ) { .now(try coverage($0)) },
        Operation(
            OperationDeclaration(
                .get, "/v1/graph", "getGraph", .views, "Follow the ties among people, events and issues",
                "Whoever takes part in an event is tied to it and to its issues; an edge weighs what ties its ends.",
                parameters: [focus, depth, nodeTypes, Parameter.format([.json])],
                answers: [.json(.graph, "What lies around the focus.")])
        ) { .now(try graph($0)) },
    ]

    private static let first = article("a", "The id of one article.", example: "a-bid-to-ease-tensions")
    private static let second = article("b", "The id of the other.", example: "blinken-in-beijing")

    private static func article(_ name: String, _ meaning: String, example: String) -> Parameter<String?> {
        .text(name, .slug, meaning, isRequired: true, example: example)
    }

    private static let factTypes = FactType.allCases.filter { $0 != .article }
    private static let rowTypes = Parameter.types(among: factTypes, "Only facts of these types, separated by commas.")
    private static let focus = Parameter.text(
        "focus", .text(pattern: "^([a-z]+:)?[a-z0-9-]+$"),
        "The record in the middle: an id, or `type:id` where several types have it.", isRequired: true,
        example: "qin-gang")
    private static let depth = Parameter.whole("depth", in: 1...4, default: 2, "How many steps to go from the focus.")
    private static let nodeTypes = Parameter.types(
        among: Graph.types, "Only nodes of these types, separated by commas.")

    private static func compare(_ call: Call) throws -> Response {
        let context = call.context
        var query = try call.query()
        let a = try query.article(first, reader: context.reader)
        let b = try query.article(second, reader: context.reader)
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

    private static func coverage(_ call: Call) throws -> Response {
        let (request, context) = (call.request, call.context)
        var query = try call.query()
        let asked = query.take(rowTypes)
        let limit = query.take(.limit)
        let cursor = query.take(.cursor)
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

    private static func graph(_ call: Call) throws -> Response {
        let context = call.context
        var query = try call.query()
        let focus = try query.record(focus, among: Graph.types, reader: context.reader)
        let depth = query.take(depth)
        let types = query.take(nodeTypes)
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

extension Schema {
    fileprivate static let comparison = Schema.named(
        "Comparison",
        .object([
            Property("a", .reference, "The one article."),
            Property("b", .reference, "The other."),
            Property("onlyA", .array(.reference), "Facts that only the first reports."),
            Property("onlyB", .array(.reference), "Facts that only the second reports."),
            Property("both", .array(.reference), "Facts that both report."),
            Property("differ", .array(.reference), "Discrepancies in which one has it so and the other otherwise."),
            Property("copied", .array(.passage), "Passages of eight or more words that stand in both."),
        ]))

    fileprivate static let coverageMatrix = Schema.named(
        "CoverageMatrix",
        .object([
            Property("articles", .array(.reference), "The columns: all articles, in the order of publication."),
            Property(
                "facts",
                .array(
                    .named(
                        "CoverageRow",
                        .object([
                            Property("fact", .reference, "The fact."),
                            Property("reportedBy", .array(.flag), "For each column, whether that article reports it."),
                        ]))), "The rows of this page, by type and name."),
            Property("page", .page, "Where it is."),
        ]))

    fileprivate static let graph = Schema.named(
        "Graph",
        .object([
            Property(
                "nodes",
                .array(
                    .named(
                        "GraphNode",
                        .object(referenceMembers + [Property("weight", .integer(from: 0), "How many edges it has.")]))),
                "People, events and issues."),
            Property(
                "edges",
                .array(
                    .named(
                        "GraphEdge",
                        .object([
                            Property("a", .reference, "One end."),
                            Property("b", .reference, "The other."),
                            Property("weight", .integer(from: 1), "How much ties them."),
                            Property("through", .array(.reference), "What ties them."),
                        ]))), "What ties them, each pair once."),
        ]))
}

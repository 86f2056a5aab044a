// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// `/v1/articles/{id}/overlap`: how an article stands to each of the others.
enum OverlapRoutes {
    static func routes() throws -> [Route<Context>] {
        [
            try Route(.get, "/v1/articles/{id}/overlap") { request, parameters, context in
                .now(try overlap(request, of: parameters["id"], in: context))
            }
        ]
    }

    private static func overlap(_ request: Request, of id: String, in context: Context) throws -> Response {
        var query = try QueryReader(request, known: ["format"])
        try query.format()
        try query.finish()
        let article = try FactRoutes<Article>.find(id, [], context)
        let relations = try context.reader.relations(of: article)
        let rendering = Rendering(links: context.settings.links, texts: nil)
        var writer = JSONWriter(capacity: 512 * (relations.count + 1))
        writer.object { json in
            json.array("data") { json in
                for relation in relations {
                    json.object { json in
                        json.member("article")
                        json.reference(relation.article, rendering)
                        json.member("copied", relation.copied)
                        json.member("sharedFacts", relation.sharedFacts)
                        json.member("group", relation.group)
                        json.member("reason", relation.reason)
                        json.member("confidence", relation.confidence)
                    }
                }
            }
            json.page(limit: relations.count, total: .exact(relations.count), next: nil)
        }
        return .json(writer)
    }
}

extension JSONWriter {
    /// A passage by pointers into both articles.
    mutating func passage(_ passage: Passage) {
        object { json in
            json.member("words", passage.words)
            json.member("a")
            json.span(passage.a)
            json.member("b")
            json.span(passage.b)
        }
    }

    private mutating func span(_ span: TextSpan) {
        object {
            $0.member("paragraph", span.paragraph)
            $0.member("start", span.start)
            $0.member("end", span.end)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// `/v1/articles/{id}/overlap`: how an article stands to each of the others.
enum OverlapRoutes {
    static let operations = [
        Operation(
            OperationDeclaration(
                .get, "/v1/articles/{id}/overlap", "listArticleOverlaps", .articles,
                "List how one article stands to the others",
                """
                What it shares with each one that it has something in common with: words, facts, and the source both may have \
                copied. The nearest first.
                """,
                parameters: [
                    PathParameter.id(of: .article), Parameter.limit, Parameter.expiringCursor,
                    Parameter.format([.json]),
                ],
                answers: [.page(.list("OverlapList", of: .overlap), "A page of articles."), .moved], problems: [.gone])
        ) { .now(try overlap($0)) }
    ]

    /// The whole is read at once, since it is bounded by what the article shares; the page is cut from it.
    private static func overlap(_ call: Call) throws -> Response {
        let (request, context) = (call.request, call.context)
        var query = try call.query()
        let limit = query.take(.limit)
        let cursor = query.take(.expiringCursor)
        try query.format()
        try query.finish()
        let article = try FactRoutes<Article>.find(call.path["id"], [], context)
        let all = try context.reader.relations(of: article)
        // By the list itself: a text that is read again changes it without a change of any record.
        let version = Cursor.version(of: all.map(\.article.id))
        let fingerprint = Cursor.fingerprint(of: query.items, path: request.path)
        let page = try CutPage(of: all, from: cursor, limit: limit, fingerprint: fingerprint, version: version)
        let rendering = Rendering(links: context.settings.links, texts: nil)
        var writer = context.writer(capacity: 512 * (page.elements.count + 1))
        writer.object { json in
            json.array("data") { json in
                for relation in page.elements {
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
            json.page(limit: limit, total: .exact(all.count), next: page.next)
        }
        return .json(writer, link: context.settings.links.page(query.items, at: request.path, next: page.next))
    }
}

extension Schema {
    fileprivate static let overlap = Schema.named(
        "Overlap",
        .object([
            Property("article", .reference, "The other article."),
            Property(
                "copied", .number(0...1),
                "The share of this article's words in passages of eight or more that stand in the other one too."),
            Property(
                "sharedFacts", .number(0...1), "The share of this article's facts that the other one reports too."),
            Property(
                "group", .nullable(.text), "The group that both belong to, if they do: they count as one report."),
            Property("reason", .text, "Why they are thought to belong together, or not."),
            Property("confidence", .number(0...1), "How sure that is."),
        ]))

    /// A passage by pointers into both articles.
    static let passage = Schema.named(
        "Passage",
        .object([
            Property("words", .integer(from: 1), "How many words it has."),
            Property("a", .span, "Where it stands in the first article."),
            Property("b", .span, "Where it stands in the second."),
        ]))

    private static let span = Schema.named(
        "TextSpan",
        .object([
            Property("paragraph", .integer(from: 1), "The n-th line that is not blank."),
            Property("start", .integer(from: 0), "The first character, counted in Unicode scalars from 0."),
            Property("end", .integer(from: 0), "The one after the last."),
        ]))
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

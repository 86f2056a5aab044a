// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// `/v1/articles/{id}/mentions`: whom and what each paragraph of an article names, read with the names known now.
enum MentionRoutes {
    /// The largest text that is read on the loop, in bytes; for a larger one, or when names have changed, a worker does it.
    private static let boundedText = 64 << 10
    private static let named: [FactType] = [.person, .organization, .place, .issue, .event]

    static let operations = [
        Operation(
            OperationDeclaration(
                .get, "/v1/articles/{id}/mentions", "listArticleMentions", .articles,
                "List whom and what one article names",
                """
                Read from the text with the names that are known now, so that a new name or alias is found at once. Without the \
                text there is nothing to read: `hasText` says so.
                """,
                parameters: [
                    PathParameter.id(of: .article), entity, types, paragraph, Parameter.limit,
                    Parameter.expiringCursor, Parameter.format([.json]),
                ],
                answers: [.page(.mentionList, "A page of mentions, in the order of the text."), .moved],
                problems: [.gone])
        ) { try mentions($0) }
    ]

    private static let entity = Parameter.text(
        "entity", .text, "Only mentions of this record: `type:id`, or its id if only one type has it.",
        example: "person:qin-gang")
    private static let types = Parameter.types(
        among: named, "Only mentions of records of these types, separated by commas.")
    private static let paragraph = Parameter<Int?>(
        "paragraph", .integer(from: 1), "Only mentions in this paragraph.", example: "3", absent: nil
    ) { $1.integer($0, of: "paragraph", in: 1...1_000_000) }

    private static func mentions(_ call: Call) throws -> Answer {
        let (context, request) = (call.context, call.request)
        var query = try call.query()
        var wanted = MentionQuery()
        wanted.entity = try query.record(entity, among: named, reader: context.reader)
        wanted.types = query.take(types)
        wanted.paragraph = query.take(paragraph)
        wanted.limit = query.take(.limit)
        let cursor = query.take(.expiringCursor)
        try query.format()
        try query.finish()
        let article = try FactRoutes<Article>.find(call.path["id"], [], context)
        let version = try context.reader.dataVersion()
        let fingerprint = Cursor.fingerprint(of: query.items, path: request.path)
        wanted.start =
            try cursor.map {
                try Cursor.position($0, fingerprint: fingerprint, version: version, in: 0..<Int.max)
            } ?? 0
        let page = MentionPage(
            article: article, query: wanted, items: query.items, path: request.path, fingerprint: fingerprint,
            version: version, settings: context.settings)
        let isSmall = try context.reader.textSize(of: article.value.id) <= boundedText
        if isSmall, let names = try context.database.names.namesAtHand(context.reader) {
            return .now(try page.response(context.reader, names))
        }
        return context.finisher.later { [database = context.database] in
            try database.read { try page.response($0, database.names.names($0)) }
        }
    }
}

/// Which mentions of an article are asked for.
struct MentionQuery: Sendable {
    var entity: Reference?
    /// Empty for all.
    var types: [FactType] = []
    var paragraph: Int?
    var start = 0
    var limit = 20

    func wants(_ mention: Mention) -> Bool {
        (entity == nil || mention.entity == entity) && (types.isEmpty || types.contains(mention.entity.type))
            && (paragraph == nil || mention.span.paragraph == paragraph)
    }
}

/// A page of the mentions of one article. All of them are read, since that is bounded by the text; the page is cut from it.
private struct MentionPage: Sendable {
    let article: Stored<Article>
    let query: MentionQuery
    let items: [QueryReader.Item]
    let path: String
    let fingerprint: String
    let version: Int
    let settings: APISettings

    func response(_ reader: Reader, _ names: KnownNames) throws -> Response {
        let all = try reader.mentions(of: article.value.id, names: names).filter(query.wants)
        let page = all.dropFirst(query.start).prefix(query.limit)
        let end = query.start + page.count
        let next =
            end < all.count
            ? Cursor.encode([.integer(Int64(end))], fingerprint: fingerprint, version: version) : nil
        let known = try reader.knownWords(of: Set(page.map(\.entity)))
        let rendering = Rendering(links: settings.links, texts: nil)
        var writer = JSONWriter(capacity: 256 * (page.count + 1))
        writer.object { json in
            json.array("data") { json in
                for mention in page {
                    json.mention(mention, surface: surface(of: mention, known[mention.entity] ?? []), rendering)
                }
            }
            json.page(limit: query.limit, total: .exact(all.count), next: next)
            json.member("hasText", article.derived.hasText)
        }
        return .json(writer, link: settings.links.page(items, at: path, next: next))
    }

    /// A known name is a fact; any other word is the article's, and as much of it leaves as the operator allows.
    private func surface(of mention: Mention, _ known: Set<String>) -> String? {
        let words = Reader.words(of: mention.surface)
        let isKnown = words.allSatisfy { known.contains($0) || ["the", "of", "and"].contains($0) }
        return isKnown ? mention.surface : settings.excerpts.excerpt(of: mention.surface)
    }
}

extension Schema {
    fileprivate static let mentionList = Schema.named(
        "MentionList",
        .object([
            Property("data", .array(.mention), "The items of this page."),
            Property("page", .page, "Where it is."),
            Property("hasText", .flag, "Whether the text is here to be read; without it there are no mentions."),
        ]))

    private static let mention = Schema.named(
        "Mention",
        .object([
            Property("paragraph", .integer(from: 1), "The n-th of the article's lines that are not blank."),
            Property("start", .integer(from: 0), "The first Unicode scalar in it."),
            Property("end", .integer(from: 1), "Behind the last one."),
            Property(
                "surface", .nullable(.text),
                "What stands there; null where that is more than a known name and the operator lets no text out."),
            Property("entity", .reference, "Whom or what it names."),
            Property("confidence", .number(0...1), "How sure that is."),
        ]))
}

extension JSONWriter {
    fileprivate mutating func mention(_ mention: Mention, surface: String?, _ rendering: Rendering) {
        object { json in
            json.member("paragraph", mention.span.paragraph)
            json.member("start", mention.span.start)
            json.member("end", mention.span.end)
            json.member("surface", surface)
            json.member("entity")
            json.reference(mention.entity, rendering)
            json.member("confidence", mention.confidence)
        }
    }
}

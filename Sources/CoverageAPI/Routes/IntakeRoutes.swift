// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// `POST /v1/articles`: new coverage in, as its text or as JSON with the text in it.
enum IntakeRoutes {
    static func routes(_ desk: WriteDesk) throws -> [Route<Context>] {
        [
            try Route(.post, "/v1/articles") { request, _, context in
                try take(WriteRequest(request, in: context), desk)
            }
        ]
    }

    private static func take(_ writing: WriteRequest, _ desk: WriteDesk) throws -> Answer {
        let type = try writing.mediaType(among: [WriteRequest.json, WriteRequest.plainText])
        let order = try IntakeOrder(writing.request, isPlainText: type == WriteRequest.plainText)
        try writing.takeNoConditions()
        let key = try writing.key()
        let content = order.members == nil ? try writing.content() : nil
        let (isMinimal, links, body) = (writing.isMinimal, writing.context.settings.links, writing.request.body)
        var wording = writing.context.wording
        wording.isParameters = order.members != nil
        return writing.performLater(key: key, desk: desk, wording: wording) { database, author in
            let content = try content ?? order.content(of: body)
            let intake = Intake(
                content, replace: order.replace, isRehearsal: order.isRehearsal,
                origin: author.token == nil ? .import : .editor)
            return try database.take(intake, by: author, key: key) { reader, report in
                try KeptAnswer(report, in: reader, isRehearsal: order.isRehearsal, isMinimal: isMinimal, links: links)
            }
        }
    }
}

/// What the query of an intake asks for.
struct IntakeOrder: Sendable {
    /// What can be said of a text beside it, where there is no JSON to say it in.
    private static let described = ["headline", "publisher", "published", "credit", "url", "source"]
    private static let names = ["dryRun", "replace"] + described

    let isRehearsal: Bool
    let replace: Bool
    /// What is said of a plain text; nil where JSON says it.
    let members: [(name: String, value: String)]?

    init(_ request: Request, isPlainText: Bool) throws {
        var query = try QueryReader(request, known: Self.names)
        isRehearsal = query.flag("dryRun")
        replace = query.flag("replace")
        if isPlainText {
            members = Self.described.compactMap { name in query.single(name).map { (name, $0) } }
        } else {
            for name in Self.described where query.items.contains(where: { $0.name == name }) {
                query.refuse(name, "'\(name)' goes with plain text; in JSON it is a member.")
            }
            members = nil
        }
        try query.finish()
    }

    /// The content that a plain text stands for.
    func content(of body: [UInt8]) throws -> JSONValue {
        do { return try Intake.content(of: body, members ?? []) } catch let error as UnusableArticle {
            throw Problem(.invalidBody, "The text \(error.description).")
        }
    }
}

extension QueryReader {
    /// Whether something is switched on: `true` or `1`.
    fileprivate mutating func flag(_ name: String) -> Bool {
        guard let value = single(name) else { return false }
        if !["true", "1", "false", "0"].contains(value) { refuse(name, value: value, among: ["true", "false"]) }
        return value == "true" || value == "1"
    }
}

extension KeptAnswer {
    /// What an intake answers: the article as reading gives it, and what was found.
    /// - Throws: 409 where a known file has come with other bytes.
    init(
        _ report: ImportReport, in reader: Reader, isRehearsal: Bool, isMinimal: Bool, links: Links
    ) throws {
        guard report.outcome != .differs else {
            let detail = """
                The source '\(report.source)' is known as the article '\(report.article)', with other bytes; 'replace=true' \
                takes these as its new edition.
                """
            throw Problem(.sourceKnown, detail, faults: [.init(.pointer("/source"), detail)])
        }
        guard let article = try reader.record(report.article, of: Article.self) else {
            throw Problem(.internalError, "The article is not there after it was written.")
        }
        var writer = JSONWriter(capacity: 2048)
        let view = RecordView(rendering: Rendering(links: links, texts: nil), fields: nil, included: [])
        Article.shape.write(article, view, position: 0, to: &writer) { json in
            json.member("outcome", report.outcome.rawValue)
            json.findings(report.findings)
            json.member("isRehearsal", isRehearsal)
        }
        var fields: [(name: String, value: String)] = []
        if isMinimal { fields.append(("Preference-Applied", Preferences.minimal)) }
        if !isMinimal { fields.append(("Content-Type", "application/json")) }
        if !isRehearsal {
            fields.append(("Location", links.href(.article, report.article)))
            fields.append(("ETag", Response.entityTag(of: article, links: links)))
        }
        let isNew = report.outcome == .created && !isRehearsal
        self.init(
            status: isNew ? 201 : isMinimal ? 204 : 200, fields: fields, content: isMinimal ? [] : writer.finish())
    }
}

extension Response {
    /// That of the article as reading gives it.
    fileprivate static func entityTag(of article: Stored<Article>, links: Links) -> String {
        var writer = JSONWriter(capacity: 2048)
        let view = RecordView(rendering: Rendering(links: links, texts: nil), fields: nil, included: [])
        Article.shape.write(article, view, position: 0, to: &writer)
        return entityTag(of: writer.finish(), revision: article.revision)
    }
}

extension JSONWriter {
    /// What reading a text found, or null where it was not read.
    mutating func findings(_ findings: Findings?) {
        guard let findings else { return member("found", nil as String?) }
        object("found") { json in
            json.member("overlaps", findings.overlaps)
        }
    }
}

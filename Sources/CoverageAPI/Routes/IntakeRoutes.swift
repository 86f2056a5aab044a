// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import HTTPTypes
internal import JSON

/// `POST /v1/articles`: new coverage in, as its text or as JSON with the text in it.
enum IntakeRoutes {
    static func operations(_ inFlight: InFlightKeys) -> [Operation] {
        let examples = InputExamples.of(.article)
        return [
            Operation(
                OperationDeclaration(
                    .post, "/v1/articles", "createArticle", .articles, "Take in one article",
                    """
                    As its text, with what else is known of it as parameters; or as JSON with the `text` in it. The text is \
                    read: `found` counts what was found, and what it proposes waits at `/v1/proposals`. The same bytes again are \
                    the same article: 200 instead of 201, nothing is changed, and `differences` names what was said otherwise. Up \
                    to 16 MiB, unless the operator set another limit.
                    """, access: .token(.write),
                    parameters: IntakeParameters.parameters,
                    content: RequestContent(
                        type: WriteRequest.json.essence, schema: .articleIntake,
                        meaning: "The article as JSON with its `text`, or the text alone; in UTF-8.",
                        examples: [("new", examples.new)],
                        alternatives: [(WriteRequest.plainText.essence, .text("The article: a paragraph a line."))]),
                    answers: [
                        .written(201, "The new article.", .articleTaken, [.location, .eTag]),
                        .written(
                            200, "The article that has this text already, or would be made of it.", .articleTaken,
                            [.location.sometimes, .eTag.sometimes]),
                        DeclaredAnswer(
                            204, "Done, and nothing more to say, as was preferred.",
                            fields: [
                                .cacheControl, .location.sometimes, .eTag.sometimes, .preferenceApplied,
                                .idempotencyReplayed,
                            ]),
                    ], problems: [.idTaken, .sourceKnown, .textDeleted, .invalidCondition])
            ) { call in try WriteRequest.answer(call) { try take(call, $0, inFlight) } }
        ]
    }

    private static func take(_ call: Call, _ writing: WriteRequest, _ inFlight: InFlightKeys) throws -> Answer {
        let type = try writing.contentType(among: [WriteRequest.json, WriteRequest.plainText])
        let asked = try IntakeParameters(call.query(), isPlainText: type == WriteRequest.plainText)
        try writing.takeNoConditions()
        let given = asked.members == nil ? try writing.content() : nil
        let (isMinimal, links, body) = (writing.isMinimal, writing.context.settings.links, writing.request.body)
        let key = writing.key
        var wording = writing.context.wording
        wording.isParameters = asked.members != nil
        return writing.performLater(inFlight: inFlight, wording: wording) { database, author in
            let content = try given ?? asked.content(of: body)
            let intake = Intake(
                content, replace: asked.replace, isRehearsal: asked.isRehearsal,
                origin: author.token == nil ? .import : .editor)
            return try database.take(intake, by: author, key: key) { reader, report in
                try KeptAnswer(report, of: asked, in: reader, isMinimal: isMinimal, links: links)
            }
        }
    }
}

extension Schema {
    /// What of an article can be said when it is taken in: its date alone will do.
    fileprivate static var articleIntake: Schema {
        .named(
            "ArticleIntake",
            .object(
                Article.inputProperties(isPatch: false).map { property in
                    guard property.name == "published", case .nullable(let date) = property.schema else {
                        return property
                    }
                    return Property(
                        property.name, .anyOf([date, dateAlone]), property.meaning, isRequired: false)
                }, isClosed: true))
    }

    private static let dateAlone = Schema.named(
        "DateText", .nullable(.text).described("A date in EDTF, as known to whoever sends it."))

    /// An article, and what became of its text.
    fileprivate static var articleTaken: Schema {
        .named(
            "ArticleTaken",
            .object(
                Article.shape.members.map(\.declaration.property) + [
                    Property(
                        "outcome", .choice(ImportReport.Outcome.taken.map(\.rawValue)),
                        "`created`; `stored`: a known article's text, now here; `unchanged`; `replaced`: a new edition."
                    ),
                    Property(
                        "differences", .array(.text),
                        "The members in which what was sent with a known text is not what is on record; that stays as it is."
                    ),
                    Property("found", .nullable(.findings), "What was found in the text; null where it was not read."),
                    Property("isRehearsal", .flag, "Whether nothing was changed, as `dryRun` asked."),
                ]))
    }

    static let findings = Schema.named(
        "Findings",
        .object([
            Property("mentions", .integer(from: 0), "Places where something known is named."),
            Property("quotations", .integer(from: 0), "What somebody is said to have said, quoted or told."),
            Property("overlaps", .integer(from: 0), "Other articles with which it has passages in common."),
            Property("proposals", .integer(from: 0), "What waits for an editor at `/v1/proposals`."),
        ]))
}

/// What the query of an intake asks for.
struct IntakeParameters: Sendable {
    static let rehearsal = switched("dryRun", "Only answers what would come of it, and changes nothing.")
    static let replacing = switched(
        "replace", "Takes a known `source` with other bytes as its new edition, and reads again what is here already.")
    /// What can be said of a text beside it, where there is no JSON to say it in.
    static let described: [Parameter<String?>] = [
        .text("headline", .text, "With plain text: its headline, if that is not its first line."),
        .text("publisher", .text, "With plain text: who published it."),
        .text("published", .text, "With plain text: when it was published, in EDTF."),
        .text("credit", .text, "With plain text: whom it names as its own source."),
        .text("url", .text, "With plain text: where its publisher has it."),
        .text("source", .text, "With plain text: the name of the file that it came in."),
    ]
    /// The names of all of them.
    static let names = [rehearsal.name, replacing.name] + described.map(\.name)
    static var parameters: [any DeclaredParameter] {
        let all: [any DeclaredParameter] = [rehearsal, replacing]
        return all + described.map { $0 as any DeclaredParameter } + [WriteHeader.idempotencyKey, WriteHeader.prefer]
    }

    let isRehearsal: Bool
    let replace: Bool
    /// What is said of a plain text; nil where JSON says it.
    let members: [(name: String, value: String)]?

    init(_ query: QueryReader, isPlainText: Bool) throws {
        var query = query
        isRehearsal = query.take(Self.rehearsal)
        replace = query.take(Self.replacing)
        if isPlainText {
            members = Self.described.compactMap { parameter in query.take(parameter).map { (parameter.name, $0) } }
        } else {
            for parameter in Self.described where query.items.contains(where: { $0.name == parameter.name }) {
                query.refuse(parameter.name, "'\(parameter.name)' goes with plain text; in JSON it is a member.")
            }
            members = nil
        }
        try query.finish()
    }

    /// `true` or `1`, which scripts like better.
    private static func switched(_ name: String, _ meaning: String) -> Parameter<Bool> {
        Parameter(
            name, .with(.choice(["true", "1", "false", "0"]), ["default": "false"]), meaning, example: "true",
            absent: false
        ) { value, query in
            if !["true", "1", "false", "0"].contains(value) {
                query.refuse(name, value: value, among: ["true", "false"])
            }
            return value == "true" || value == "1"
        }
    }

    /// The content that a plain text stands for.
    func content(of body: [UInt8]) throws -> JSONValue {
        do { return try Intake.content(of: body, members ?? []) } catch let error as UnusableArticle {
            throw Problem(.invalidBody, "The text \(error.description).")
        }
    }
}

extension KeptAnswer {
    /// What an intake answers: the article as reading gives it, and what was found.
    /// - Throws: 409 where a known file has come with other bytes, or the text of an article that was deleted.
    init(
        _ report: ImportReport, of asked: IntakeParameters, in reader: Reader, isMinimal: Bool, links: Links
    ) throws {
        let (isRehearsal, isPlainText) = (asked.isRehearsal, asked.members != nil)
        guard report.outcome != .differs else {
            let detail = """
                The source '\(report.source)' is known as the article '\(report.article)', with other bytes; 'replace=true' \
                takes these as its new edition.
                """
            throw Problem(
                .sourceKnown, detail, faults: [.init(isPlainText ? .parameter("source") : .pointer("/source"), detail)])
        }
        guard report.outcome != .deleted else {
            let detail = "The text is that of the article '\(report.article)', which was deleted."
            throw Problem(.textDeleted, detail, faults: [.init(.pointer(isPlainText ? "" : "/text"), detail)])
        }
        guard let article = try reader.record(report.article, of: Article.self) else {
            throw Problem(.internalError, "The article is not there after it was written.")
        }
        var writer = JSONWriter(capacity: 2048)
        let view = RecordView(rendering: Rendering(links: links, texts: nil), fields: nil, included: [])
        Article.shape.write(article, view, position: 0, to: &writer) { json in
            json.member("outcome", report.outcome.rawValue)
            json.member("differences", report.differences)
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
            status: isMinimal ? 204 : isNew ? 201 : 200, fields: fields, content: isMinimal ? [] : writer.finish())
    }
}

extension ImportReport.Outcome {
    /// Those of what is here afterwards.
    fileprivate static var taken: [Self] { allCases.filter { $0 != .differs && $0 != .deleted } }
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
            json.member("mentions", findings.mentions)
            json.member("quotations", findings.quotations)
            json.member("overlaps", findings.overlaps)
            json.member("proposals", findings.proposals)
        }
    }
}

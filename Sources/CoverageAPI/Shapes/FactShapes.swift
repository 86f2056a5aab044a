// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore

/// A type of record that the API serves.
protocol ServedFact: ReadableFact {
    static var shape: Shape<Self> { get }
    /// The order of a list when none is asked for.
    static var defaultOrder: ListOrder { get }
    /// Whether `from`, `to` and `certain` apply.
    static var isDated: Bool { get }
    /// Whether `asReportedBy` applies: one article may leave the record at another stage than the coverage as a whole.
    static var isReported: Bool { get }
    /// The record as one article has it.
    func reported(by article: String) -> Self
    /// What its lists can be written in, JSON first.
    static var formats: [Format] { get }
    /// The id of the place where it is on the map.
    var location: String? { get }

    // What of the content that clients send does not follow from the shape.

    /// Members that are made up where a new record does not give them.
    static var madeUp: Set<String> { get }
    /// Members that follow from others and are never taken from the content.
    static var workedOut: Set<String> { get }
    /// Lists that need so many elements.
    static var fewestParts: [String: Int] { get }
    /// Members that no answer has.
    static var givenOnly: [Schema.Property] { get }
}

extension ServedFact {
    static var defaultOrder: ListOrder { .name }
    static var isDated: Bool { false }
    static var isReported: Bool { false }
    func reported(by article: String) -> Self { self }
    static var formats: [Format] { [.json, .csv, .ndjson] }
    var location: String? { nil }
    static var madeUp: Set<String> { ["id"] }
    static var workedOut: Set<String> { [] }
    static var fewestParts: [String: Int] { [:] }
    static var givenOnly: [Schema.Property] { [] }
}

extension Event: ServedFact {
    static var isReported: Bool { true }
    static var formats: [Format] { [.json, .csv, .ndjson, .ics, .geojson] }
    var location: String? { place?.id }
    static var defaultOrder: ListOrder { .date }
    static var isDated: Bool { true }

    static let shape = Shape<Event>([
        .text("title", "What the event is called here; the same as `name`.", at: RowQueries.name) { $0.value.title },
        .text("summary", "What happened, in a sentence or two of our own.", at: Column.summary) { $0.value.summary },
        .closed("kind", "What kind of event it is.", at: Column.kind) { $0.value.kind },
        .closed(
            "status", "Where the latest coverage leaves it, never what became of it later; null where nothing is told.",
            at: Column.status
        ) { $0.value.status },
        .date("date", "When it was or is to be; null where no article lets one tell.", at: Column.date) {
            $0.value.date
        },
        .reference("place", "Where it happens.", at: (.place, Column.place)) { $0.value.place },
        .reference("partOf", "The larger event that it directly belongs to.", at: (.event, Column.partOf)) {
            $0.value.partOf
        },
        .objects(
            "participants", "The people who take part, by name.",
            [
                .init("person", .reference, "Who it is."),
                .init("role", .closed(Vocabulary(ParticipantRole.self)), "In which role."),
            ],
            at: (
                [
                    .reference(.person, ParticipantColumn.person),
                    .closed(Vocabulary(ParticipantRole.self), ParticipantColumn.role),
                ], .participants
            )
        ) { event in
            event.value.participants.map { [.reference($0.person), .text($0.role.rawValue)] }
        },
        .references(
            "organizations", "Countries, ministries and others that take part.",
            at: (.organization, .organizations)
        ) { $0.value.organizations },
        .references("issues", "What it is about.", at: (.issue, .issues)) { $0.value.issues },
    ])
}

extension Person: ServedFact {
    static let shape = Shape<Person>([
        .closed("category", "In which capacity the coverage names the person.") { $0.value.category },
        .texts("aliases", "Other names in the coverage.") { $0.value.aliases },
        .reference("country", "The country that the person is of, as an organization.") { $0.value.country },
        .objects(
            "offices", "The offices that articles ascribe to the person.",
            [
                .init("title", .text, "As articles have it."),
                .init("organization", .reference, orNull: true, "In which the office is."),
                .init("evidence", .citations(statuses: false), "The paragraphs that say so."),
            ]
        ) { person in
            person.value.offices.map {
                [.text($0.title), .reference($0.organization), .citations($0.evidence)]
            }
        },
        .object(
            "counts", "How often the person is met with here.",
            [
                .init("events", .integer(from: 0), "Events in which the person takes part."),
                .init("statements", .integer(from: 0), "Statements by the person."),
                .init("issues", .integer(from: 0), "Issues of those events."),
                .init("articles", .integer(from: 0), "Articles that are cited for the person."),
            ]
        ) { person in
            let counts = person.derived
            return [
                .integer(counts.events), .integer(counts.statements), .integer(counts.issues),
                .integer(counts.articles),
            ]
        },
    ])
}

extension Issue: ServedFact {
    static let shape = Shape<Issue>([
        .texts("aliases", "Other names in the coverage.") { $0.value.aliases },
        .text("summary", "What it is about, in a sentence or two of our own.") { $0.value.summary },
        .reference("broader", "The issue that this one is a part of; null at the roots of the tree.") {
            $0.value.broader
        },
        .references("narrower", "The issues directly below it.") { $0.derived.narrower },
        .objects(
            "positions", "Where each side stands.",
            [
                .init("party", .reference, "The side: a country or another organization."),
                .init("gist", .text, "Its position, in a sentence of our own."),
                .init("evidence", .citations(statuses: false), "The paragraphs that say so."),
            ]
        ) { issue in
            issue.value.positions.map { [.reference($0.party), .text($0.gist), .citations($0.evidence)] }
        },
        .object(
            "counts", "How often the issue is met with here.",
            [
                .init("events", .integer(from: 0), "Events that touch it."),
                .init("statements", .integer(from: 0), "Statements about it."),
                .init("people", .integer(from: 0), "People who take part in those events."),
                .init("articles", .integer(from: 0), "Articles that are cited for it."),
            ]
        ) { issue in
            let counts = issue.derived
            return [
                .integer(counts.events), .integer(counts.statements), .integer(counts.people),
                .integer(counts.articles),
            ]
        },
    ])
}

extension Organization: ServedFact {
    static let shape = Shape<Organization>([
        .closed("kind", "What kind of organization it is.", at: Column.kind) { $0.value.kind },
        .texts("aliases", "Other names in the coverage.", at: .aliases) { $0.value.aliases },
        .reference(
            "country", "The country that it belongs to; null for countries and what stands above them.",
            at: (.organization, Column.country)
        ) {
            $0.value.country
        },
        .references(
            "memberOf", "The alliances and forums that it is a member of.", at: (.organization, .memberships)
        ) { $0.value.memberOf },
    ])
}

extension Place: ServedFact {
    static var formats: [Format] { [.json, .csv, .ndjson, .geojson] }
    var location: String? { id }

    static let shape = Shape<Place>([
        .closed("kind", "What kind of place it is.", at: Column.kind) { $0.value.kind },
        .texts("aliases", "Other names in the coverage.", at: .aliases) { $0.value.aliases },
        .reference("within", "The place that it directly lies in.", at: (.place, Column.within)) { $0.value.within },
        .number("latitude", -90...90, "Degrees north (WGS 84), of some point in it.", at: Column.latitude) {
            $0.value.latitude
        },
        .number("longitude", -180...180, "Degrees east (WGS 84), of the same point.", at: Column.longitude) {
            $0.value.longitude
        },
    ])
}

extension Statement: ServedFact {
    static var defaultOrder: ListOrder { .name }
    static var isDated: Bool { true }

    static let shape = Shape<Statement>([
        .text("gist", "What was said, in a sentence of our own; the same as `name`.", at: RowQueries.name) {
            $0.value.gist
        },
        .reference("speaker", "Who said it; null where the article gives no name.", at: (.person, Column.speaker)) {
            $0.value.speaker
        },
        .text(
            "speakerAs", "How the article speaks of a speaker without a name, such as 'a senior official'; else null.",
            at: Column.speakerAs
        ) {
            $0.value.speakerAs
        },
        .closed("form", "Whether the article quotes the words or tells what was said.", at: Column.form) {
            $0.value.form
        },
        .reference("event", "Where it was said.", at: (.event, Column.event)) { $0.value.event },
        .references("issues", "What it is about.", at: (.issue, .issues)) { $0.value.issues },
        .date("date", "When it was said.", at: Column.date) { $0.value.date },
        .references(
            "variants", "Statements that are the same words, told differently elsewhere.",
            at: (.statement, .variants)
        ) {
            $0.value.variants
        },
    ])
}

extension Discrepancy: ServedFact {
    static var fewestParts: [String: Int] { ["accounts": 2] }

    static let shape = Shape<Discrepancy>([
        .text("aspect", "In what the articles differ; the same as `name`.") { $0.value.aspect },
        .anyReference("subject", "What they differ about.") { $0.value.subject },
        .closed("kind", "What kind of difference it is.") { $0.value.kind },
        .objects(
            "accounts", "Each way of telling it, with the paragraphs that tell it so.",
            [
                .init("claim", .text, "What these paragraphs say, in our words."),
                .init("evidence", .citations(statuses: false), "The paragraphs."),
            ]
        ) { discrepancy in
            discrepancy.value.accounts.map { [.text($0.claim), .citations($0.evidence)] }
        },
    ])
}

extension Article: ServedFact {
    static var madeUp: Set<String> { ["id", "source"] }
    static var workedOut: Set<String> { ["words", "sha256"] }
    static var givenOnly: [Schema.Property] {
        [
            .init(
                "text", .text, "The text that a new article is made from, and only that; no answer has it.",
                isRequired: false),
            .init(
                "digests", .anything,
                "SHA-256 of each paragraph: told, with `words` and `sha256`, of a new article without `text`; else ignored.",
                isRequired: false),
        ]
    }

    static let shape = Shape<Article>([
        .text("source", "The name of the file that it came in.") { $0.value.source },
        .text("headline", "As published; without one, the words of the `id` serve as `name`.") { $0.value.headline },
        .text("publisher", "Who published it.") { $0.value.publisher },
        .text("credit", "Whom it names as its own source.") { $0.value.credit },
        .date("published", "The day of publication.") { $0.value.published },
        .text("url", "Where its publisher has it.") { $0.value.url },
        .optionalObject(
            "lineage",
            "The articles it shares an upstream source with, and why we think so; null where it stands alone.",
            [
                .init("group", .slug, "Names the group: articles of one group count as one independent report."),
                .init("reason", .text, "Why it is thought to belong to it."),
                .init("confidence", .number(0...1), "How sure that is; from 0.8 on the group counts."),
            ]
        ) { article in
            article.value.lineage.map { [.text($0.group), .text($0.reason), .number($0.confidence)] }
        },
        .integer("paragraphs", "How many paragraphs it has: lines that are not blank.") { $0.value.digests.count },
        .integer("words", "How many words it has.") { $0.value.words },
        Member("sha256", .digest, "SHA-256 of the file's bytes.") { .text($0.value.sha256) },
        .flag("hasText", "Whether its text has been imported, so that citations can be checked.") {
            $0.derived.hasText
        },
    ])
}

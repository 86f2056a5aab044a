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
}

extension ServedFact {
    static var defaultOrder: ListOrder { .name }
    static var isDated: Bool { false }
    static var isReported: Bool { false }
    func reported(by article: String) -> Self { self }
    static var formats: [Format] { [.json, .csv, .ndjson] }
    var location: String? { nil }
}

extension Event: ServedFact {
    static var isReported: Bool { true }
    static var formats: [Format] { [.json, .csv, .ndjson, .ics, .geojson] }
    var location: String? { place?.id }
    static var defaultOrder: ListOrder { .date }
    static var isDated: Bool { true }

    static let shape = Shape<Event>([
        .text("title") { $0.value.title },
        .text("summary") { $0.value.summary },
        .text("kind") { $0.value.kind.rawValue },
        .text("status") { $0.value.status?.rawValue },
        .date("date") { $0.value.date },
        .reference("place") { $0.value.place },
        .reference("partOf") { $0.value.partOf },
        .objects("participants", [("person", .reference), ("role", .text)]) { event in
            event.value.participants.map { [.reference($0.person), .text($0.role.rawValue)] }
        },
        .references("organizations") { $0.value.organizations },
        .references("issues") { $0.value.issues },
    ])
}

extension Person: ServedFact {
    static let shape = Shape<Person>([
        .text("category") { $0.value.category.rawValue },
        .texts("aliases") { $0.value.aliases },
        .reference("country") { $0.value.country },
        .objects("offices", [("title", .text), ("organization", .reference), ("evidence", .citations)]) { person in
            person.value.offices.map {
                [.text($0.title), .reference($0.organization), .citations($0.evidence, statuses: false)]
            }
        },
        .object(
            "counts", [("events", .integer), ("statements", .integer), ("issues", .integer), ("articles", .integer)]
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
        .texts("aliases") { $0.value.aliases },
        .text("summary") { $0.value.summary },
        .reference("broader") { $0.value.broader },
        .references("narrower") { $0.derived.narrower },
        .objects("positions", [("party", .reference), ("gist", .text), ("evidence", .citations)]) { issue in
            issue.value.positions.map {
                [.reference($0.party), .text($0.gist), .citations($0.evidence, statuses: false)]
            }
        },
        .object(
            "counts", [("events", .integer), ("statements", .integer), ("people", .integer), ("articles", .integer)]
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
        .text("kind") { $0.value.kind.rawValue },
        .texts("aliases") { $0.value.aliases },
        .reference("country") { $0.value.country },
        .references("memberOf") { $0.value.memberOf },
    ])
}

extension Place: ServedFact {
    static var formats: [Format] { [.json, .csv, .ndjson, .geojson] }
    var location: String? { id }

    static let shape = Shape<Place>([
        .text("kind") { $0.value.kind.rawValue },
        .texts("aliases") { $0.value.aliases },
        .reference("within") { $0.value.within },
        .number("latitude") { $0.value.latitude },
        .number("longitude") { $0.value.longitude },
    ])
}

extension Statement: ServedFact {
    static var defaultOrder: ListOrder { .name }
    static var isDated: Bool { true }

    static let shape = Shape<Statement>([
        .text("gist") { $0.value.gist },
        .reference("speaker") { $0.value.speaker },
        .text("speakerAs") { $0.value.speakerAs },
        .text("form") { $0.value.form.rawValue },
        .reference("event") { $0.value.event },
        .references("issues") { $0.value.issues },
        .date("date") { $0.value.date },
        .references("variants") { $0.value.variants },
    ])
}

extension Discrepancy: ServedFact {
    static let shape = Shape<Discrepancy>([
        .text("aspect") { $0.value.aspect },
        .anyReference("subject") { $0.value.subject },
        .text("kind") { $0.value.kind.rawValue },
        .objects("accounts", [("claim", .text), ("evidence", .citations)]) { discrepancy in
            discrepancy.value.accounts.map { [.text($0.claim), .citations($0.evidence, statuses: false)] }
        },
    ])
}

extension Article: ServedFact {
    static let shape = Shape<Article>([
        .text("source") { $0.value.source },
        .text("headline") { $0.value.headline },
        .text("publisher") { $0.value.publisher },
        .text("credit") { $0.value.credit },
        .date("published") { $0.value.published },
        .text("url") { $0.value.url },
        .object("lineage", [("group", .text), ("reason", .text), ("confidence", .number)]) { article in
            article.value.lineage.map { [.text($0.group), .text($0.reason), .number($0.confidence)] }
        },
        .integer("paragraphs") { $0.value.digests.count },
        .integer("words") { $0.value.words },
        .text("sha256") { $0.value.sha256 },
        .flag("hasText") { $0.derived.hasText },
    ])
}

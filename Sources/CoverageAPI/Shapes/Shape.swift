// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import JSON

/// How records of one type look to clients: their members, in order.
struct Shape<Record: StoredFact>: Sendable {
    let members: [Member<Record>]
    /// Where each of them is in the record's rows; nil unless all are there.
    let rowMembers: [RowMember]?

    /// The members every resource has, then the type's own, then those of every fact.
    init(_ own: [Member<Record>]) {
        let identity: [Member<Record>] = [
            Member(
                "id", .slug, "Names the record among those of its type; never changed, never used again.",
                at: .cell(.text(RowQueries.id))
            ) {
                .text($0.value.id)
            },
            Member(
                "type", .constant(Record.type.rawValue), "What type of record it is.",
                at: .cell(.constant(Record.type.rawValue))
            ) { _ in
                .text(Record.type.rawValue)
            },
            .text("name", "What to call it.", at: RowQueries.name) { $0.value.name },
            Member("href", .href, "Where it is.", at: .href(Record.type)) { .href(Record.type, $0.value.id) },
        ]
        let statuses = Record.type == .event
        let support: [Member<Record>] = [
            Member(
                "evidence", .citations(statuses: statuses), "The paragraphs that report it, and those of its parts.",
                at: .citations(statuses: statuses)
            ) {
                .citations($0.value.allEvidence)
            },
            .object(
                "coverage", "How widely it is reported.",
                [
                    .init("articles", .integer(from: 0), "Articles that report it."),
                    .init(
                        "independent", .integer(from: 0),
                        "The same, where articles that copy each other or one source count once."),
                ], at: .coverage
            ) { [.integer($0.coverage.articles), .integer($0.coverage.independent)] },
        ]
        let rows = Record.rows
        let state: [Member<Record>] = [
            .integer("revision", from: 1, "Counts the states that the record has been in, from 1.", at: rows?.revision)
            {
                $0.revision
            },
            Member(
                "updatedAt", .timestamp, "When it came into this state.", at: rows.map { .cell(.text($0.updatedAt)) }
            ) { .text($0.updatedAt) },
        ]
        self.init(members: identity + own + (Record.type == .article ? [] : support) + state)
    }

    private init(members: [Member<Record>]) {
        self.members = members
        let places = members.compactMap(\.place)
        // Without rows, the revision has no place.
        rowMembers = places.count == members.count ? places : nil
    }

    /// The same with more members at its end.
    func adding(_ more: [Member<Record>]) -> Shape {
        Shape(members: members + more)
    }

    var names: [String] { members.map(\.name.description) }

    /// Writes one record as a JSON object.
    /// - Parameters:
    ///   - position: the record's place among those the view was made for.
    ///   - more: writes members that this one answer has beside the record's own.
    func write(
        _ record: Stored<Record>, _ view: RecordView, position: Int, to json: inout JSONWriter,
        adding more: (inout JSONWriter) -> Void = { _ in }
    ) {
        json.object { json in
            // Borrowed, not copied one by one: each has a closure, a kind and texts.
            let members = members.span
            for index in members.indices where view.shows(members[index].name) {
                json.member(members[index].name)
                json.value(members[index].value(record), of: members[index].kind, view.rendering)
            }
            for inclusion in view.included {
                json.member(named: inclusion.name)
                json.array(inclusion.references[position], view.rendering)
            }
            more(&json)
        }
    }
}

/// What of the records one answer shows.
struct RecordView {
    let rendering: Rendering
    /// The members asked for by `fields`; nil is all.
    let fields: Set<String>?
    /// What `include` added: for each record of the page, in order.
    let included: [(name: String, references: [[Reference]])]

    /// A record without these could not be told apart, fetched or read.
    static let always: Set<String> = ["id", "type", "href"]

    func shows(_ member: StaticString) -> Bool {
        guard let fields else { return true }
        return fields.contains(member.description) || Self.always.contains(member.description)
    }
}

/// How values look that depend on more than themselves.
struct Rendering {
    let links: Links
    /// What may leave of the cited paragraphs, where `include=text` asked for it.
    let texts: ParagraphTexts?
}

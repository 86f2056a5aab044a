// SPDX-License-Identifier: Apache-2.0

package import Coverage
package import SQLite

extension Event: StoredFact {
    package static let table = "events"

    package static let orders = [ListOrder.date]

    package static let inclusions = [
        Inclusion("parts", of: .event, table: "events", path: "JOIN events AS x ON x.part_of_id = wanted.value"),
        Inclusion(
            "statements", of: .statement, table: "statements",
            path: "JOIN statements AS x ON x.event_id = wanted.value"),
        Inclusion("discrepancies", about: .event),
    ]

    /// The furthest stage that one article's citations tell.
    private static func reportedStatus(by article: String) -> SQL {
        """
        (SELECT c.status FROM citations AS c WHERE c.type = 'event' AND c.id = t.id AND c.part = ''
            AND c.article_id = \(article) AND c.status IS NOT NULL
         ORDER BY CASE c.status \(stages) END DESC LIMIT 1)
        """
    }

    private static let stages = SQL(
        verbatim: EventStatus.allCases.map { "WHEN '\($0.rawValue)' THEN \($0.stage)" }.joined(separator: " "))

    package static func test(of field: Field) -> FilterTest {
        guard field == .status else { return field.test }
        return FilterTest(.computed(reportedStatus(by:)), canBeAbsent: true, isSingle: true)
    }

    package enum Field: String, FilterField {
        case article, official, person, issue, organization, place, country, kind, status, partOf

        package var domain: FilterDomain {
            switch self {
            case .article: .record(.article)
            case .official: .official
            case .person: .record(.person)
            case .issue: .record(.issue)
            case .organization: .record(.organization)
            case .place: .record(.place)
            case .country: .country
            case .kind: .closed(EventKind.self)
            case .status: .closed(EventStatus.self)
            case .partOf: .record(.event)
            }
        }

        package static let tests = defined

        package var definition: FilterTest {
            switch self {
            case .article: .cited(by: .event)
            case .official:
                .found(
                    ValuePath(
                        """
                        CROSS JOIN event_participants AS x ON x.event_id = wanted.value
                        CROSS JOIN people AS p ON p.id = x.person_id AND p.category = 'official'
                        """, "x.person_id"), canBeAbsent: true)
            case .person: .linked("event_participants", from: "event_id", to: "person_id")
            case .issue: .linked("event_issues", from: "event_id", to: "issue_id", in: .issues)
            case .organization: .linked("event_organizations", from: "event_id", to: "organization_id")
            case .place: .column("place_id", of: table, in: .places)
            case .country: Self.concernedCountries
            case .kind: .column("kind", of: table, nullable: false)
            case .status: .column("status", of: table)
            case .partOf: .column("part_of_id", of: table)
            }
        }

        /// It lies there, or the country, one of its organizations or one of its people takes part.
        private static let concernedCountries = FilterTest.found(
            .column("place_id", of: table, in: .places),
            .link("event_organizations", from: "event_id", to: "organization_id"),
            ValuePath(
                """
                CROSS JOIN event_organizations AS x ON x.event_id = wanted.value
                CROSS JOIN organizations AS o ON o.id = x.organization_id
                """, "o.country_id"),
            ValuePath(
                """
                CROSS JOIN event_participants AS x ON x.event_id = wanted.value CROSS JOIN people AS p ON p.id = x.person_id
                """, "p.country_id"), isCountable: false)

        package var meaning: String {
            switch self {
            case .article: "Cited from this article."
            case .official: "This official takes part."
            case .person: "This person takes part."
            case .issue: "It touches this issue or one narrower than it."
            case .organization: "This organization takes part."
            case .place: "It happens in this place or one within it."
            case .country: "It happens in this country, or the country, its organizations or its people take part."
            case .kind: "What kind of event it is."
            case .status: "Where the latest coverage leaves it."
            case .partOf: "It is directly a part of this event."
            }
        }
    }

    private enum Queries {
        static let participants = BatchQuery(
            "x.person_id, p.name, x.role", from: "event_participants AS x", by: "x.event_id",
            "JOIN people AS p ON p.id = x.person_id", order: "x.position")
        static let organizations = BatchQuery(
            "x.organization_id, o.name", from: "event_organizations AS x", by: "x.event_id",
            "JOIN organizations AS o ON o.id = x.organization_id", order: "x.position")
        static let issues = BatchQuery(
            "x.issue_id, i.name", from: "event_issues AS x", by: "x.event_id",
            "JOIN issues AS i ON i.id = x.issue_id", order: "x.position")
        static let rows = BatchQuery(
            """
            t.id, t.name, t.summary, t.kind, t.status, t.date_edtf, t.date_basis, t.date_note, t.place_id, place.name,
            t.part_of_id, whole.name, t.revision, t.updated_at
            """, from: "events AS t", by: "t.id",
            "LEFT JOIN places AS place ON place.id = t.place_id LEFT JOIN events AS whole ON whole.id = t.part_of_id")
    }

    /// The columns of its own row.
    package enum Column {
        package static let summary: Int32 = 3
        package static let kind: Int32 = 4
        package static let status: Int32 = 5
        package static let date: Int32 = 6
        package static let place: Int32 = 9
        package static let partOf: Int32 = 11
        fileprivate static let revision: Int32 = 13
    }

    /// The columns of a participant's row.
    package enum ParticipantColumn {
        package static let person: Int32 = 1
        package static let role: Int32 = 3
    }

    package enum Child: Int, RowChild {
        case participants, organizations, issues

        package var query: BatchQuery {
            switch self {
            case .participants: Queries.participants
            case .organizations: Queries.organizations
            case .issues: Queries.issues
            }
        }
    }

    package static let rows: RowQueries? = RowQueries(Queries.rows, revision: Column.revision, Child.self)

    package static func load(_ batch: Batch, from connection: Connection) throws -> [Stored<Event>] {
        let citations = try CitationSet.load(.event, batch, from: connection)
        let participants = try batch.children(of: Queries.participants, on: connection) { row in
            typealias Column = ParticipantColumn
            let person = Reference(.person, row.text(Column.person), name: row.text(Column.person + 1))
            return Participant(person: person, role: try row.closed(Column.role))
        }
        let organizations = try batch.references(.organization, of: Queries.organizations, on: connection)
        let issues = try batch.references(.issue, of: Queries.issues, on: connection)
        var events: [Stored<Event>] = []
        try batch.forEachRow(of: Queries.rows, on: connection) { position, row in
            let event = Event(
                id: row.text(1), title: row.text(2), summary: row.text(Column.summary),
                kind: try row.closed(Column.kind),
                status: row.isNull(Column.status) ? nil : try row.closed(Column.status),
                date: try row.date(Column.date), place: row.reference(.place, at: Column.place),
                partOf: row.reference(.event, at: Column.partOf),
                participants: participants[position], organizations: organizations[position],
                issues: issues[position], evidence: citations[position].own)
            events.append(
                Stored(
                    value: event, revision: row.int(Column.revision), updatedAt: row.text(Column.revision + 1),
                    coverage: citations[position].coverage, derived: NothingDerived()))
        }
        return events
    }

    private static let row = RecordRow(
        into: table,
        columns: ["id", "name", "summary", "kind", "status", "place_id", "part_of_id", "revision", "updated_at"]
            + DateKeys.columns)

    private static let participantRows = ChildTable(
        "event_participants", of: "event_id", columns: ["person_id", "role"])
    private static let organizationRows = ChildTable(
        "event_organizations", of: "event_id", columns: ["organization_id"])
    private static let issueRows = ChildTable("event_issues", of: "event_id", columns: ["issue_id"])

    package func write(isNew: Bool, revision: Int, at time: String, to connection: Connection) throws {
        let row = try connection.prepare(Self.row.sql(isNew: isNew))
        try row.bind(1, id)
        try row.bind(2, title)
        try row.bind(3, summary)
        try row.bind(4, kind.rawValue)
        try row.bind(5, status?.rawValue)
        try row.bind(6, place?.id)
        try row.bind(7, partOf?.id)
        try row.bind(8, revision)
        try row.bind(9, time)
        try row.bind(date: date, at: 10)
        try row.run()
        try Self.participantRows.write(
            participants.map { [$0.person.id, $0.role.rawValue] }, of: id, isNew: isNew, to: connection)
        try Self.organizationRows.write(organizations.map { [$0.id] }, of: id, isNew: isNew, to: connection)
        try Self.issueRows.write(issues.map { [$0.id] }, of: id, isNew: isNew, to: connection)
    }
}

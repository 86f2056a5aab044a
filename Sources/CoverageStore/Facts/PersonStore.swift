// SPDX-License-Identifier: Apache-2.0

package import Coverage
package import SQLite

extension Person: StoredFact {
    package static let table = "people"

    package static let inclusions = [
        Inclusion(
            "events", of: .event, table: "events",
            path: """
                JOIN event_participants AS e ON e.person_id = wanted.value JOIN events AS x ON x.id = e.event_id
                """),
        Inclusion(
            "issues", of: .issue, table: "issues",
            path: """
                JOIN event_participants AS e ON e.person_id = wanted.value
                JOIN event_issues AS i ON i.event_id = e.event_id JOIN issues AS x ON x.id = i.issue_id
                """),
        Inclusion(
            "statements", of: .statement, table: "statements",
            path: "JOIN statements AS x ON x.speaker_id = wanted.value"),
        Inclusion("discrepancies", about: .person),
    ]

    package enum Field: String, FilterField {
        case article, category, country, organization, event, issue

        package var domain: FilterDomain {
            switch self {
            case .article: .record(.article)
            case .category: .closed(PersonCategory.self)
            case .country: .country
            case .organization: .record(.organization)
            case .event: .record(.event)
            case .issue: .record(.issue)
            }
        }

        package static let tests = defined

        package var definition: FilterTest {
            switch self {
            case .article: .cited(by: .person)
            case .category: .column("category", of: table, nullable: false)
            case .country: .column("country_id", of: table)
            case .organization: .linked("offices", from: "person_id", to: "organization_id")
            case .event: .fewLinked("event_participants", from: "person_id", to: "event_id")
            case .issue:
                .found(
                    ValuePath(
                        """
                        CROSS JOIN event_participants AS e ON e.person_id = wanted.value
                        CROSS JOIN event_issues AS x ON x.event_id = e.event_id
                        """, "x.issue_id", in: .issues), isCountable: false)
            }
        }

        package var meaning: String {
            switch self {
            case .article: "Cited from this article."
            case .category: "Official, private or detained."
            case .country: "Of this country."
            case .organization: "Holds an office in this organization."
            case .event: "Takes part in this event."
            case .issue: "Takes part in an event that touches this issue or one narrower."
            }
        }
    }

    private enum Queries {
        static let offices = BatchQuery(
            "x.position, x.title, x.organization_id, o.name", from: "offices AS x", by: "x.person_id",
            "LEFT JOIN organizations AS o ON o.id = x.organization_id", order: "x.position")
        /// The lists have them counted.
        static let counts = BatchQuery(
            "k.type, k.field, k.records", from: "terms AS k",
            by: """
                k.type IN ('event', 'issue', 'statement') AND k.field IN ('person', 'official', 'speaker') AND k.value
                """, isSorted: false)
        static let rows = BatchQuery(
            "t.id, t.name, t.category, t.country_id, country.name, t.revision, t.updated_at", from: "people AS t",
            by: "t.id", "LEFT JOIN organizations AS country ON country.id = t.country_id")
    }

    package static func load(_ batch: Batch, from connection: Connection) throws -> [Stored<Person>] {
        let citations = try CitationSet.load(.person, batch, from: connection)
        let aliases = try Aliases.load(.person, batch, from: connection)
        let counts = try loadCounts(batch, from: connection)
        let offices = try batch.children(of: Queries.offices, on: connection) { row in
            (part: "offices/\(row.int(1))", title: row.text(2), of: row.reference(.organization, at: 3))
        }
        var people: [Stored<Person>] = []
        try batch.forEachRow(of: Queries.rows, on: connection) { position, row in
            let cited = citations[position]
            let person = Person(
                id: row.text(1), name: row.text(2), category: try row.closed(3), aliases: aliases[position],
                country: row.reference(.organization, at: 4),
                offices: offices[position].map {
                    Office(title: $0.title, organization: $0.of, evidence: cited.part($0.part))
                },
                evidence: cited.own)
            var derived = counts[position]
            derived.articles = cited.coverage.articles
            people.append(
                Stored(
                    value: person, revision: row.int(6), updatedAt: row.text(7), coverage: cited.coverage,
                    derived: derived))
        }
        return people
    }

    private static func loadCounts(_ batch: Batch, from connection: Connection) throws -> [Counts] {
        var found = [Counts](repeating: Counts(), count: batch.ids.count)
        try batch.forEachRow(of: Queries.counts, on: connection) { position, row in
            switch (FactType(rawValue: row.text(1)), row.text(2)) {
            case (.event, "person"): found[position].events = row.int(3)
            case (.issue, "official"): found[position].issues = row.int(3)
            case (.statement, "speaker"): found[position].statements = row.int(3)
            default: break
            }
        }
        return found
    }

    private static let row = RecordRow(
        into: table, columns: ["id", "name", "category", "country_id", "revision", "updated_at"])

    private static let officeRows = ChildTable("offices", of: "person_id", columns: ["title", "organization_id"])

    package func write(isNew: Bool, revision: Int, at time: String, to connection: Connection) throws {
        let row = try connection.prepare(Self.row.sql(isNew: isNew))
        try row.bind(1, id)
        try row.bind(2, name)
        try row.bind(3, category.rawValue)
        try row.bind(4, country?.id)
        try row.bind(5, revision)
        try row.bind(6, time)
        try row.run()
        try Self.officeRows.write(
            offices.map { [$0.title, $0.organization?.id] }, of: id, isNew: isNew, to: connection)
    }
}

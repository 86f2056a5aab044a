// SPDX-License-Identifier: Apache-2.0

package import Coverage
package import SQLite

extension Issue: StoredFact {
    package static let table = "issues"

    package static let inclusions = [
        Inclusion(
            "events", of: .event, table: "events",
            path: "JOIN event_issues AS e ON e.issue_id = wanted.value JOIN events AS x ON x.id = e.event_id"),
        Inclusion(
            "people", of: .person, table: "people",
            path: """
                JOIN event_issues AS e ON e.issue_id = wanted.value
                JOIN event_participants AS p ON p.event_id = e.event_id JOIN people AS x ON x.id = p.person_id
                """),
        Inclusion(
            "statements", of: .statement, table: "statements",
            path:
                "JOIN statement_issues AS i ON i.issue_id = wanted.value JOIN statements AS x ON x.id = i.statement_id"),
        Inclusion("discrepancies", about: .issue),
    ]

    package enum Field: String, FilterField {
        case article, broader, official, event, party

        package var domain: FilterDomain {
            switch self {
            case .article: .record(.article)
            case .broader: .record(.issue)
            case .official: .official
            case .event: .record(.event)
            case .party: .record(.organization)
            }
        }

        package static let tests = defined

        package var definition: FilterTest {
            switch self {
            case .article: .cited(by: .issue)
            case .broader: .column("broader_id", of: table)
            case .official:
                .found(
                    ValuePath(
                        """
                        CROSS JOIN event_issues AS i ON i.issue_id = wanted.value
                        CROSS JOIN event_participants AS x ON x.event_id = i.event_id
                        """, "x.person_id"), isCountable: false)
            case .event: .fewLinked("event_issues", from: "issue_id", to: "event_id")
            case .party: .linked("positions", from: "issue_id", to: "party_id")
            }
        }

        package var meaning: String {
            switch self {
            case .article: "Cited from this article."
            case .broader: "Directly below this issue; `none` keeps the roots."
            case .official: "Touched by an event in which this official takes part."
            case .event: "Touched by this event."
            case .party: "This side has a position on it."
            }
        }
    }

    private enum Queries {
        static let positions = BatchQuery(
            "x.position, x.party_id, o.name, x.gist", from: "positions AS x", by: "x.issue_id",
            "JOIN organizations AS o ON o.id = x.party_id", order: "x.position")
        static let narrower = BatchQuery(
            "x.id, x.name", from: "issues AS x", by: "x.broader_id", order: "x.name, x.id")
        /// The lists have them counted.
        static let counts = BatchQuery(
            "k.type, k.records", from: "terms AS k",
            by: "k.type IN ('event', 'person', 'statement') AND k.field = 'issue' AND k.value",
            isSorted: false)
        static let rows = BatchQuery(
            "t.id, t.name, t.summary, t.broader_id, above.name, t.revision, t.updated_at", from: "issues AS t",
            by: "t.id",
            "LEFT JOIN issues AS above ON above.id = t.broader_id")
    }

    package static func load(_ batch: Batch, from connection: Connection) throws -> [Stored<Issue>] {
        let citations = try CitationSet.load(.issue, batch, from: connection)
        let aliases = try Aliases.load(.issue, batch, from: connection)
        let surroundings = try loadSurroundings(batch, from: connection)
        let positions = try batch.children(of: Queries.positions, on: connection) { row in
            (
                part: "positions/\(row.int(1))", of: Reference(.organization, row.text(2), name: row.text(3)),
                gist: row.text(4)
            )
        }
        var issues: [Stored<Issue>] = []
        try batch.forEachRow(of: Queries.rows, on: connection) { position, row in
            let cited = citations[position]
            let issue = Issue(
                id: row.text(1), name: row.text(2), aliases: aliases[position], summary: row.text(3),
                broader: row.reference(.issue, at: 4),
                positions: positions[position].map {
                    Position(party: $0.of, gist: $0.gist, evidence: cited.part($0.part))
                },
                evidence: cited.own)
            var derived = surroundings[position]
            derived.articles = cited.coverage.articles
            issues.append(
                Stored(
                    value: issue, revision: row.int(6), updatedAt: row.text(7), coverage: cited.coverage,
                    derived: derived))
        }
        return issues
    }

    /// What is narrower, and how many events and people touch the issue or anything below it.
    private static func loadSurroundings(_ batch: Batch, from connection: Connection) throws -> [Surroundings] {
        var found = [Surroundings](repeating: Surroundings(), count: batch.ids.count)
        try batch.forEachRow(of: Queries.narrower, on: connection) { position, row in
            found[position].narrower.append(Reference(.issue, row.text(1), name: row.text(2)))
        }
        try batch.forEachRow(of: Queries.counts, on: connection) { position, row in
            switch FactType(rawValue: row.text(1)) {
            case .event: found[position].events = row.int(2)
            case .person: found[position].people = row.int(2)
            default: found[position].statements = row.int(2)
            }
        }
        return found
    }

    private static let row = RecordRow(
        into: table, columns: ["id", "name", "summary", "broader_id", "revision", "updated_at"])

    private static let positionRows = ChildTable("positions", of: "issue_id", columns: ["party_id", "gist"])

    package func write(isNew: Bool, revision: Int, at time: String, to connection: Connection) throws {
        let row = try connection.prepare(Self.row.sql(isNew: isNew))
        try row.bind(1, id)
        try row.bind(2, name)
        try row.bind(3, summary)
        try row.bind(4, broader?.id)
        try row.bind(5, revision)
        try row.bind(6, time)
        try row.run()
        try Self.positionRows.write(positions.map { [$0.party.id, $0.gist] }, of: id, isNew: isNew, to: connection)
    }
}

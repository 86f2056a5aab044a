// SPDX-License-Identifier: Apache-2.0

package import Coverage
package import SQLite

extension Organization: StoredFact {
    package static let table = "organizations"

    package static let inclusions = [
        Inclusion(
            "events", of: .event, table: "events",
            path: """
                JOIN event_organizations AS e ON e.organization_id = wanted.value JOIN events AS x ON x.id = e.event_id
                """),
        Inclusion(
            "people", of: .person, table: "people",
            path: "JOIN offices AS o ON o.organization_id = wanted.value JOIN people AS x ON x.id = o.person_id"),
    ]

    package enum Field: String, FilterField {
        case article, kind, country, event

        package var domain: FilterDomain {
            switch self {
            case .article: .record(.article)
            case .kind: .closed(OrganizationKind.self)
            case .country: .country
            case .event: .record(.event)
            }
        }

        package static let tests = defined

        package var definition: FilterTest {
            switch self {
            case .article: .cited(by: .organization)
            case .kind: .column("kind", of: table, nullable: false)
            case .country: .column("country_id", of: table)
            case .event: .fewLinked("event_organizations", from: "organization_id", to: "event_id")
            }
        }

        package var meaning: String {
            switch self {
            case .article: "Cited from this article."
            case .kind: "What kind of organization it is."
            case .country: "It belongs to this country."
            case .event: "It takes part in this event."
            }
        }
    }

    private enum Queries {
        static let memberships = BatchQuery(
            "x.group_id, o.name", from: "memberships AS x", by: "x.organization_id",
            "JOIN organizations AS o ON o.id = x.group_id", order: "x.position")
        static let rows = BatchQuery(
            "t.id, t.name, t.kind, t.country_id, country.name, t.revision, t.updated_at", from: "organizations AS t",
            by: "t.id", "LEFT JOIN organizations AS country ON country.id = t.country_id")
    }

    /// The columns of its own row.
    package enum Column {
        package static let kind: Int32 = 3
        package static let country: Int32 = 4
        fileprivate static let revision: Int32 = 6
    }

    package enum Child: Int, RowChild {
        case aliases, memberships

        package var query: BatchQuery {
            switch self {
            case .aliases: Aliases.query
            case .memberships: Queries.memberships
            }
        }
    }

    package static let rows: RowQueries? = RowQueries(Queries.rows, revision: Column.revision, Child.self)

    package static func load(_ batch: Batch, from connection: Connection) throws -> [Stored<Organization>] {
        let citations = try CitationSet.load(.organization, batch, from: connection)
        let aliases = try Aliases.load(.organization, batch, from: connection)
        let memberships = try batch.references(.organization, of: Queries.memberships, on: connection)
        var organizations: [Stored<Organization>] = []
        try batch.forEachRow(of: Queries.rows, on: connection) { position, row in
            let organization = Organization(
                id: row.text(1), name: row.text(2), kind: try row.closed(Column.kind), aliases: aliases[position],
                country: row.reference(.organization, at: Column.country), memberOf: memberships[position],
                evidence: citations[position].own)
            organizations.append(
                Stored(
                    value: organization, revision: row.int(Column.revision), updatedAt: row.text(Column.revision + 1),
                    coverage: citations[position].coverage, derived: NothingDerived()))
        }
        return organizations
    }

    private static let row = RecordRow(
        into: table, columns: ["id", "name", "kind", "country_id", "revision", "updated_at"])

    private static let membershipRows = ChildTable("memberships", of: "organization_id", columns: ["group_id"])

    package func write(isNew: Bool, revision: Int, at time: String, to connection: Connection) throws {
        let row = try connection.prepare(Self.row.sql(isNew: isNew))
        try row.bind(1, id)
        try row.bind(2, name)
        try row.bind(3, kind.rawValue)
        try row.bind(4, country?.id)
        try row.bind(5, revision)
        try row.bind(6, time)
        try row.run()
        try Self.membershipRows.write(memberOf.map { [$0.id] }, of: id, isNew: isNew, to: connection)
    }
}

// SPDX-License-Identifier: Apache-2.0

package import Coverage
package import SQLite

extension Place: StoredFact {
    package static let table = "places"

    package static let inclusions = [
        Inclusion("events", of: .event, table: "events", path: "JOIN events AS x ON x.place_id = wanted.value"),
        Inclusion("places", of: .place, table: "places", path: "JOIN places AS x ON x.within_id = wanted.value"),
    ]

    package enum Field: String, FilterField {
        case article, kind, within, event

        package var domain: FilterDomain {
            switch self {
            case .article: .record(.article)
            case .kind: .closed(PlaceKind.self)
            case .within: .record(.place)
            case .event: .record(.event)
            }
        }

        package static let tests = defined

        package var definition: FilterTest {
            switch self {
            case .article: .cited(by: .place)
            case .kind: .column("kind", of: table, nullable: false)
            case .within: .found(.column("within_id", of: table, in: .places), canBeAbsent: true, isCountable: false)
            case .event: .fewLinked("events", from: "place_id", to: "id", isCountable: false)
            }
        }

        package var meaning: String {
            switch self {
            case .article: "Cited from this article."
            case .kind: "What kind of place it is."
            case .within: "It lies within this place, however deep; `none` keeps what lies in no other."
            case .event: "This event happens there."
            }
        }
    }

    private enum Queries {
        static let rows = BatchQuery(
            "t.id, t.name, t.kind, t.within_id, around.name, t.latitude, t.longitude, t.revision, t.updated_at",
            from: "places AS t", by: "t.id", "LEFT JOIN places AS around ON around.id = t.within_id")
    }

    /// The columns of its own row.
    package enum Column {
        package static let kind: Int32 = 3
        package static let within: Int32 = 4
        package static let latitude: Int32 = 6
        package static let longitude: Int32 = 7
        fileprivate static let revision: Int32 = 8
    }

    package enum Child: Int, RowChild {
        case aliases

        package var query: BatchQuery { Aliases.query }
    }

    package static let rows: RowQueries? = RowQueries(Queries.rows, revision: Column.revision, Child.self)

    package static func load(_ batch: Batch, from connection: Connection) throws -> [Stored<Place>] {
        let citations = try CitationSet.load(.place, batch, from: connection)
        let aliases = try Aliases.load(.place, batch, from: connection)
        var places: [Stored<Place>] = []
        try batch.forEachRow(of: Queries.rows, on: connection) { position, row in
            let place = Place(
                id: row.text(1), name: row.text(2), kind: try row.closed(Column.kind), aliases: aliases[position],
                within: row.reference(.place, at: Column.within), latitude: row.optionalDouble(Column.latitude),
                longitude: row.optionalDouble(Column.longitude), evidence: citations[position].own)
            places.append(
                Stored(
                    value: place, revision: row.int(Column.revision), updatedAt: row.text(Column.revision + 1),
                    coverage: citations[position].coverage, derived: NothingDerived()))
        }
        return places
    }

    private static let row = RecordRow(
        into: table, columns: ["id", "name", "kind", "within_id", "latitude", "longitude", "revision", "updated_at"])

    package func write(isNew: Bool, revision: Int, at time: String, to connection: Connection) throws {
        let row = try connection.prepare(Self.row.sql(isNew: isNew))
        try row.bind(1, id)
        try row.bind(2, name)
        try row.bind(3, kind.rawValue)
        try row.bind(4, within?.id)
        try row.bind(5, latitude)
        try row.bind(6, longitude)
        try row.bind(7, revision)
        try row.bind(8, time)
        try row.run()
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// The records that rules are held against after some were written: these, and those whose keeping of the rules depends on
/// them.
struct RuleScope {
    private var ids: [FactType: Set<String>] = [:]

    init(of written: Set<Reference>, on connection: Connection) throws {
        for reference in written { ids[reference.type, default: []].insert(reference.id) }
        for dependent in Self.dependents {
            let above = written.filter { $0.type == dependent.on }.map(\.id)
            if above.isEmpty { continue }
            let rows = try connection.prepare(dependent.sql)
            try rows.bind(1, jsonArray(above))
            while try rows.step() { ids[dependent.type, default: []].insert(rows.text(0)) }
        }
    }

    private static let dependents: [(on: FactType, type: FactType, sql: String)] = [
        (.organization, .organization, select("id", from: "organizations", where: "country_id")),
        (.organization, .person, select("id", from: "people", where: "country_id")),
        (.statement, .statement, select("statement_id", from: "statement_variants", where: "variant_id")),
        (.event, .event, select("id", from: "events", where: "part_of_id")),
        (.article, .event, select("id", from: "citations", where: "type = 'event' AND x.article_id")),
    ]

    /// Selects from the rows that name one of the records bound as `?1`.
    private static func select(_ id: String, from table: String, where column: String) -> String {
        "SELECT x.\(id) FROM json_each(?1) AS above CROSS JOIN \(table) AS x ON x.\(column) = above.value"
    }

    func contains(_ type: FactType) -> Bool { ids[type] != nil }

    /// The ids of a type as a JSON array.
    func list(of type: FactType) -> String { jsonArray((ids[type] ?? []).sorted()) }
}

// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// The records that rules are held against after some were written: these, and those whose keeping of the rules depends on
/// them.
struct RuleScope {
    private var ids: [FactType: Set<String>] = [:]

    init(of written: Set<Reference>, on connection: Connection) throws {
        for reference in written { ids[reference.type, default: []].insert(reference.id) }
        let dependents: [(on: FactType, type: FactType, sql: String)] = [
            (.organization, .organization, "SELECT id FROM organizations WHERE country_id IN"),
            (.organization, .person, "SELECT id FROM people WHERE country_id IN"),
            (.statement, .statement, "SELECT statement_id FROM statement_variants WHERE variant_id IN"),
            (.event, .event, "SELECT id FROM events WHERE part_of_id IN"),
            (.article, .event, "SELECT id FROM citations WHERE type = 'event' AND article_id IN"),
        ]
        for dependent in dependents {
            let above = written.filter { $0.type == dependent.on }.map(\.id)
            if above.isEmpty { continue }
            let rows = try connection.prepare("\(dependent.sql) (SELECT value FROM json_each(?))")
            try rows.bind(1, jsonArray(above))
            while try rows.step() { ids[dependent.type, default: []].insert(rows.text(0)) }
        }
    }

    /// The ids of a type as a JSON array.
    func list(of type: FactType) -> String { jsonArray((ids[type] ?? []).sorted()) }
}

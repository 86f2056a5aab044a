// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// How many records of a list have a value.
package struct FacetCount: Sendable, Equatable {
    package let value: String
    /// What the value is called: of an id the record's name.
    package let name: String
    package let count: Int

    /// The most values counted of one facet: the most frequent.
    package static let bound = 100
}

extension Reader {
    /// Counts the values of one member over the whole list, leaving out the filters on it that a client chose.
    /// - Parameter fixed: filters that every list of the view has, whatever is asked for.
    /// - Returns: the most frequent first; nil when the field has nothing to count.
    package func facet<Record: StoredFact>(
        _ field: Record.Field, of query: ListQuery<Record>, keeping fixed: [Filter<Record.Field>] = []
    ) throws -> [FacetCount]? {
        let test = query.test(of: field)
        guard test.isCountable else { return nil }
        var rest = query
        rest.filters.removeAll { $0.field == field && !fixed.contains($0) }
        let ids = try ListPlan(rest, on: connection).ids()
        let counts: SQL
        switch test.access {
        case .listed:
            let (type, name) = (Record.type.rawValue, field.rawValue)
            counts =
                rest.isWhole
                ? "SELECT value, records AS number FROM terms WHERE type = \(type) AND field = \(name) AND value <> ''"
                : """
                SELECT k.value AS value, count(*) AS number FROM (\(ids)) AS m
                CROSS JOIN documents AS d ON d.type = \(type) AND d.id = m.id
                CROSS JOIN postings AS p ON p.document = d.number CROSS JOIN terms AS k ON k.number = p.term
                WHERE k.type = \(type) AND k.field = \(name) AND k.value <> '' GROUP BY k.number
                """
        case .linked(let link):
            counts = """
                SELECT x.\(name: link.to) AS value, count(DISTINCT m.id) AS number FROM (\(ids)) AS m
                CROSS JOIN \(name: link.table) AS x ON x.\(name: link.from) = m.id GROUP BY x.\(name: link.to)
                """
        case .computed(let expression):
            counts = """
                SELECT value, count(*) AS number
                FROM (SELECT \(expression(query.reporter ?? "")) AS value FROM (\(ids)) AS t)
                WHERE value IS NOT NULL GROUP BY value
                """
        }
        let statement: SQL = """
            SELECT value, \(Self.nameExpression(of: field)), number FROM (\(counts))
            ORDER BY number DESC, value LIMIT \(FacetCount.bound)
            """
        let rows = try statement.prepare(on: connection)
        let isClosed = if case .closedSet = field.domain { true } else { false }
        var found: [FacetCount] = []
        while try rows.step() {
            let value = rows.text(0)
            let name = rows.optionalText(1) ?? (isClosed ? Vocabulary.label(of: value) : value)
            found.append(FacetCount(value: value, name: name, count: rows.int(2)))
        }
        return found
    }

    /// The name of the record that a value is the id of; null where it is no id.
    private static func nameExpression(of field: some FilterField) -> SQL {
        let type: FactType
        switch field.domain {
        case .record(let named): type = named
        case .official: type = .person
        case .country: type = .organization
        case .closedSet, .text, .anyRecord: return "NULL"
        }
        return "(SELECT n.name FROM \(name: table(of: type)) AS n WHERE n.id = value)"
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// How many records of a list have a value.
package struct FacetCount: Sendable, Equatable {
    package let value: String
    /// What the value is called, where it is the id of a record.
    package let name: String?
    package let count: Int

    /// The most values counted of one facet: the most frequent.
    package static let bound = 100
}

extension Reader {
    /// Counts the values of one member over the whole list, leaving out the list's own filter on it.
    /// - Returns: the most frequent first; nil when the field has nothing to count.
    package func facet<Record: StoredFact>(
        _ field: Record.Field, of query: ListQuery<Record>
    ) throws -> [FacetCount]? {
        guard let source = query.test(of: field).facet else { return nil }
        var rest = query
        rest.filters.removeAll { $0.field == field }
        var statement = ListStatement(rest)
        let name = Self.nameExpression(of: field)
        let rows = try connection.prepare(
            """
            SELECT value, \(name), number FROM (\(statement.facet(source)))
            ORDER BY number DESC, value LIMIT \(FacetCount.bound)
            """)
        try rows.bind(all: statement.values)
        var counts: [FacetCount] = []
        while try rows.step() {
            counts.append(FacetCount(value: rows.text(0), name: rows.optionalText(1), count: rows.int(2)))
        }
        return counts
    }

    private static func nameExpression(of field: some FilterField) -> String {
        let type: FactType
        switch field.domain {
        case .record(let named): type = named
        case .official: type = .person
        case .country: type = .organization
        case .closedSet, .text, .anyRecord: return "NULL"
        }
        return "(SELECT n.name FROM \(table(of: type)) AS n WHERE n.id = value)"
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import SQLite

/// Finds all values that one record is listed by, in one statement.
struct ValueQuery: Sendable {
    private struct Source {
        /// Among the fields.
        let field: Int
        /// Nil where all that is selected is that there is one.
        let path: ValuePath?
    }

    private struct Field {
        let name: String
        let canBeAbsent: Bool
    }

    private let fields: [Field]
    private let sources: [Source]
    /// Selects the number of a source and a value found there, of the record bound as `?1`. Nil where there is no source.
    private let sql: String?

    init(_ tests: [(name: String, test: FilterTest)]) {
        fields = tests.map { Field(name: $0.name, canBeAbsent: $0.test.canBeAbsent) }
        var sources: [Source] = []
        var selections: [String] = []
        for (index, field) in tests.enumerated() {
            switch field.test.access {
            case .listed(let paths):
                for path in paths {
                    selections.append(path.selection(numbered: sources.count))
                    sources.append(Source(field: index, path: path))
                }
            case .linked(let link):
                selections.append(link.selection(numbered: sources.count))
                sources.append(Source(field: index, path: nil))
            case .computed: break
            }
        }
        self.sources = sources
        sql = selections.isEmpty ? nil : selections.joined(separator: " UNION ALL ")
    }

    /// The values of a record.
    func values(
        of record: String, on connection: Connection, _ ancestry: Ancestry
    ) throws -> Set<ListedRecord.FieldValue> {
        var values = Set<ListedRecord.FieldValue>(minimumCapacity: 32)
        var isLacking = fields.map(\.canBeAbsent)
        if let sql {
            let rows = try connection.prepare(sql)
            try rows.bind(1, record)
            while try rows.step() {
                let source = sources[rows.int(0)]
                isLacking[source.field] = false
                guard let path = source.path else { continue }
                for value in try ancestry.line(of: rows.text(1), in: path.tree) {
                    values.insert(.init(field: fields[source.field].name, value: value))
                }
            }
        }
        for (field, isLacking) in zip(fields, isLacking) where isLacking {
            values.insert(.init(field: field.name, value: ListTerm.absent))
        }
        return values
    }
}

extension ValuePath {
    fileprivate func selection(numbered number: Int) -> String {
        "SELECT \(number), \(value) FROM (SELECT ?1 AS value) AS wanted \(path) WHERE \(value) IS NOT NULL"
    }
}

extension Link {
    fileprivate func selection(numbered number: Int) -> String {
        "SELECT \(number), NULL WHERE EXISTS (SELECT 1 FROM \(table) AS x WHERE x.\(from) = ?1)"
    }
}

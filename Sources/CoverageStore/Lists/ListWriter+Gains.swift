// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// What records gain in lists by records that name them: found without a look at what else they have.
extension ListWriter {
    func add<Record: StoredFact>(_ gains: Set<Dependents.Gain>, to id: String, of type: Record.Type) throws {
        let row = try connection.prepare(
            """
            SELECT d.number, \(ListPlace.columns(of: type)) FROM \(Record.table) AS t
            CROSS JOIN documents AS d ON d.type = ?2 AND d.id = t.id WHERE t.id = ?1
            """)
        try row.bind(1, id)
        try row.bind(2, Record.type.rawValue)
        guard try row.step() else { return }
        let (document, place) = (row.int(0), ListPlace(row, from: 1))
        for field in Record.Field.allCases {
            let values = gains.filter { $0.field == field.rawValue }
            if values.isEmpty { continue }
            if field.test.isListed {
                for value in try withAllAbove(values.compactMap(\.value), in: field.test.tree) {
                    let term = try makeNumber(of: .init(field: field.rawValue, value: value), type: Record.type)
                    if try has(term, document) { continue }
                    try connection.prepare("INSERT INTO postings (document, term) VALUES (?, ?)").run(document, term)
                    counts[term, default: 0] += 1
                    add(term, id, place)
                }
            }
            // It has some now.
            if field.test.canBeAbsent,
                let none = try number(of: .init(field: field.rawValue, value: ListTerm.absent), type: Record.type),
                try has(none, document)
            {
                try connection.prepare("DELETE FROM postings WHERE document = ? AND term = ?").run(document, none)
                counts[none, default: 0] -= 1
                try remove(none, id, place)
            }
        }
    }

    private func has(_ term: Int, _ document: Int) throws -> Bool {
        let row = try connection.prepare("SELECT 1 FROM postings WHERE document = ? AND term = ?")
        try row.bind(1, document)
        try row.bind(2, term)
        return try row.step()
    }

    private func withAllAbove(_ values: [String], in tree: Tree?) throws -> Set<String> {
        var all = Set(values)
        guard let tree else { return all }
        for value in values {
            var next = try tree.parent(of: value, on: connection)
            while let above = next, all.insert(above).inserted { next = try tree.parent(of: above, on: connection) }
        }
        return all
    }
}

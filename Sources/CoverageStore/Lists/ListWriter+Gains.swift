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
        var gained: Set<Int> = []
        for gain in gains {
            guard let test = Record.Field.tests[gain.field] else { continue }
            if let value = gain.value, test.isListed {
                for value in try ancestry.line(of: value, in: test.tree) {
                    let term = try number(of: .init(field: gain.field, value: value), type: Record.type)
                    if try !has(term, document) { gained.insert(term) }
                }
            }
            // It has some now.
            let absent = ListedRecord.FieldValue(field: gain.field, value: ListTerm.absent)
            if test.canBeAbsent, let none = try numbers.number(of: absent, type: Record.type, on: connection),
                try has(none, document)
            {
                try unpost(none, document)
                try remove(none, id, place)
            }
        }
        try post(gained, document)
        try add(gained, id, place)
    }

    private func has(_ term: Int, _ document: Int) throws -> Bool {
        let row = try connection.prepare("SELECT 1 FROM postings WHERE document = ? AND term = ?")
        try row.bind(1, document)
        try row.bind(2, term)
        return try row.step()
    }
}

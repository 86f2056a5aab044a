// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// One value of a field, under which the records that have it are listed.
struct ListTerm: Sendable, Equatable {
    let number: Int
    let value: String
    /// How many records have it.
    let records: Int

    /// The value that stands for having none.
    static let absent = ""
    /// The pseudo-field of the term that every record of a type has. It counts them; nothing is listed under it.
    static let whole = "all"
}

extension Connection {
    /// The terms of these values, no two of them the same, that any record has.
    func terms(_ values: [String], of field: String, _ type: FactType) throws -> [ListTerm] {
        let rows = try prepare(
            """
            SELECT k.number, k.value, k.records FROM json_each(?3) AS wanted
            CROSS JOIN terms AS k ON k.type = ?1 AND k.field = ?2 AND k.value = wanted.value
            """)
        try rows.bind(3, jsonArray(values))
        return try terms(rows, field, type)
    }

    /// How many records of a type there are.
    func count(of type: FactType) throws -> Int {
        try terms([ListTerm.absent], of: ListTerm.whole, type).first?.records ?? 0
    }

    /// The terms of a field whose values stand between these two in the order of their bytes; not the second itself.
    func terms(between values: Range<String>, of field: String, _ type: FactType) throws -> [ListTerm] {
        let rows = try prepare(
            """
            SELECT k.number, k.value, k.records FROM terms AS k
            WHERE k.type = ?1 AND k.field = ?2 AND k.value >= ?3 AND k.value < ?4
            """)
        try rows.bind(3, values.lowerBound)
        try rows.bind(4, values.upperBound)
        return try terms(rows, field, type)
    }

    private func terms(_ rows: borrowing Row, _ field: String, _ type: FactType) throws -> [ListTerm] {
        try rows.bind(1, type.rawValue)
        try rows.bind(2, field)
        var terms: [ListTerm] = []
        while try rows.step() {
            terms.append(ListTerm(number: rows.int(0), value: rows.text(1), records: rows.int(2)))
        }
        return terms
    }
}

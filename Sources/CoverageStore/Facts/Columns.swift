// SPDX-License-Identifier: Apache-2.0

package import Coverage
package import SQLite

/// What the database holds and the program cannot read: somebody else wrote to it.
package struct UnreadableRecord: Error, CustomStringConvertible {
    package let description: String

    init(description: String) {
        self.description = description
    }

    init(_ text: String, noneOf set: String) {
        description = "the database holds '\(text)', which is no \(set)"
    }
}

extension Row {
    /// A value of a closed set.
    borrowing func closed<Set: ClosedSet>(_ column: Int32, _ set: Set.Type = Set.self) throws -> Set {
        let text = text(column)
        guard let value = Set(rawValue: text) else {
            throw UnreadableRecord(text, noneOf: Set.vocabulary)
        }
        return value
    }

    /// A reference from two columns, id and name; nil when there is no id.
    borrowing func reference(_ type: FactType, at column: Int32) -> Reference? {
        optionalText(column).map { Reference(type, $0, name: text(column + 1)) }
    }

    /// A date from three columns: EDTF, basis, note.
    package borrowing func date(_ column: Int32) throws -> DateStatement? {
        guard let text = optionalText(column) else { return nil }
        let edtf: EDTF
        do { edtf = try EDTF(text) } catch {
            throw UnreadableRecord(description: "the database holds the date '\(text)': \(error)")
        }
        return DateStatement(edtf: edtf, basis: try closed(column + 1), note: optionalText(column + 2))
    }

    /// Binds the seven columns of a date: EDTF, basis, note, and the four sort keys.
    borrowing func bind(date: DateStatement?, at first: Int32) throws {
        let keys = DateKeys(date?.edtf)
        try bind(first, date?.edtf.description)
        try bind(first + 1, date?.basis.rawValue)
        try bind(first + 2, date?.note)
        try bind(first + 3, keys.earliestMin)
        try bind(first + 4, keys.earliestMax)
        try bind(first + 5, keys.latestMin)
        try bind(first + 6, keys.latestMax)
    }
}

/// The statements that write a record's own row. Both have the same parameters.
///
/// What a transaction writes to the full-text index is kept back until its end, unless a statement needs a journal of its own, to
/// undo a part of itself: then the index writes a segment at once. Such are statements that may change several rows, or rows that
/// others refer to, and may fail amid it. So a new record is written by statements of one row, without `RETURNING` and `ON CONFLICT`;
/// the events of a group commit then make one segment together.
struct RecordRow: Sendable {
    private let insertion: String
    private let replacement: String

    init(into table: String, columns: [String]) {
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let settings = columns.filter { $0 != "id" }.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        insertion = "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))"
        replacement = "\(insertion) ON CONFLICT (id) DO UPDATE SET \(settings)"
    }

    /// - Parameter isNew: whether there is none of its id yet.
    func sql(isNew: Bool) -> String { isNew ? insertion : replacement }
}

/// The sort keys of a date; the migration says what they are for.
struct DateKeys {
    /// The columns of a date, in the order in which they are bound.
    static let columns = [
        "date_edtf", "date_basis", "date_note", "earliest_min", "earliest_max", "latest_min", "latest_max",
    ]

    let earliestMin, earliestMax, latestMin, latestMax: Int

    init(_ edtf: EDTF?) {
        earliestMin = Int(edtf?.earliest?.number ?? .min)
        earliestMax = Int(edtf?.earliest?.number ?? .max)
        latestMin = Int(edtf?.latest?.number ?? .min)
        latestMax = Int(edtf?.latest?.number ?? .max)
    }
}

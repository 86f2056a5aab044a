// SPDX-License-Identifier: Apache-2.0

internal import SQLite

/// A table of rows that belong to records of another, its key being (record, position).
struct ChildTable: Sendable {
    private let removal: String
    private let insertion: String

    /// - Parameter key: the column that says whose a row is.
    init(_ table: String, of key: String, columns: [String]) {
        let names = ([key, "position"] + columns).joined(separator: ", ")
        let marks = Array(repeating: "?", count: columns.count + 2).joined(separator: ", ")
        removal = "DELETE FROM \(table) WHERE \(key) = ?"
        insertion = "INSERT INTO \(table) (\(names)) VALUES (\(marks))"
    }

    /// Gives a record these rows, in order.
    /// - Parameter isNew: whether it has none yet.
    func write(_ rows: [[String?]], of record: String, isNew: Bool, to connection: Connection) throws {
        if !isNew { try connection.run(removal, .text(record)) }
        if rows.isEmpty { return }
        let insertion = try connection.prepare(insertion)
        for (position, row) in rows.enumerated() {
            try insertion.bind(1, record)
            try insertion.bind(2, position)
            for (offset, value) in row.enumerated() { try insertion.bind(Int32(3 + offset), value) }
            try insertion.run()
        }
    }
}

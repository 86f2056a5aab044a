// SPDX-License-Identifier: Apache-2.0

internal import SQLite

extension Connection {
    /// Replaces the rows of a child table, whose key is (parent, position), by these, in order.
    func replaceChildren(
        of parent: String, in table: String, key: String, columns: [String], with rows: [[String?]]
    ) throws {
        let removal = try prepare("DELETE FROM \(table) WHERE \(key) = ?")
        try removal.bind(1, parent)
        try removal.run()
        let names = ([key, "position"] + columns).joined(separator: ", ")
        let marks = Array(repeating: "?", count: columns.count + 2).joined(separator: ", ")
        for (position, row) in rows.enumerated() {
            let insertion = try prepare("INSERT INTO \(table) (\(names)) VALUES (\(marks))")
            try insertion.bind(1, parent)
            try insertion.bind(2, position)
            for (offset, value) in row.enumerated() { try insertion.bind(Int32(3 + offset), value) }
            try insertion.run()
        }
    }
}

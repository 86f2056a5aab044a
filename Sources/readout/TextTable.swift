// SPDX-License-Identifier: Apache-2.0

import JSON

/// Objects as lines for people: a heading, and each column as wide as its widest text.
enum TextTable {
    /// - Parameter columns: names of members, in the order of the columns.
    static func text(of objects: [JSONObject], columns: [String]) -> String {
        let rows = [columns] + objects.map { object in columns.map { cell(object[$0]) } }
        let widths = columns.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = row.indices.map { column in
                // Nothing follows the last one.
                column == row.count - 1
                    ? row[column] : row[column] + String(repeating: " ", count: widths[column] - row[column].count)
            }
            return cells.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    private static func cell(_ value: JSONValue?) -> String {
        switch value {
        case .string(let text): text
        case .integer(let number): String(number)
        default: "-"
        }
    }
}

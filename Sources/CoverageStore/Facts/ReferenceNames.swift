// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// The names of records whose type is not known beforehand.
enum ReferenceNames {
    /// An SQL expression for the name of the record of this type and id; null when there is none.
    static func expression(_ type: String, _ id: String) -> String {
        let branches = FactType.allCases.map {
            "WHEN '\($0.rawValue)' THEN (SELECT n.name FROM \(Reader.table(of: $0)) AS n WHERE n.id = \(id))"
        }
        return "CASE \(type) \(branches.joined(separator: " ")) END"
    }
}

extension Row {
    /// A reference of any type from three columns: type, id, name.
    borrowing func anyReference(_ column: Int32) throws -> Reference {
        guard let type = FactType(rawValue: text(column)) else {
            throw UnreadableRecord(description: "the database holds the type '\(text(column))'")
        }
        return Reference(type, text(column + 1), name: text(column + 2))
    }
}

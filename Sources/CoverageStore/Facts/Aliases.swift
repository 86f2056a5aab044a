// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// Other names of records, in one table for all types.
enum Aliases {
    static let query = BatchQuery(
        "x.alias", from: "aliases AS x", by: "x.type = ?2 AND x.id", order: "x.position")

    static func load(_ type: FactType, _ batch: Batch, from connection: Connection) throws -> [[String]] {
        try batch.children(of: query, type: type, on: connection) { row in row.text(1) }
    }

    /// - Parameter isNew: whether the record has none yet.
    static func write(
        _ aliases: [String], of reference: Reference, isNew: Bool, on connection: Connection
    ) throws {
        if !isNew {
            try connection.run(
                "DELETE FROM aliases WHERE type = ? AND id = ?", .text(reference.type.rawValue), .text(reference.id))
        }
        for (position, alias) in aliases.enumerated() {
            let insertion = try connection.prepare("INSERT INTO aliases VALUES (?, ?, ?, ?)")
            try insertion.bind(1, reference.type.rawValue)
            try insertion.bind(2, reference.id)
            try insertion.bind(3, position)
            try insertion.bind(4, alias)
            try insertion.run()
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import JSON
internal import SQLite

/// A prepared statement standing on a row: what a load reads from. The name keeps it apart from the domain's statements.
typealias Row = SQLite.Statement

/// The ids of the records wanted together: one page's, or one. Each kind of child comes by one ordered statement for
/// all of them, merged here, not by a statement a row.
package struct Batch {
    package let ids: [String]
    /// The ids as a JSON array: the value of `?1` in `json_each(?1) AS wanted`.
    private let list: String

    package init(_ ids: [String]) {
        self.ids = ids
        list = jsonArray(ids)
    }

    /// Runs a statement over `json_each(?1) AS wanted` whose first column is `wanted.key`, the position in `ids`.
    func forEachRow(
        of sql: String, type: String? = nil, on connection: Connection,
        _ body: (Int, borrowing Row) throws -> Void
    ) throws {
        let statement = try connection.prepare(sql)
        try statement.bind(1, list)
        if let type { try statement.bind(2, type) }
        while try statement.step() {
            try body(statement.int(0), statement)
        }
    }

    /// Merges children into one array per record.
    func children<Child>(
        of sql: String, type: String? = nil, on connection: Connection,
        _ make: (borrowing Row) throws -> Child
    ) throws -> [[Child]] {
        var merged = [[Child]](repeating: [], count: ids.count)
        try forEachRow(of: sql, type: type, on: connection) { position, row in merged[position].append(try make(row)) }
        return merged
    }
}

/// A JSON array of strings, the form in which sets of values are bound.
func jsonArray(_ values: [String]) -> String {
    var writer = JSONWriter()
    writer.beginArray()
    for value in values { writer.string(value) }
    writer.endArray()
    return String(decoding: writer.finish(), as: UTF8.self)
}

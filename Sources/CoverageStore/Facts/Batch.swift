// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import JSON
package import SQLite

/// A prepared statement standing on a row: what is read from. The name keeps it apart from the domain's statements.
package typealias Row = SQLite.Statement

/// The ids of the records wanted together: one page's, or one. Each kind of child comes by one ordered statement for
/// all of them, not by a statement a row: merged here into values, or read beside the records by `RecordRows`.
package struct Batch {
    package let ids: [String]
    /// What is bound as `?1` of a `BatchQuery`: the one id, or a JSON array of all.
    private let wanted: SharedText

    package init(_ ids: [String]) {
        self.ids = ids
        wanted = SharedText(ids.count == 1 ? ids[0] : jsonArray(ids))
    }

    /// A query that is about to run. Its rows come in the order of `ids`; column 0 is the position there.
    /// - Parameter type: that of the records.
    func rows(of query: BatchQuery, type: FactType? = nil, on connection: Connection) throws -> Row {
        try rows(of: ids.count == 1 ? query.ofOne : query.ofMany, wanted, query.isOfType ? type : nil, on: connection)
    }

    private func rows(
        of sql: String, _ wanted: SharedText, _ type: FactType?, on connection: Connection
    ) throws -> Row {
        let rows = try connection.prepare(sql)
        try rows.bind(1, wanted)
        if let type { try rows.bind(2, type.rawValue) }
        return rows
    }

    /// Runs a query, whose rows come in the order of `ids`.
    /// - Parameter body: is given the position in `ids`, and the row, whose columns from 1 on are those of the query.
    func forEachRow(
        of query: BatchQuery, type: FactType? = nil, on connection: Connection,
        _ body: (Int, borrowing Row) throws -> Void
    ) throws {
        let rows = try rows(of: query, type: type, on: connection)
        while try rows.step() { try body(rows.int(0), rows) }
    }

    /// Runs a statement over `json_each(?1) AS wanted` whose first column is `wanted.key`, the position in `ids`.
    func forEachRow(
        of sql: String, type: FactType? = nil, on connection: Connection,
        _ body: (Int, borrowing Row) throws -> Void
    ) throws {
        let rows = try rows(of: sql, ids.count == 1 ? SharedText(jsonArray(ids)) : wanted, type, on: connection)
        while try rows.step() { try body(rows.int(0), rows) }
    }

    /// Merges children into one array per record.
    func children<Child>(
        of query: BatchQuery, type: FactType? = nil, on connection: Connection,
        _ make: (borrowing Row) throws -> Child
    ) throws -> [[Child]] {
        var merged = [[Child]](repeating: [], count: ids.count)
        try forEachRow(of: query, type: type, on: connection) { position, row in
            merged[position].append(try make(row))
        }
        return merged
    }

    /// The same of references: the query selects id and name.
    func references(_ type: FactType, of query: BatchQuery, on connection: Connection) throws -> [[Reference]] {
        try children(of: query, on: connection) { row in Reference(type, row.text(1), name: row.text(2)) }
    }
}

/// A query for rows of the records of a batch, as two statements. The one for a single record takes half of what the other does of
/// SQLite: there is no list to take apart, and nothing to sort where the key of the table has the order.
package final class BatchQuery: Sendable {
    /// The id is bound as `?1`; the first column is 0.
    let ofOne: String
    /// A JSON array of ids is bound as `?1`; the first column is the place in it.
    let ofMany: String
    /// Whether the type is bound as `?2`.
    let isOfType: Bool

    /// - Parameters:
    ///   - columns: what is selected, from column 1 on.
    ///   - table: where the rows stand, with its alias.
    ///   - key: the column that has the record's id; a condition may stand before it, on the type, which is bound as `?2`.
    ///   - joins: what else is needed of other tables.
    ///   - order: of the rows of one record.
    ///   - isSorted: whether the records come in order, too; to sort counts would only take time.
    init(
        _ columns: String, from table: String, by key: String, _ joins: String = "", order: String? = nil,
        isSorted: Bool = true
    ) {
        ofOne =
            "SELECT 0, \(columns) FROM \(table) \(joins) WHERE \(key) = ?1" + (order.map { " ORDER BY \($0)" } ?? "")
        ofMany = """
            SELECT wanted.key, \(columns) FROM json_each(?1) AS wanted CROSS JOIN \(table) ON \(key) = wanted.value \(joins)
            """ + (isSorted ? " ORDER BY wanted.key" + (order.map { ", \($0)" } ?? "") : "")
        isOfType = key.contains("?2")
    }
}

/// A JSON array of strings, the form in which sets of values are bound.
func jsonArray(_ values: [String]) -> String {
    jsonArray { json in for value in values { json.string(value) } }
}

/// The same of numbers.
func jsonArray(_ numbers: [Int]) -> String {
    jsonArray { json in for number in numbers { json.integer(number) } }
}

private func jsonArray(_ elements: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter()
    writer.array(elements)
    return String(decoding: writer.finish(), as: UTF8.self)
}

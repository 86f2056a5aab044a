// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import SQLite

/// The queries that give all that an answer shows of a record.
package final class RowQueries: Sendable {
    /// Columns that every type's own row has.
    package static let id: Int32 = 1
    package static let name: Int32 = 2

    let record: BatchQuery
    /// Those of the children, in the order of their type's places, and behind them that of the citations.
    let parts: [BatchQuery]
    package let revision: Int32
    /// The last column.
    package var updatedAt: Int32 { revision + 1 }

    init<Child: RowChild>(_ record: BatchQuery, revision: Int32, _ children: Child.Type) {
        self.record = record
        self.revision = revision
        parts = Child.allCases.map(\.query) + [CitationSet.query]
    }
}

/// The children of a type, each by its place among the queries.
package protocol RowChild: CaseIterable, Sendable {
    var rawValue: Int { get }
    var query: BatchQuery { get }
}

/// Of a type that is written from values alone.
package enum NoChildren: RowChild {
    package var rawValue: Int { switch self {} }
    package var query: BatchQuery { switch self {} }
}

/// The records of a batch as the rows that SQLite gives of them: each query's stand in the order of the batch, so that they are
/// read side by side, and an answer is written from the columns as they come, without making values of them first.
package struct RecordRows: ~Copyable {
    /// Stands on the row of one record.
    package let record: Row
    private let queries: RowQueries
    private let query: (BatchQuery) throws -> Row
    /// Rows that several records share, by query; none when there is one record, which has them all.
    private let shared: [SharedRows]

    init(_ queries: RowQueries, of type: FactType, _ batch: Batch, on connection: Connection) throws {
        let query = { query in try batch.rows(of: query, type: type, on: connection) }
        self.init(
            record: try query(queries.record), queries, query,
            shared: batch.ids.count == 1 ? [] : try queries.parts.map { try SharedRows(query($0)) })
    }

    private init(
        record: consuming Row, _ queries: RowQueries, _ query: @escaping (BatchQuery) throws -> Row,
        shared: [SharedRows]
    ) {
        self.record = record
        self.queries = queries
        self.query = query
        self.shared = shared
    }

    /// Goes to the next record that there is; false after the last, when it is not to be asked again.
    package func next() throws -> Bool { try record.step() }

    /// The place of this record in the batch.
    package var position: Int { record.int(0) }

    package var revision: Int { record.int(queries.revision) }

    /// The rows of one of the record's children, in order. To be asked for once, as a batch's rows go by once.
    /// - Parameter child: its place among the queries.
    package func forEachChild(_ child: Int, _ body: (borrowing Row) throws -> Void) throws {
        try forEachRow(of: child, body)
    }

    /// The rows of the record's own citations, in order, and how widely it is reported. To be asked for once.
    package func forEachCitation(_ body: (borrowing Row) throws -> Void) throws -> CoverageCount {
        var articles = TextCount()
        var sources = TextCount()
        try forEachRow(of: queries.parts.count - 1) { row in
            articles.insert(row.text(CitationColumn.article))
            sources.insert(row.text(CitationColumn.source))
            if row.withUTF8(CitationColumn.part, { $0.isEmpty }) { try body(row) }
        }
        return CoverageCount(articles: articles.count, independent: sources.count)
    }

    private func forEachRow(of part: Int, _ body: (borrowing Row) throws -> Void) throws {
        guard shared.isEmpty else { return try shared[part].forEach(of: position, body) }
        let rows = try query(queries.parts[part])
        while try rows.step() { try body(rows) }
    }
}

/// Rows of all records of a batch, of which each record in turn takes its own. What it does not take is passed over.
private final class SharedRows {
    private let row: Row
    /// The record that the next row belongs to; nil after the last row.
    private var owner: Int? = -1

    init(_ row: consuming Row) {
        self.row = row
    }

    func forEach(of position: Int, _ body: (borrowing Row) throws -> Void) throws {
        while let owner, owner < position { try advance() }
        while owner == position {
            try body(row)
            try advance()
        }
    }

    private func advance() throws {
        owner = try row.step() ? row.int(0) : nil
    }
}

extension Reader {
    /// The rows of these records, whatever does not exist left out; nil for a type that is written from values alone.
    package func rows<Record: StoredFact>(of ids: [String], _ type: Record.Type = Record.self) throws -> RecordRows? {
        guard let queries = Record.rows else { return nil }
        return try RecordRows(queries, of: Record.type, Batch(ids), on: connection)
    }
}

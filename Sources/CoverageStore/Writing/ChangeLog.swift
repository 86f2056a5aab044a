// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import SQLite

/// One entry in the log of changes.
package struct Change: Sendable, Equatable {
    /// From 1, one more with each change, in the order of commits.
    package let number: Int
    /// Without a name: what was deleted has none.
    package let reference: Reference
    package let change: Recorder.Change
    /// The record's, after the change.
    package let revision: Int
    /// RFC 3339, UTC.
    package let at: String
}

extension Reader {
    /// Names the line that the numbers of changes belong to: a restored database begins another.
    package func epoch() throws -> String {
        let row = try connection.prepare("SELECT epoch FROM feed")
        guard try row.step() else { throw LostRow(description: "the feed has no epoch") }
        return row.text(0)
    }

    /// The number of the latest change, kept or not; 0 before the first.
    package func lastChange() throws -> Int { try dataVersion() }

    /// The number of the oldest change that is kept; where none is, that of the next.
    package func firstKeptChange() throws -> Int {
        let row = try connection.prepare("SELECT min(number) FROM changes")
        let first = try row.step() ? row.optionalInt(0) : nil
        return try first ?? lastChange() + 1
    }

    /// The changes after this number, in their order.
    /// - Parameter types: only changes of these types; empty for all.
    package func changes(after number: Int, types: [FactType], limit: Int) throws -> [Change] {
        let rows = try connection.prepare(
            """
            \(Self.selection("number, type, id, change, revision, at", of: types)) ORDER BY number LIMIT ?
            """)
        try Self.bind(number, types, limit, to: rows)
        var changes: [Change] = []
        while try rows.step() {
            guard let type = FactType(rawValue: rows.text(1)), let change = Recorder.Change(rawValue: rows.text(3))
            else { throw LostRow(description: "change \(rows.int(0)) is of no kind that is known") }
            changes.append(
                Change(
                    number: rows.int(0), reference: Reference(type, rows.text(2)), change: change,
                    revision: rows.int(4), at: rows.text(5)))
        }
        return changes
    }

    /// How many there are.
    package func countChanges(after number: Int, types: [FactType]) throws -> ListTotal {
        let bound = ListTotal.bound
        let row = try connection.prepare(
            "SELECT count(*) FROM (\(Self.selection("1", of: types)) LIMIT ?)")
        try Self.bind(number, types, bound + 1, to: row)
        let count = try row.step() ? row.int(0) : 0
        return count > bound ? .atLeast(bound) : .exact(count)
    }

    /// A range of the index for each type, which an order by number then merges.
    private static func selection(_ columns: String, of types: [FactType]) -> String {
        if types.isEmpty { return "SELECT \(columns) FROM changes WHERE number > ?" }
        return types.map { _ in "SELECT \(columns) FROM changes WHERE type = ? AND number > ?" }
            .joined(separator: " UNION ALL ")
    }

    private static func bind(
        _ number: Int, _ types: [FactType], _ limit: Int, to statement: borrowing SQLite.Statement
    ) throws {
        let number = Value.integer(Int64(number))
        let ranges = types.isEmpty ? [number] : types.flatMap { [.text($0.rawValue), number] }
        try statement.bind(all: ranges + [.integer(Int64(limit))])
    }
}

/// The end of the log that is forgotten.
enum ChangeLog {
    /// Keeps the latest changes only. To be called in each transaction that may have logged some: it then deletes no more
    /// than were added, but for the first time after less is to be kept.
    /// - Parameter kept: 0 keeps all.
    static func trim(to kept: Int, on connection: Connection) throws {
        if kept == 0 { return }
        try connection.run(
            "DELETE FROM changes WHERE number <= (SELECT value FROM counters WHERE name = 'change') - ?",
            .integer(Int64(kept)))
    }
}

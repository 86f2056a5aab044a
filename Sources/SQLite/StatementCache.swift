// SPDX-License-Identifier: Apache-2.0

/// The prepared statements a connection keeps, by their SQL: at most `capacity`, the longest unused leaving first.
struct StatementCache {
    private let capacity: Int
    private var statements: [SQLText: PreparedStatement] = [:]
    private var clock: UInt64 = 0

    init(capacity: Int) {
        self.capacity = capacity
    }

    var count: Int { statements.count }

    /// The statement kept for `sql`, lent or not, noted as used now.
    mutating func statement(for sql: String) -> PreparedStatement? {
        guard let found = statements[SQLText(text: sql)] else { return nil }
        touch(found)
        return found
    }

    /// Keeps a new statement, letting go of the longest unused one that is not lent when there is no room.
    mutating func insert(_ statement: PreparedStatement) {
        touch(statement)
        statements[SQLText(text: statement.sql)] = statement
        // A scan is enough: it happens only when a new statement has been compiled, which costs far more.
        if statements.count > capacity,
            let oldest = statements.values.filter({ !$0.isLent }).min(by: { $0.lastUse < $1.lastUse })
        {
            statements[SQLText(text: oldest.sql)] = nil
        }
    }

    mutating func removeAll() {
        statements.removeAll()
    }

    private mutating func touch(_ statement: PreparedStatement) {
        clock &+= 1
        statement.lastUse = clock
    }
}

/// Statements differ in length more often than not, and comparing two texts takes far less than hashing one of some hundred bytes.
private struct SQLText: Hashable {
    let text: String

    func hash(into hasher: inout Hasher) { hasher.combine(text.utf8.count) }
}

// SPDX-License-Identifier: Apache-2.0

/// The prepared statements a connection keeps, by their SQL: at most `capacity`, the longest unused leaving first.
final class StatementCache {
    /// By length: texts differ in it more often than not, and to compare two takes far less than to hash one of some hundred bytes:
    /// nothing where it is the same text in the same memory, as of those who ask again and again.
    private var statements = [[PreparedStatement]](repeating: [], count: 64)
    private(set) var count = 0
    private let capacity: Int
    private var clock: UInt64 = 0

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// The statement kept for `sql`, lent or not, noted as used now.
    func statement(for sql: String) -> PreparedStatement? {
        for statement in statements[place(of: sql)] where statement.sql == sql {
            touch(statement)
            return statement
        }
        return nil
    }

    /// Keeps a statement whose SQL is not kept yet; the longest unused one that is not lent leaves when there is no room.
    func insert(_ statement: PreparedStatement) {
        assert(self.statement(for: statement.sql) == nil, "kept already")
        touch(statement)
        statements[place(of: statement.sql)].append(statement)
        count += 1
        // A scan is enough: it happens only when a new statement has been compiled, which costs far more.
        if count > capacity,
            let oldest = statements.joined().filter({ !$0.isLent }).min(by: { $0.lastUse < $1.lastUse })
        {
            statements[self.place(of: oldest.sql)].removeAll { $0 === oldest }
            count -= 1
        }
    }

    func removeAll() {
        for place in statements.indices { statements[place] = [] }
        count = 0
    }

    private func place(of sql: String) -> Int { sql.utf8.count % statements.count }

    private func touch(_ statement: PreparedStatement) {
        clock &+= 1
        statement.lastUse = clock
    }
}

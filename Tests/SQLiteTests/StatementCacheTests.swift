// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import SQLite

@Suite struct StatementCacheTests {
    let folder: ScratchFolder
    let connection: Connection

    init() throws {
        folder = try ScratchFolder()
        connection = try Connection(path: folder.database, mode: .readWrite, statementCapacity: 3)
    }

    @Test func theSameSQLGetsTheSamePreparedStatement() throws {
        let first = ObjectIdentifier(try connection.prepare("SELECT 1").prepared)
        let kept = connection.cache.statement(for: "SELECT 1")
        let second = ObjectIdentifier(try connection.prepare("SELECT 1").prepared)
        #expect(kept != nil)
        #expect(first == second)
    }

    @Test func sqlWithMoreBehindItIsKeptAsItWasAskedFor() throws {
        let kept = connection.cache.count
        let prepared = try (0..<3).map { _ in ObjectIdentifier(try connection.prepare("SELECT 1; ").prepared) }
        #expect(connection.cache.count == kept + 1)
        #expect(connection.cache.statement(for: "SELECT 1; ") != nil)
        #expect(Set(prepared).count == 1)
    }

    @Test func bindingsAndRowsDoNotOutliveTheLoan() throws {
        do {
            let statement = try connection.prepare("SELECT ?")
            try statement.bind(1, "secret")
            #expect(try statement.step())
        }
        #expect(!connection.isInTransaction)
        let again = try connection.prepare("SELECT ?")
        #expect(try again.step())
        #expect(again.isNull(0) == true)
    }

    @Test func sqlOnLoanIsPreparedAfresh() throws {
        let outer = try connection.prepare("SELECT 1 UNION SELECT 2")
        #expect(try outer.step())
        do {
            let inner = try connection.prepare("SELECT 1 UNION SELECT 2")
            #expect(connection.lentStatementCount == 2)
            #expect(try inner.step())
            #expect(inner.int(0) == 1)
        }
        #expect(try outer.step())
        #expect(outer.int(0) == 2)
        #expect(connection.lentStatementCount == 1)
    }

    @Test func theLongestUnusedLeaves() throws {
        for sql in ["SELECT 1", "SELECT 2", "SELECT 3", "SELECT 1", "SELECT 4"] { _ = try connection.scalar(sql) }
        #expect(connection.cache.count == 3)
        #expect(connection.cache.statement(for: "SELECT 2") == nil)
        #expect(connection.cache.statement(for: "SELECT 1") != nil)
    }

    @Test func whatIsOnLoanStays() throws {
        let one = try connection.prepare("SELECT 1")
        for number in 2...20 { _ = try connection.scalar("SELECT \(number)") }
        #expect(try one.step())
        #expect(connection.cache.statement(for: "SELECT 1") === one.prepared)
        #expect(connection.cache.count == 3)
    }

    @Test func noLoanIsLeftAfterErrors() throws {
        for _ in 0..<50 {
            #expect(throws: SQLiteError.self) { try connection.run("SELECT ?") }
            #expect(throws: SQLiteError.self) { try connection.scalar("SELECT nothing") }
            #expect(throws: SQLiteError.self) { try connection.execute("SELECT 1; SELECT abs(-9223372036854775808)") }
        }
        #expect(connection.lentStatementCount == 0)
    }

    @Test func keptStatementsFollowTheSchema() throws {
        try connection.execute("CREATE TABLE t (a); INSERT INTO t VALUES (1)")
        #expect(try connection.prepare("SELECT * FROM t").columnCount == 1)
        try connection.execute("ALTER TABLE t ADD COLUMN b DEFAULT 'new'")
        let statement = try connection.prepare("SELECT * FROM t")
        #expect(try statement.step())
        #expect(statement.text(1) == "new")
    }
}

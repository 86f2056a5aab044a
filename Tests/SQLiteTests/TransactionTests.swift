// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import SQLite

@Suite struct TransactionTests {
    struct Stop: Error {}

    let folder: ScratchFolder
    let connection: Connection

    init() throws {
        folder = try ScratchFolder()
        connection = try Connection(path: folder.database, mode: .readWrite)
        try connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY) STRICT")
    }

    private func insert(_ number: Int64) throws {
        try connection.run("INSERT INTO t VALUES (?)", .integer(number))
    }

    private func rows(on connection: Connection) throws -> [Int] {
        let statement = try connection.prepare("SELECT a FROM t ORDER BY a")
        var rows: [Int] = []
        while try statement.step() { rows.append(statement.int(0)) }
        return rows
    }

    @Test func aTransactionCommitsOrLeavesNothing() throws {
        let result = try connection.transaction {
            try insert(1)
            return "done"
        }
        #expect(result == "done")
        #expect(throws: Stop.self) {
            try connection.transaction {
                try insert(2)
                throw Stop()
            }
        }
        #expect(try rows(on: connection) == [1])
        #expect(!connection.isInTransaction)
    }

    @Test func whatIsKeptInMindGoesWithWhatIsUndone() throws {
        final class Known {}
        let known = Known()
        connection.memory = known
        try connection.transaction { try connection.savepoint { try insert(1) } }
        #expect(connection.memory === known)
        try connection.transaction {
            #expect(throws: Stop.self) { try connection.savepoint { throw Stop() } }
            #expect(connection.memory == nil)
            connection.memory = known
        }
        #expect(connection.memory === known)
        #expect(throws: Stop.self) { try connection.transaction { throw Stop() } }
        #expect(connection.memory == nil)
    }

    @Test func transactionsDoNotNest() throws {
        #expect(throws: SQLiteError.self) {
            try connection.transaction {
                try insert(1)
                try connection.transaction { try insert(2) }
            }
        }
        #expect(try rows(on: connection) == [])
    }

    @Test(arguments: ["COMMIT", "END", "ROLLBACK"])
    func theBodyCannotEndTheTransaction(_ sql: String) throws {
        #expect(throws: SQLiteError.self) {
            try connection.transaction {
                try insert(1)
                // Even if the failure is passed over, what follows is not committed by itself.
                try? connection.execute(sql)
                try? insert(2)
                try connection.savepoint { try insert(3) }
            }
        }
        #expect(try rows(on: connection) == [])
        #expect(!connection.isInTransaction)
        try connection.transaction { try insert(4) }
        #expect(try rows(on: connection) == [4])
    }

    @Test func aFailedCommitRollsBack() throws {
        try connection.execute("CREATE TABLE child (a REFERENCES t DEFERRABLE INITIALLY DEFERRED)")
        let error = #expect(throws: SQLiteError.self) {
            try connection.transaction {
                try insert(1)
                try connection.execute("INSERT INTO child VALUES (9)")
            }
        }
        #expect(error?.code == .constraintForeignKey)
        #expect(!connection.isInTransaction)
        #expect(try rows(on: connection) == [])
    }

    @Test func savepointsUndoOnlyThemselves() throws {
        try connection.transaction {
            try insert(1)
            #expect(throws: Stop.self) {
                try connection.savepoint {
                    try insert(2)
                    try connection.savepoint { try insert(3) }
                    throw Stop()
                }
            }
            try connection.savepoint {
                try insert(4)
                try? connection.savepoint {
                    try insert(5)
                    throw Stop()
                }
            }
        }
        #expect(try rows(on: connection) == [1, 4])
    }

    @Test func aReadTransactionSeesOneSnapshot() throws {
        try insert(1)
        let reader = try Connection(path: folder.database, mode: .readOnly)
        try reader.beginRead()
        // The snapshot dates from beginRead, not from the first query.
        try insert(2)
        #expect(try rows(on: reader) == [1])
        try insert(3)
        #expect(try rows(on: reader) == [1])
        try reader.endRead()
        #expect(try rows(on: reader) == [1, 2, 3])
        #expect(throws: SQLiteError.self) { try reader.endRead() }
        try reader.beginRead()
        #expect(throws: SQLiteError.self) { try reader.beginRead() }
        #expect(reader.isInTransaction)
        try reader.endRead()
        #expect(throws: Stop.self) { try reader.readTransaction { throw Stop() } }
        #expect(!reader.isInTransaction)
    }
}

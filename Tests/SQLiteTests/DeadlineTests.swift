// SPDX-License-Identifier: Apache-2.0

import Dispatch
import TestSupport
import Testing

@testable import SQLite

@Suite struct DeadlineTests {
    private static let endless = "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

    let folder: ScratchFolder
    let connection: Connection

    init() throws {
        folder = try ScratchFolder()
        connection = try Connection(path: folder.database, mode: .readWrite)
        try connection.execute("CREATE TABLE t (a)")
    }

    @Test func anEndlessStatementEnds() throws {
        let error = #expect(throws: SQLiteError.self) {
            try connection.withDeadline(.milliseconds(5)) { _ = try connection.scalar(Self.endless) }
        }
        #expect(error?.code == .interrupt)
        #expect(error?.isDeadline == true)
        #expect(connection.lentStatementCount == 0)
        // The deadline goes with its closure.
        #expect(try connection.scalar("SELECT 1") == .integer(1))
        #expect(connection.hooks.deadline == nil)
    }

    @Test func shortStatementsMeetItToo() throws {
        let before = SQLiteCounters.deadlineCount
        let error = #expect(throws: SQLiteError.self) {
            try connection.withDeadline(.milliseconds(5)) {
                while true { _ = try connection.scalar("SELECT 1") }
            }
        }
        #expect(error?.isDeadline == true)
        #expect(SQLiteCounters.deadlineCount > before)
    }

    @Test func theEarlierOfTwoHolds() throws {
        let error = #expect(throws: SQLiteError.self) {
            try connection.withDeadline(.zero) {
                try connection.withDeadline(.seconds(3600)) { _ = try connection.scalar(Self.endless) }
            }
        }
        #expect(error?.isDeadline == true)
        try connection.withDeadline(.seconds(3600)) { () throws in
            #expect(throws: SQLiteError.self) {
                try connection.withDeadline(.milliseconds(2)) { _ = try connection.scalar(Self.endless) }
            }
            // The outer one has time left.
            #expect(try connection.scalar("SELECT 1") == .integer(1))
        }
    }

    @Test func aTransactionEndsAfterItsTimeIsUp() throws {
        #expect(throws: SQLiteError.self) {
            try connection.withDeadline(.milliseconds(2)) {
                try connection.readTransaction { _ = try connection.scalar(Self.endless) }
            }
        }
        #expect(!connection.isInTransaction)
        #expect(throws: SQLiteError.self) {
            try connection.withDeadline(.milliseconds(2)) {
                try connection.transaction {
                    try connection.execute("INSERT INTO t VALUES (1)")
                    try connection.savepoint { _ = try connection.scalar(Self.endless) }
                }
            }
        }
        #expect(!connection.isInTransaction)
        #expect(try connection.scalar("SELECT count(*) FROM t") == .integer(0))
    }

    @Test func anInterruptIsNotADeadline() throws {
        let interrupter = connection.interrupter
        let mayStop = DispatchSemaphore(value: 0)
        let isDone = DispatchSemaphore(value: 0)
        DispatchQueue.global().async {
            // Until it has met the running statement.
            while mayStop.wait(timeout: .now() + .milliseconds(1)) == .timedOut { interrupter.interrupt() }
            isDone.signal()
        }
        let error = #expect(throws: SQLiteError.self) { try connection.scalar(Self.endless) }
        mayStop.signal()
        isDone.wait()
        #expect(error?.code == .interrupt)
        #expect(error?.isDeadline == false)
    }
}

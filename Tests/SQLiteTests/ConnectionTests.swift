// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import SQLite

@Suite struct ConnectionTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    @Test func theWriterIsDurableAndDefensive() throws {
        let connection = try Connection(path: folder.database, mode: .readWrite)
        #expect(try connection.scalar("PRAGMA journal_mode") == .text("wal"))
        #expect(try connection.scalar("PRAGMA synchronous") == .integer(2))
        #expect(try connection.scalar("PRAGMA foreign_keys") == .integer(1))
        #expect(try connection.scalar("PRAGMA trusted_schema") == .integer(0))
        #expect(try connection.scalar("PRAGMA busy_timeout") == .integer(2000))
        // Defensive mode: the schema table cannot be written.
        try connection.execute("PRAGMA writable_schema = ON; CREATE TABLE t (a)")
        #expect(throws: SQLiteError.self) { try connection.execute("DELETE FROM sqlite_schema") }
    }

    @Test func aReaderCanOnlyReadAndNeverCheckpoints() throws {
        let writer = try Connection(path: folder.database, mode: .readWrite)
        try writer.execute("CREATE TABLE t (a)")
        let reader = try Connection(path: folder.database, mode: .readOnly)
        #expect(try reader.scalar("PRAGMA wal_autocheckpoint") == .integer(0))
        #expect(try reader.scalar("PRAGMA query_only") == .integer(1))
        let error = #expect(throws: SQLiteError.self) { try reader.execute("INSERT INTO t VALUES (1)") }
        #expect(error?.code.primary == .readOnly)
    }

    @Test func aReaderThatClosesLastLeavesTheLog() throws {
        var writer: Connection? = try Connection(path: folder.database, mode: .readWrite)
        try writer?.execute("CREATE TABLE t (a)")
        let reader = try Connection(path: folder.database, mode: .readOnly)
        _ = try reader.scalar("SELECT count(*) FROM t")
        writer = nil
        #expect(folder.exists("test.db-wal"))
    }

    @Test func pathsAreFileNamesAndNothingElse() throws {
        for name in [":memory:", "file:a.db?mode=memory"] {
            // Relative to a folder that is not there, so that nothing is left in the working directory.
            let path = "missing-\(folder.path.hashValue)/" + name
            #expect(throws: SQLiteError.self) { try Connection(path: path, mode: .readWrite) }
            let inside = try Connection(path: folder.path + "/" + name, mode: .readWrite)
            try inside.execute("CREATE TABLE t (a)")
            #expect(folder.exists(name))
        }
        #expect(throws: SQLiteError.self) { try Connection(path: "", mode: .readWrite) }
        #expect(throws: SQLiteError.self) { try Connection(path: folder.database + "\0.db", mode: .readWrite) }
    }

    @Test func changesAndRowIDsAreCounted() throws {
        let connection = try Connection(path: folder.database, mode: .readWrite)
        try connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a)")
        #expect(connection.lastInsertRowID == 0)
        try connection.execute("INSERT INTO t (a) VALUES (1), (2), (3)")
        #expect(connection.lastInsertRowID == 3)
        try connection.run("UPDATE t SET a = ? WHERE id > ?", .text("x"), .integer(1))
        #expect(connection.changes == 2)
    }

    @Test func aScriptRunsToItsFirstFault() throws {
        let connection = try Connection(path: folder.database, mode: .readWrite)
        try connection.execute("-- nothing but a comment")
        try connection.execute(" ;; CREATE TABLE t (a); INSERT INTO t VALUES (';'); -- end\n SELECT * FROM t; ")
        let error = #expect(throws: SQLiteError.self) {
            try connection.execute("INSERT INTO t VALUES (2);\nINSERT INTO nowhere VALUES (1); DELETE FROM t")
        }
        #expect(error?.sql?.contains("nowhere") == true)
        #expect(try connection.scalar("SELECT count(*) FROM t") == .integer(2))
        #expect(throws: SQLiteError.self) { try connection.execute("DELETE FROM t; \0 SELECT 1") }
        #expect(connection.lentStatementCount == 0)
    }

    @Test func aMisspeltColumnInQuotesIsAnError() throws {
        let connection = try Connection(path: folder.database, mode: .readWrite)
        #expect(throws: SQLiteError.self) { try connection.scalar("SELECT \"no such column\"") }
    }

    @Test func closingLeavesNoDescriptor() throws {
        var writer: Connection? = try Connection(path: folder.database, mode: .readWrite)
        try writer?.execute("CREATE TABLE t (a)")
        #expect(try !folder.openDescriptors().isEmpty)
        writer = nil
        #expect(try folder.openDescriptors().isEmpty)
    }

    @Test func anInterrupterOutlivesItsConnection() throws {
        var connection: Connection? = try Connection(path: folder.database, mode: .readWrite)
        let interrupter = try #require(connection?.interrupter)
        interrupter.interrupt()
        // Nothing was running, so nothing is stopped later.
        #expect(try connection?.scalar("SELECT 1") == .integer(1))
        connection = nil
        interrupter.interrupt()
        #expect(try folder.openDescriptors().isEmpty)
    }
}

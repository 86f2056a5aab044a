// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import SQLite

/// Files that are missing, are something else, are damaged or may not be written.
@Suite struct BadFileTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    private func openFailure(_ mode: Connection.Mode) throws -> SQLiteError {
        let error = #expect(throws: SQLiteError.self) { try Connection(path: folder.database, mode: mode) }
        #expect(try folder.openDescriptors().isEmpty)
        return try #require(error)
    }

    @Test func aReaderRefusesAMissingFileAndDoesNotMakeIt() throws {
        let error = try openFailure(.readOnly)
        #expect(error.code == .cannotOpen)
        #expect(error.message == "\(folder.database): there is no such file")
        #expect(!folder.exists("test.db"))
    }

    /// SQLite would throw it away.
    @Test func aLogWithoutItsFileIsKept() throws {
        try folder.write("a log", to: "test.db-wal")
        let error = try openFailure(.readWrite)
        #expect(error.code == .cannotOpen && error.message.hasSuffix("but its log \(folder.database)-wal is there"))
        #expect(folder.exists("test.db-wal") && !folder.exists("test.db"))
    }

    @Test(arguments: [Connection.Mode.readOnly, .readWrite])
    func aTextFileIsNotADatabase(_ mode: Connection.Mode) throws {
        let text = String(repeating: "This is a letter, not a database.\n", count: 200)
        try folder.write(text, to: "test.db")
        #expect(try openFailure(mode).code == .notADatabase)
        #expect(try String(contentsOfFile: folder.database, encoding: .utf8) == text)
    }

    @Test(arguments: [Connection.Mode.readOnly, .readWrite])
    func aFolderIsNotADatabase(_ mode: Connection.Mode) throws {
        try FileManager.default.createDirectory(atPath: folder.database, withIntermediateDirectories: false)
        let error = try openFailure(mode)
        // A folder can be opened for reading, and is found out by the first read.
        #expect(error.code.primary == (mode == .readOnly ? .ioError : .cannotOpen))
        #expect(error.message.hasPrefix(folder.database))
    }

    @Test func aDamagedPageIsCorrupt() throws {
        do {
            let writer = try Connection(path: folder.database, mode: .readWrite)
            try writer.execute(
                """
                CREATE TABLE t (a);
                WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
                INSERT INTO t SELECT printf('%0100d', i) FROM n;
                """)
            try writer.checkpoint(.truncate)
        }
        let file = try #require(FileHandle(forWritingAtPath: folder.database))
        try file.seek(toOffset: 4096 * 20)
        try file.write(contentsOf: Data(repeating: 0xFF, count: 4096 * 10))
        try file.close()
        let reader = try Connection(path: folder.database, mode: .readOnly)
        let error = #expect(throws: SQLiteError.self) { try reader.scalar("SELECT sum(length(a)) FROM t") }
        #expect(error?.code.primary == .corrupt)
    }

    @Test func aFileWithoutWriteRightIsReadOnly() throws {
        do { try Connection(path: folder.database, mode: .readWrite).execute("CREATE TABLE t (a)") }
        try folder.setPermissions(0o444, of: "test.db")
        let error = try asPlainUser { try openFailure(.readWrite) }
        #expect(error.code == .readOnly)
        #expect(error.description == "SQLITE_READONLY (8): \(folder.database): the file may not be written")
    }

    @Test func aFolderWithoutWriteRightIsRefused() throws {
        try folder.setPermissions(0o555)
        let error = try asPlainUser { try openFailure(.readWrite) }
        #expect(error.code.primary == .cannotOpen)
        let path = folder.database
        let lockError = try asPlainUser { #expect(throws: LockFileError.self) { try Writer(path: path) } }
        #expect(lockError == .failed(path: folder.database + ".lock", errno: EACCES))
    }

    @Test func aReaderNeedsAFolderForTheLogsIndex() throws {
        do { try Connection(path: folder.database, mode: .readWrite).execute("CREATE TABLE t (a)") }
        try folder.setPermissions(0o555)
        let error = try asPlainUser { try openFailure(.readOnly) }
        #expect(error.code == .readOnlyDirectory)
        #expect(error.message == "\(folder.database): the folder may not be written, as the index of the log needs")
    }

    @Test func anErrorIsOneLineWithoutValues() {
        let error = SQLiteError(
            code: .constraintUnique, message: "UNIQUE constraint failed: t.a", sql: "INSERT\n  INTO t\tVALUES (?)")
        #expect(
            error.description
                == "SQLITE_CONSTRAINT_UNIQUE (2067): UNIQUE constraint failed: t.a, in: INSERT INTO t VALUES (?)")
        #expect(error.code.primary == .constraint)
        #expect(ResultCode(rawValue: 10 | 3 << 8).description == "SQLITE_IOERR (778)")
        let long = SQLiteError(code: .error, message: "no", sql: String(repeating: "x", count: 1000))
        #expect(long.description.count < 250)
    }
}

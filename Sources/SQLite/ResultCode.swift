// SPDX-License-Identifier: Apache-2.0

import CSQLite

/// One of SQLite's result codes, primary (8 bits) or extended (<https://www.sqlite.org/rescode.html>).
package struct ResultCode: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int32

    package init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// The primary code an extended one refines; a primary code is its own.
    package var primary: ResultCode { ResultCode(rawValue: rawValue & 0xFF) }

    private init(_ primary: Int32, detail: Int32 = 0) {
        rawValue = primary | (detail << 8)
    }

    package static let ok = ResultCode(SQLITE_OK)
    package static let error = ResultCode(SQLITE_ERROR)
    package static let `internal` = ResultCode(SQLITE_INTERNAL)
    package static let permission = ResultCode(SQLITE_PERM)
    package static let abort = ResultCode(SQLITE_ABORT)
    package static let busy = ResultCode(SQLITE_BUSY)
    package static let locked = ResultCode(SQLITE_LOCKED)
    package static let noMemory = ResultCode(SQLITE_NOMEM)
    package static let readOnly = ResultCode(SQLITE_READONLY)
    package static let interrupt = ResultCode(SQLITE_INTERRUPT)
    package static let ioError = ResultCode(SQLITE_IOERR)
    package static let corrupt = ResultCode(SQLITE_CORRUPT)
    package static let full = ResultCode(SQLITE_FULL)
    package static let cannotOpen = ResultCode(SQLITE_CANTOPEN)
    package static let lockingProtocol = ResultCode(SQLITE_PROTOCOL)
    package static let schema = ResultCode(SQLITE_SCHEMA)
    package static let tooBig = ResultCode(SQLITE_TOOBIG)
    package static let constraint = ResultCode(SQLITE_CONSTRAINT)
    package static let mismatch = ResultCode(SQLITE_MISMATCH)
    package static let misuse = ResultCode(SQLITE_MISUSE)
    package static let authorization = ResultCode(SQLITE_AUTH)
    package static let range = ResultCode(SQLITE_RANGE)
    package static let notADatabase = ResultCode(SQLITE_NOTADB)

    package static let abortRollback = ResultCode(SQLITE_ABORT, detail: 2)
    package static let busyRecovery = ResultCode(SQLITE_BUSY, detail: 1)
    package static let busySnapshot = ResultCode(SQLITE_BUSY, detail: 2)
    package static let cannotOpenIsDirectory = ResultCode(SQLITE_CANTOPEN, detail: 2)
    package static let readOnlyMoved = ResultCode(SQLITE_READONLY, detail: 4)
    package static let readOnlyDirectory = ResultCode(SQLITE_READONLY, detail: 6)
    package static let constraintCheck = ResultCode(SQLITE_CONSTRAINT, detail: 1)
    package static let constraintCommitHook = ResultCode(SQLITE_CONSTRAINT, detail: 2)
    package static let constraintForeignKey = ResultCode(SQLITE_CONSTRAINT, detail: 3)
    package static let constraintNotNull = ResultCode(SQLITE_CONSTRAINT, detail: 5)
    package static let constraintPrimaryKey = ResultCode(SQLITE_CONSTRAINT, detail: 6)
    package static let constraintUnique = ResultCode(SQLITE_CONSTRAINT, detail: 8)
    package static let constraintRowID = ResultCode(SQLITE_CONSTRAINT, detail: 10)
    package static let constraintDataType = ResultCode(SQLITE_CONSTRAINT, detail: 12)
}

extension ResultCode: CustomStringConvertible {
    /// SQLite's own spelling of a named code with its number; an extended code without a name shows its primary one's.
    package var description: String {
        if let name = Self.names[self] { return "\(name) (\(rawValue))" }
        return "\(Self.names[primary] ?? "SQLite code") (\(rawValue))"
    }

    private static let names: [ResultCode: String] = [
        .ok: "SQLITE_OK", .error: "SQLITE_ERROR", .internal: "SQLITE_INTERNAL", .permission: "SQLITE_PERM",
        .abort: "SQLITE_ABORT", .busy: "SQLITE_BUSY", .locked: "SQLITE_LOCKED", .noMemory: "SQLITE_NOMEM",
        .readOnly: "SQLITE_READONLY", .interrupt: "SQLITE_INTERRUPT", .ioError: "SQLITE_IOERR",
        .corrupt: "SQLITE_CORRUPT", .full: "SQLITE_FULL", .cannotOpen: "SQLITE_CANTOPEN",
        .lockingProtocol: "SQLITE_PROTOCOL", .schema: "SQLITE_SCHEMA", .tooBig: "SQLITE_TOOBIG",
        .constraint: "SQLITE_CONSTRAINT", .mismatch: "SQLITE_MISMATCH", .misuse: "SQLITE_MISUSE",
        .authorization: "SQLITE_AUTH", .range: "SQLITE_RANGE", .notADatabase: "SQLITE_NOTADB",
        .abortRollback: "SQLITE_ABORT_ROLLBACK", .busyRecovery: "SQLITE_BUSY_RECOVERY",
        .busySnapshot: "SQLITE_BUSY_SNAPSHOT", .cannotOpenIsDirectory: "SQLITE_CANTOPEN_ISDIR",
        .readOnlyMoved: "SQLITE_READONLY_DBMOVED", .readOnlyDirectory: "SQLITE_READONLY_DIRECTORY",
        .constraintCheck: "SQLITE_CONSTRAINT_CHECK",
        .constraintCommitHook: "SQLITE_CONSTRAINT_COMMITHOOK",
        .constraintForeignKey: "SQLITE_CONSTRAINT_FOREIGNKEY", .constraintNotNull: "SQLITE_CONSTRAINT_NOTNULL",
        .constraintPrimaryKey: "SQLITE_CONSTRAINT_PRIMARYKEY", .constraintUnique: "SQLITE_CONSTRAINT_UNIQUE",
        .constraintRowID: "SQLITE_CONSTRAINT_ROWID", .constraintDataType: "SQLITE_CONSTRAINT_DATATYPE",
    ]
}

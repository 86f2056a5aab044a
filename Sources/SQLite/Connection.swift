// SPDX-License-Identifier: Apache-2.0

import CSQLite
import Glibc

/// One connection to a database file, for one thread at a time: it is opened without SQLite's mutexes and is not Sendable.
///
/// Either it writes, with a write-ahead log that is synced at each commit, or it can only read. Both hold SQLite to its
/// defensive settings: <https://www.sqlite.org/security.html>. Neither checkpoints by itself; `Writer` does that.
package final class Connection {
    package enum Mode: Sendable {
        /// Creates the file when it is missing.
        case readWrite
        /// Refuses a missing file and every write.
        case readOnly
    }

    package let path: String
    package let mode: Mode

    /// Stops what runs here, from another thread.
    package let interrupter: Interrupter

    /// How many statements are on loan.
    package var lentStatementCount: Int { lentCount }
    /// Not seen from other modules, so that the compiler may find that no access needs to be checked.
    var lentCount = 0

    /// How many statements that write have ever been lent.
    private(set) var writingCount: UInt64 = 0

    /// What the one who uses the connection keeps in mind of what was read and written on it. Gone once anything of that is undone.
    package var memory: AnyObject?

    let database: DatabaseHandle
    let cache: StatementCache

    /// Opens the file and reads its header, so that a file of another kind is refused here and not at the first query.
    ///
    /// - Parameters:
    ///   - statementCapacity: how many prepared statements are kept.
    ///   - busyTimeout: how long a lock of another connection is waited for.
    package init(
        path: String, mode: Mode, statementCapacity: Int = 256, busyTimeout: Duration = .seconds(2)
    ) throws(SQLiteError) {
        try Self.lookForFile(path, mode)
        let access = mode == .readWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY
        self.path = path
        self.mode = mode
        database = try DatabaseHandle(path: path, flags: access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE)
        cache = StatementCache(capacity: statementCapacity)
        interrupter = Interrupter(database)
        do throws(SQLiteError) {
            try configure(busyTimeout: busyTimeout)
        } catch {
            throw SQLiteError(code: error.code, message: "\(path): \(error.message)")
        }
    }

    /// Looks whether the file is there. `access` does not open it, which would drop SQLite's locks on closing.
    private static func lookForFile(_ path: String, _ mode: Mode) throws(SQLiteError) {
        // Unsafe, as below: the path is read during the call.
        guard unsafe access(path, F_OK) != 0, errno == ENOENT else { return }
        // SQLite would say only that it cannot open.
        if mode == .readOnly { throw SQLiteError(code: .cannotOpen, message: "\(path): there is no such file") }
        // SQLite would throw it away, with all in it that is not in the lost file yet.
        guard unsafe access(path + "-wal", F_OK) != 0 else {
            throw SQLiteError(
                code: .cannotOpen, message: "\(path): the file is missing, but its log \(path)-wal is there")
        }
    }

    deinit {
        // Statements hold their connection, so none is on loan any more.
        interrupter.detach()
        cache.removeAll()
    }

    /// Whether a transaction is open, be it one that only reads.
    package var isInTransaction: Bool {
        // Unsafe: the pointer is valid.
        unsafe sqlite3_get_autocommit(database.pointer) == 0
    }

    /// Rows changed by the last INSERT, UPDATE or DELETE to end.
    package var changes: Int {
        // Unsafe: the pointer is valid.
        unsafe Int(sqlite3_changes64(database.pointer))
    }

    /// The rowid of the last row inserted on this connection, 0 before the first.
    package var lastInsertRowID: Int64 {
        // Unsafe: the pointer is valid.
        unsafe sqlite3_last_insert_rowid(database.pointer)
    }

    var hooks: ConnectionHooks { database.hooks }

    /// Lends a statement, which is taken back when it goes.
    func lend(_ prepared: PreparedStatement) -> Statement {
        prepared.isLent = true
        lentCount += 1
        if prepared.writes { writingCount &+= 1 }
        return Statement(connection: self, prepared: prepared)
    }

    /// The error of the last call that failed.
    func failure(sql: String?) -> SQLiteError {
        // Unsafe: the pointer is valid, and the message is copied at once.
        let code = unsafe ResultCode(rawValue: sqlite3_extended_errcode(database.pointer))
        let message = unsafe String(cString: sqlite3_errmsg(database.pointer))
        let isDeadline = code.primary == .interrupt && hooks.hasExpired
        let error = SQLiteError(code: code, message: message, sql: sql, isDeadline: isDeadline)
        SQLiteCounters.count(error)
        return error
    }
}

@available(*, unavailable, message: "a connection belongs to one thread at a time")
extension Connection: @unchecked Sendable {}

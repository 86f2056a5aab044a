// SPDX-License-Identifier: Apache-2.0

import CSQLite

extension Connection {
    package enum Checkpoint: Sendable {
        /// Copies what it can without waiting for readers.
        case passive
        /// Waits for readers as long as the busy timeout, copies everything and cuts the log to nothing.
        case truncate
    }

    /// Bytes a page, of the database and of the write-ahead log; SQLite's usual size while it cannot be read.
    var pageSize: Int {
        if case .integer(let size)? = try? scalar("PRAGMA page_size") { Int(size) } else { 4096 }
    }

    /// Copies the write-ahead log into the database file. Only the one connection that writes may do so.
    package func checkpoint(_ kind: Checkpoint) throws(SQLiteError) {
        let mode = kind == .passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE
        // Unsafe: the pointer is valid.
        guard unsafe sqlite3_wal_checkpoint_v2(database.pointer, "main", mode, nil, nil) == SQLITE_OK else {
            throw failure(sql: nil)
        }
    }

    /// Whether a deferred foreign key is not met at this point of the transaction, so that COMMIT would fail.
    var hasUnmetForeignKeys: Bool {
        var current: Int32 = 0
        var highest: Int32 = 0
        // Unsafe: both counters are written before the call returns.
        _ = unsafe sqlite3_db_status(database.pointer, SQLITE_DBSTATUS_DEFERRED_FKS, &current, &highest, 0)
        return current != 0
    }

    /// Runs `body` with foreign keys neither enforced nor acting, as rebuilding a table needs: with them, DROP TABLE would
    /// delete what refers to its rows. Not inside a transaction.
    func withoutForeignKeys<Result>(_ body: () throws -> Result) throws -> Result {
        try setSwitch(SQLITE_DBCONFIG_ENABLE_FKEY, on: false)
        let result: Result
        do {
            result = try body()
        } catch {
            try setSwitch(SQLITE_DBCONFIG_ENABLE_FKEY, on: true)
            throw error
        }
        try setSwitch(SQLITE_DBCONFIG_ENABLE_FKEY, on: true)
        return result
    }
}

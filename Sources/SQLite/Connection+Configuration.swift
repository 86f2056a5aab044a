// SPDX-License-Identifier: Apache-2.0

import CSQLite

/// The settings every connection starts with.
extension Connection {
    /// A log left longer than this by a burst of writing is cut back when it is next used from its start.
    private static let logSizeLimit = 128 * 1024 * 1024
    /// Memory for pages of the one connection that writes, in KiB: room for all that one transaction of many jobs changes,
    /// since pages that do not fit are written to the log before its end, and again at its end.
    private static let writingCache = 32 * 1024
    /// The same of one that reads, used up only where the database is as large: a list of 20 of 100,000 events has 180 pages read
    /// from the kernel with SQLite's own 2 MiB, and 70 with this.
    private static let readingCache = 16 * 1024

    func configure(busyTimeout: Duration) throws(SQLiteError) {
        let milliseconds = busyTimeout / .milliseconds(1)
        // Unsafe: the pointer is valid; as on all lines here.
        _ = unsafe sqlite3_busy_timeout(database.pointer, Int32(min(max(milliseconds, 0), 3_600_000)))
        try setSwitch(SQLITE_DBCONFIG_DEFENSIVE, on: true)
        try setSwitch(SQLITE_DBCONFIG_TRUSTED_SCHEMA, on: false)
        try setSwitch(SQLITE_DBCONFIG_ENABLE_FKEY, on: true)
        // A misspelt column in double quotes is an error, not a string.
        try setSwitch(SQLITE_DBCONFIG_DQS_DDL, on: false)
        try setSwitch(SQLITE_DBCONFIG_DQS_DML, on: false)
        // What SQLite would put into files of its own for the time of a statement or a savepoint: there may be no room for them,
        // or no folder that may be written.
        try execute("PRAGMA temp_store = MEMORY")
        switch mode {
        case .readWrite: try configureWriting()
        case .readOnly: try configureReading()
        }
    }

    private func configureWriting() throws(SQLiteError) {
        // SQLite opens a file it may not write for reading only, and would complain at the first write.
        guard unsafe sqlite3_db_readonly(database.pointer, "main") == 0 else {
            throw SQLiteError(code: .readOnly, message: "the file may not be written")
        }
        guard try scalar("PRAGMA journal_mode = WAL") == .text("wal") else {
            throw SQLiteError(code: .cannotOpen, message: "the file system cannot hold a write-ahead log")
        }
        try execute(
            """
            PRAGMA synchronous = FULL; PRAGMA journal_size_limit = \(Self.logSizeLimit);
            PRAGMA cache_size = -\(Self.writingCache)
            """)
        installCommitHooks()
    }

    private func configureReading() throws(SQLiteError) {
        // Versions before 3.51.3 have a race between a checkpoint and a write on two connections: readers never checkpoint,
        // not even as the last to close.
        _ = unsafe sqlite3_wal_autocheckpoint(database.pointer, 0)
        try setSwitch(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, on: true)
        try execute("PRAGMA query_only = ON")
        do throws(SQLiteError) {
            _ = try scalar("PRAGMA schema_version")
        } catch {
            guard error.code.primary == .readOnly else { throw error }
            // SQLite's own message speaks of a write, which nobody asked for.
            throw SQLiteError(code: error.code, message: "the folder may not be written, as the index of the log needs")
        }
        try execute("PRAGMA cache_size = -\(Self.readingCache)")
    }

    func setSwitch(_ option: Int32, on: Bool) throws(SQLiteError) {
        guard unsafe csqlite_db_config(database.pointer, option, on ? 1 : 0) == SQLITE_OK else {
            throw failure(sql: nil)
        }
    }

    /// Has each commit pass the gate of `transaction(_:)`, and notes those that wrote to the log. The second hook takes the
    /// place of SQLite's automatic checkpoint.
    private func installCommitHooks() {
        // Unsafe: the handle owns both the hooks and the pointer they are set on, and closes before it releases the hooks.
        let context = unsafe Unmanaged.passUnretained(hooks).toOpaque()
        _ = unsafe sqlite3_commit_hook(
            database.pointer,
            { context in
                guard let context = unsafe context else { return 0 }
                return unsafe Unmanaged<ConnectionHooks>.fromOpaque(context).takeUnretainedValue().refusesCommit ? 1 : 0
            }, context)
        _ = unsafe sqlite3_wal_hook(
            database.pointer,
            { context, _, _, frames in
                guard let context = unsafe context else { return SQLITE_OK }
                unsafe Unmanaged<ConnectionHooks>.fromOpaque(context).takeUnretainedValue().committedFrames = frames
                return SQLITE_OK
            }, context)
    }
}

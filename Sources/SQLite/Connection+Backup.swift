// SPDX-License-Identifier: Apache-2.0

import CSQLite

extension Connection {
    /// Copies the whole database into another file, as it is at one moment, whoever writes meanwhile.
    ///
    /// All pages in one step: between steps SQLite would let go of the snapshot, and begin anew after each commit of another
    /// connection (<https://www.sqlite.org/backup.html>). So it takes its time, and is nothing for an event loop.
    ///
    /// - Parameter path: of a file that is new and empty. It is not synced, and worth nothing if this throws.
    package func copy(to path: String) throws(SQLiteError) {
        let target = try DatabaseHandle(
            path: path, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE)
        // Nothing to roll back to: a copy that failed is thrown away.
        // Unsafe: both handles are open until the end of this function, and the text is read during the call.
        guard
            unsafe sqlite3_exec(target.pointer, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF", nil, nil, nil)
                == SQLITE_OK,
            let backup = unsafe sqlite3_backup_init(target.pointer, "main", database.pointer, "main")
        else { throw target.failure }
        // Unsafe: `backup` is valid until it is finished, and used no more after that.
        let step = unsafe sqlite3_backup_step(backup, -1)
        let finish = unsafe sqlite3_backup_finish(backup)
        guard step == SQLITE_DONE, finish == SQLITE_OK else {
            let code = ResultCode(rawValue: finish == SQLITE_OK ? step : finish)
            throw SQLiteError(code: code, message: "the copy broke off: \(target.failure.message)")
        }
    }
}

extension DatabaseHandle {
    /// The error of the last call that failed.
    fileprivate var failure: SQLiteError {
        // Unsafe: the handle is open, and the message is copied at once.
        unsafe SQLiteError(
            code: ResultCode(rawValue: sqlite3_extended_errcode(pointer)),
            message: String(cString: sqlite3_errmsg(pointer)))
    }
}

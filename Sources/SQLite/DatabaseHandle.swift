// SPDX-License-Identifier: Apache-2.0

import CSQLite

/// Owns one `sqlite3 *` from open to close, with the state its callbacks use.
///
/// `@safe`: the pointer is valid for the whole life of the handle, which alone closes it.
@safe struct DatabaseHandle: ~Copyable {
    let pointer: OpaquePointer
    let hooks = ConnectionHooks()

    /// Done once in a process. That it fails where others have used SQLite before does no harm.
    private static let isPrepared = csqlite_keep_no_account() == SQLITE_OK

    /// Opens `path` as a plain file name: a relative one is led by `./`, because SQLite would otherwise take `:memory:`
    /// and `file:…` for something else.
    init(path: String, flags: Int32) throws(SQLiteError) {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw SQLiteError(code: .cannotOpen, message: "a database path is neither empty nor contains NUL")
        }
        _ = Self.isPrepared
        var opened: OpaquePointer?
        // Unsafe: the path is copied by SQLite during the call; `opened` is written before it returns.
        let result = unsafe sqlite3_open_v2(path.hasPrefix("/") ? path : "./" + path, &opened, flags, nil)
        guard let handle = unsafe opened else {
            throw SQLiteError(code: .noMemory, message: "\(path): out of memory")
        }
        guard result == SQLITE_OK else {
            let failure = unsafe Self.openFailure(handle, path: path)
            // Unsafe: a handle is given even for a failed open, and has to be closed.
            _ = unsafe sqlite3_close_v2(handle)
            throw failure
        }
        unsafe pointer = handle
    }

    deinit {
        // Unsafe: the last use of the pointer. close_v2 waits by itself for statements that are still to be finalized.
        _ = unsafe sqlite3_close_v2(pointer)
    }

    private static func openFailure(_ handle: OpaquePointer, path: String) -> SQLiteError {
        // Unsafe: the handle is open, and the message is copied at once.
        let code = unsafe ResultCode(rawValue: sqlite3_extended_errcode(handle))
        let message = unsafe String(cString: sqlite3_errmsg(handle))
        let errno = unsafe sqlite3_system_errno(handle)
        return SQLiteError(
            code: code, message: "\(path): \(message)" + (errno == 0 ? "" : " (\(systemMessage(errno)))"))
    }
}

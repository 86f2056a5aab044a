// SPDX-License-Identifier: Apache-2.0

import CSQLite

/// Owns one `sqlite3_stmt *` from prepare to finalize.
///
/// `@safe`: the pointer is valid for the whole life of the object, which alone finalizes it.
@safe final class PreparedStatement {
    let pointer: OpaquePointer
    let sql: String
    let isCached: Bool
    /// Whether it changes rows or the schema.
    let writes: Bool
    var isLent = false
    var lastUse: UInt64 = 0
    /// Kept until nothing is bound any more: SQLite reads it where it stands.
    var sharedText: SharedText?

    init(adopting pointer: OpaquePointer, sql: String, isCached: Bool) {
        unsafe self.pointer = pointer
        self.sql = sql
        self.isCached = isCached
        // Unsafe: the pointer is valid.
        writes = unsafe sqlite3_stmt_readonly(pointer) == 0
    }

    deinit {
        // Unsafe: the last use of the pointer. The result only repeats the error of the last step.
        _ = unsafe sqlite3_finalize(pointer)
    }

    /// Makes the statement as good as new: nothing running, nothing bound.
    func clear() {
        // Unsafe: the pointer is valid. The result of reset only repeats the error of the last step.
        _ = unsafe sqlite3_reset(pointer)
        _ = unsafe sqlite3_clear_bindings(pointer)
        sharedText = nil
    }
}

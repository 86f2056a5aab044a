// SPDX-License-Identifier: Apache-2.0

import CSQLite

/// A text that statements read where it stands, so that one which several of them are given is copied once.
///
/// `@safe`: nobody else has the memory, and nothing is written to it once it is made.
@safe package struct SharedText {
    /// The count of bytes, and the bytes.
    let owner: ManagedBuffer<Int, UInt8>

    package init(_ text: String) {
        let bytes = text.utf8Span.span
        owner = .create(minimumCapacity: bytes.count) { _ in bytes.count }
        // Unsafe: as much is copied as room was made for, out of what is lent for the call.
        unsafe owner.withUnsafeMutablePointerToElements { memory in
            unsafe bytes.withUnsafeBufferPointer { bytes in
                guard let start = bytes.baseAddress else { return }
                unsafe memory.initialize(from: start, count: bytes.count)
            }
        }
    }

    /// Binds the text to the parameter at `index`. The statement keeps it for as long as it may be bound; of a second one, a copy.
    func bind(to statement: borrowing Statement, at index: Int32) throws(SQLiteError) {
        let isFirst = statement.prepared.sharedText == nil
        if isFirst { statement.prepared.sharedText = self }
        let result = unsafe owner.withUnsafeMutablePointers { count, memory in
            // Unsafe: SQLite copies the bytes before the call returns; or, without a destructor, reads them where they are, which is
            // where they stay as long as the statement has them.
            let text = unsafe UnsafeRawPointer(memory).assumingMemoryBound(to: CChar.self)
            return isFirst
                ? unsafe sqlite3_bind_text64(
                    statement.pointer, index, text, UInt64(count.pointee), nil, UInt8(SQLITE_UTF8))
                : unsafe csqlite_bind_text(statement.pointer, index, text, UInt64(count.pointee))
        }
        try statement.check(result)
    }
}

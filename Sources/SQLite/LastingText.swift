// SPDX-License-Identifier: Apache-2.0

import CSQLite

/// A text that statements read where it stands, so that one which several of them are given is copied once.
package final class LastingText: ManagedBuffer<Int, UInt8> {
    package static func of(_ text: String) -> LastingText {
        let bytes = text.utf8Span.span
        let made = create(minimumCapacity: bytes.count) { _ in bytes.count }
        // Unsafe: as much is copied as room was made for, out of what is lent for the call.
        unsafe made.withUnsafeMutablePointerToElements { memory in
            unsafe bytes.withUnsafeBufferPointer { bytes in
                guard let start = bytes.baseAddress else { return }
                unsafe memory.initialize(from: start, count: bytes.count)
            }
        }
        // Unsafe: `create` makes an object of the class it is called on.
        return unsafe unsafeDowncast(made, to: LastingText.self)
    }

    /// Binds the text to the parameter at `index`. The statement keeps it for as long as it may be bound; of a second one, a copy.
    func bind(to statement: borrowing Statement, at index: Int32) throws(SQLiteError) {
        let isFirst = statement.prepared.text == nil
        if isFirst { statement.prepared.text = self }
        let result = unsafe withUnsafeMutablePointers { count, memory in
            // Unsafe: SQLite copies the bytes before the call returns, or else they stay where they are: nothing changes them, and
            // the statement has them.
            let start = UnsafeRawPointer(memory)
            return isFirst
                ? unsafe csqlite_bind_lasting_text(statement.pointer, index, start, UInt64(count.pointee))
                : unsafe csqlite_bind_text(statement.pointer, index, start, UInt64(count.pointee))
        }
        try statement.check(result)
    }
}

// SPDX-License-Identifier: Apache-2.0

import CSQLite

/// What can stand for a parameter of a statement. A type of another room conforms by passing on to one of these.
package protocol Bindable {
    /// Binds the value to the parameter at `index`, counted from 1. What is bound is copied.
    func bind(to statement: borrowing Statement, at index: Int32) throws(SQLiteError)
}

extension String: Bindable {
    /// As text with its byte count, so that an embedded NUL does not end it.
    package func bind(to statement: borrowing Statement, at index: Int32) throws(SQLiteError) {
        var text = self
        let result = text.withUTF8 { utf8 in
            // Unsafe: SQLite copies the bytes before the call returns.
            unsafe csqlite_bind_text(statement.pointer, index, utf8.baseAddress, UInt64(utf8.count))
        }
        try statement.check(result)
    }
}

extension [UInt8]: Bindable {
    /// As a blob; an empty array is an empty blob, not NULL.
    package func bind(to statement: borrowing Statement, at index: Int32) throws(SQLiteError) {
        let result = unsafe withUnsafeBytes { bytes in
            // Unsafe: SQLite copies the bytes before the call returns.
            unsafe csqlite_bind_blob(statement.pointer, index, bytes.baseAddress, UInt64(bytes.count))
        }
        try statement.check(result)
    }
}

extension Int64: Bindable {
    package func bind(to statement: borrowing Statement, at index: Int32) throws(SQLiteError) {
        // Unsafe: the pointer lives as long as the statement.
        try statement.check(unsafe sqlite3_bind_int64(statement.pointer, index, self))
    }
}

extension Int: Bindable {
    package func bind(to statement: borrowing Statement, at index: Int32) throws(SQLiteError) {
        try Int64(self).bind(to: statement, at: index)
    }
}

extension Bool: Bindable {
    /// As 1 or 0: SQLite has no Boolean storage class.
    package func bind(to statement: borrowing Statement, at index: Int32) throws(SQLiteError) {
        try Int64(self ? 1 : 0).bind(to: statement, at: index)
    }
}

extension Double: Bindable {
    /// As a real; SQLite stores NaN as NULL.
    package func bind(to statement: borrowing Statement, at index: Int32) throws(SQLiteError) {
        // Unsafe: the pointer lives as long as the statement.
        try statement.check(unsafe sqlite3_bind_double(statement.pointer, index, self))
    }
}

extension Optional: Bindable where Wrapped: Bindable {
    package func bind(to statement: borrowing Statement, at index: Int32) throws(SQLiteError) {
        switch self {
        case .some(let value): try value.bind(to: statement, at: index)
        case .none: try statement.bindNull(index)
        }
    }
}

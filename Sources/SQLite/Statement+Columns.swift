// SPDX-License-Identifier: Apache-2.0

import CSQLite

/// The columns of the row the last step came to, counted from 0. Without a row, or outside the range, each reads as NULL.
///
/// Reading converts as SQLite does: NULL is 0 or empty to the readers that do not give an optional.
///
/// Unsafe throughout: the statement's pointer lives as long as the statement. What a column's pointer shows is copied or lent before
/// the statement is stepped or reset, and before that column is read as another type, which alone may move it.
extension Statement {
    package var columnCount: Int {
        unsafe Int(sqlite3_column_count(pointer))
    }

    package borrowing func isNull(_ column: Int32) -> Bool {
        unsafe sqlite3_column_type(pointer, column) == SQLITE_NULL
    }

    /// The text of the column; bytes that are not UTF-8 are replaced by U+FFFD.
    package borrowing func text(_ column: Int32) -> String {
        unsafe String(decoding: textBytes(column), as: UTF8.self)
    }

    package borrowing func optionalText(_ column: Int32) -> String? {
        isNull(column) ? nil : text(column)
    }

    /// The column's text, split at an ASCII character; empty pieces are left out.
    package borrowing func pieces(_ column: Int32, separator: UInt8) -> [String] {
        var pieces: [String] = []
        lendPieces(column, separator: separator) { piece in
            unsafe piece.withUnsafeBufferPointer { unsafe pieces.append(String(decoding: $0, as: UTF8.self)) }
        }
        return pieces
    }

    /// Lends the same one after the other, as the bytes stored.
    package borrowing func lendPieces(_ column: Int32, separator: UInt8, _ body: (Span<UInt8>) -> Void) {
        lendUTF8(column) { text in
            var start = 0
            for end in 0...text.count where end == text.count || text[end] == separator {
                if end > start { body(text.extracting(start..<end)) }
                start = end + 1
            }
        }
    }

    package borrowing func int(_ column: Int32) -> Int {
        unsafe Int(sqlite3_column_int64(pointer, column))
    }

    package borrowing func optionalInt(_ column: Int32) -> Int? {
        isNull(column) ? nil : int(column)
    }

    package borrowing func double(_ column: Int32) -> Double {
        unsafe sqlite3_column_double(pointer, column)
    }

    package borrowing func optionalDouble(_ column: Int32) -> Double? {
        isNull(column) ? nil : double(column)
    }

    /// Whether the column is a number other than 0.
    package borrowing func bool(_ column: Int32) -> Bool {
        int(column) != 0
    }

    package borrowing func blob(_ column: Int32) -> [UInt8] {
        unsafe Array(blobBytes(column))
    }

    /// The column in the storage class it has in this row.
    package borrowing func value(_ column: Int32) -> Value {
        switch unsafe sqlite3_column_type(pointer, column) {
        case SQLITE_INTEGER: .integer(Int64(int(column)))
        case SQLITE_FLOAT: .real(double(column))
        case SQLITE_TEXT: .text(text(column))
        case SQLITE_BLOB: .blob(blob(column))
        default: .null
        }
    }

    /// Lends the column's text as the bytes stored, without a copy; they are UTF-8 if what was written was.
    package borrowing func withUTF8<Result, Failure: Error>(
        _ column: Int32, _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let bytes = unsafe textBytes(column)
        return try unsafe body(bytes.span)
    }

    /// The same for a body that gives nothing back, which another module's call of a generic function takes longer for.
    package borrowing func lendUTF8(_ column: Int32, _ body: (Span<UInt8>) throws -> Void) rethrows {
        try unsafe body(textBytes(column).span)
    }

    /// Lends the texts of two columns at once: each has a value of its own, which reading the other does not touch.
    package borrowing func lendUTF8(
        _ first: Int32, _ second: Int32, _ body: (Span<UInt8>, Span<UInt8>) throws -> Void
    ) rethrows {
        let bytes = unsafe textBytes(first)
        try unsafe body(bytes.span, textBytes(second).span)
    }

    private borrowing func textBytes(_ column: Int32) -> UnsafeBufferPointer<UInt8> {
        // In this order: sqlite3_column_text may convert, and the count is of the converted text.
        guard let start = unsafe sqlite3_column_text(pointer, column) else {
            return unsafe UnsafeBufferPointer(start: nil, count: 0)
        }
        return unsafe UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, column)))
    }

    private borrowing func blobBytes(_ column: Int32) -> UnsafeBufferPointer<UInt8> {
        guard let start = unsafe sqlite3_column_blob(pointer, column) else {
            return unsafe UnsafeBufferPointer(start: nil, count: 0)
        }
        let count = unsafe Int(sqlite3_column_bytes(pointer, column))
        return unsafe UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: count)
    }
}

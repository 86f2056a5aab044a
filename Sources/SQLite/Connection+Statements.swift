// SPDX-License-Identifier: Apache-2.0

import CSQLite

extension Connection {
    /// Lends the prepared form of one SQL statement. The same SQL asked for again gets the same prepared form, or a fresh
    /// one while that is on loan.
    package func prepare(_ sql: String) throws(SQLiteError) -> Statement {
        let known = cache.statement(for: sql)
        if let known, !known.isLent { return lend(known) }
        let bytes = Array(sql.utf8) + [0]
        let (compiled, end) = try compile(bytes, from: 0, as: sql, isCached: known == nil)
        guard let compiled else {
            throw SQLiteError(code: .misuse, message: "there is no statement", sql: sql)
        }
        guard bytes[end...].dropLast().allSatisfy({ [0x20, 0x09, 0x0A, 0x0D, 0x3B].contains($0) }) else {
            throw SQLiteError(code: .misuse, message: "there is more after the first statement", sql: sql)
        }
        // Marked as lent before it is kept, so that it is not the one to leave for want of room.
        let statement = lend(compiled)
        if compiled.isCached { cache.insert(compiled) }
        return statement
    }

    /// Runs one statement with these values to its end, passing over rows.
    package func run(_ sql: String, _ values: Value...) throws(SQLiteError) {
        let statement = try prepare(sql)
        try statement.bind(all: values)
        try statement.run()
    }

    /// The first column of the first row; nil when there is no row.
    package func scalar(_ sql: String, _ values: Value...) throws(SQLiteError) -> Value? {
        let statement = try prepare(sql)
        try statement.bind(all: values)
        return try statement.step() ? statement.value(0) : nil
    }

    /// Runs a script of any number of statements, none of which is kept. Rows are passed over.
    ///
    /// What ran before a failure stays done, unless a transaction is open around the script.
    package func execute(_ script: String) throws(SQLiteError) {
        let bytes = Array(script.utf8) + [0]
        var start = 0
        while start < bytes.count - 1 {
            let (compiled, end) = try compile(bytes, from: start, isCached: false)
            guard end > start else {
                throw SQLiteError(code: .misuse, message: "there is a NUL at byte \(start) of the script")
            }
            if let compiled { try lend(compiled).run() }
            start = end
        }
    }

    /// Ends a loan; called by the statement as it goes.
    func takeBack(_ prepared: PreparedStatement) {
        prepared.clear()
        prepared.isLent = false
        lentCount -= 1
    }

    /// Compiles the first statement from `start` on; it is nil where only white space or a comment is left.
    ///
    /// - Parameters:
    ///   - bytes: SQL with a NUL at its end, which spares SQLite a copy of all that is left.
    ///   - asked: the SQL as it was asked for, under which the statement is kept; without it, the statement's own part.
    /// - Returns: the statement and where the next one starts.
    private func compile(
        _ bytes: [UInt8], from start: Int, as asked: String? = nil, isCached: Bool
    ) throws(SQLiteError) -> (PreparedStatement?, end: Int) {
        let excerpt = String(decoding: bytes[start...].dropLast().prefix(1000), as: UTF8.self)
        guard let count = Int32(exactly: bytes.count - start) else {
            throw SQLiteError(code: .tooBig, message: "the SQL is too long", sql: excerpt)
        }
        var compiled: OpaquePointer?
        var end = start
        let flags = UInt32(isCached ? SQLITE_PREPARE_PERSISTENT : 0)
        // Unsafe: SQLite reads `count` bytes from `start`, all inside the array, and its tail points into them.
        let result = unsafe bytes.withUnsafeBytes { buffer in
            let text = unsafe buffer.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self)
            var tail: UnsafePointer<CChar>?
            let result = unsafe sqlite3_prepare_v3(database.pointer, text, count, flags, &compiled, &tail)
            if let text = unsafe text, let tail = unsafe tail { end = unsafe start + (tail - text) }
            return result
        }
        guard result == SQLITE_OK else { throw failure(sql: excerpt) }
        guard let pointer = unsafe compiled else { return (nil, end) }
        let sql = asked ?? String(decoding: bytes[start..<min(end, bytes.count - 1)], as: UTF8.self)
        return unsafe (PreparedStatement(adopting: pointer, sql: sql, isCached: isCached), end)
    }
}

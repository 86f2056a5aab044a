// SPDX-License-Identifier: Apache-2.0

/// What SQLite refused, and where. Bound values are never part of it, so it may be logged.
package struct SQLiteError: Error, Hashable, Sendable {
    /// The extended result code.
    package let code: ResultCode

    /// SQLite's message, or ours where SQLite has none to give.
    package let message: String

    /// The SQL that failed, where some did.
    package let sql: String?

    /// Whether the statement was cut short because its time was up (`Connection.withDeadline`), not by an interrupt.
    package let isDeadline: Bool

    package init(code: ResultCode, message: String, sql: String? = nil, isDeadline: Bool = false) {
        self.code = code
        self.message = message
        self.sql = sql
        self.isDeadline = isDeadline
    }
}

extension SQLiteError: CustomStringConvertible {
    /// One line: code, message and the start of the SQL with its white space folded.
    package var description: String {
        guard let sql else { return "\(code): \(message)" }
        let words = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let shown = words.count > 200 ? words.prefix(200) + "…" : words[...]
        return "\(code): \(message), in: \(shown)"
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import SQLite

/// SQL put together of parts, with the values of its parameters in their order. What stands between the parentheses of `\(…)` is
/// bound, never read as SQL, unless it is SQL itself or said to be a name (`init(verbatim:)` reads a text of the program's own as SQL):
///
/// ```swift
/// let page: SQL = "SELECT id FROM \(name: Event.table) WHERE kind = \(kind) ORDER BY id LIMIT \(limit)"
/// let rows = try page.prepare(on: connection)
/// ```
///
/// Gathered as bytes: a `String` takes three times as many steps for each part, and a page's statements have a hundred.
struct SQL: ExpressibleByStringInterpolation {
    fileprivate var bytes: [UInt8]
    fileprivate(set) var values: [Value]

    init(stringLiteral literal: String) { self.init(verbatim: literal) }

    /// A text of the program's own, never of a client's.
    init(verbatim text: String) { (bytes, values) = (Array(text.utf8), []) }

    init(stringInterpolation parts: StringInterpolation) { self = parts.sql }

    /// With room for what will be added.
    fileprivate init(bytes: Int, values: Int = 0) {
        (self.bytes, self.values) = ([], [])
        self.bytes.reserveCapacity(bytes)
        if values > 0 { self.values.reserveCapacity(values) }
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    static func += (sql: inout SQL, more: SQL) {
        sql.bytes += more.bytes
        sql.values += more.values
    }

    func prepare(on connection: Connection) throws -> SQLite.Statement {
        let statement = try connection.prepare(text)
        try statement.bind(all: values)
        return statement
    }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var sql: SQL

        init(literalCapacity: Int, interpolationCount: Int) {
            // Most parts are names and values, and the rest conditions, several of which fit into this.
            sql = SQL(bytes: literalCapacity + 96 * interpolationCount)
        }

        mutating func appendLiteral(_ literal: String) { sql.bytes += literal.utf8 }
        mutating func appendInterpolation(_ part: SQL) { sql += part }

        /// A table or column of the program's own.
        mutating func appendInterpolation(name: String) { sql.bytes += name.utf8 }

        mutating func appendInterpolation(_ value: Value) {
            sql.bytes.append(UInt8(ascii: "?"))
            sql.values.append(value)
        }

        mutating func appendInterpolation(_ text: String) { appendInterpolation(.text(text)) }
        mutating func appendInterpolation(_ number: Int) { appendInterpolation(.integer(Int64(number))) }
        mutating func appendInterpolation(_ number: Int32) { appendInterpolation(.integer(Int64(number))) }

        /// A set, as the JSON array that `json_each` reads: one parameter, however many a client asks for.
        mutating func appendInterpolation(each values: [String]) {
            appendInterpolation("(SELECT value FROM json_each(\(jsonArray(values))))" as SQL)
        }
        mutating func appendInterpolation(each terms: [ListTerm]) {
            appendInterpolation("(SELECT value FROM json_each(\(jsonArray(terms.map(\.number)))))" as SQL)
        }

        /// Columns of `t`, with commas between them, each followed by a word such as `DESC`.
        mutating func appendInterpolation(columns: [String], _ word: StaticString = "") {
            for (index, column) in columns.enumerated() {
                appendLiteral(index == 0 ? "t." : ", t.")
                appendInterpolation(name: column)
                appendLiteral(word.description)
            }
        }
    }
}

extension [SQL] {
    /// All of them, with this between them.
    func joined(by separator: StaticString) -> SQL { joined(after: "", by: separator) }

    /// What they all require, as a clause of its own with a space before it; empty where there is nothing.
    var whereClause: SQL { isEmpty ? "" : joined(after: " WHERE ", by: " AND ") }

    private func joined(after beginning: StaticString, by separator: StaticString) -> SQL {
        var all = SQL(
            bytes: reduce(beginning.utf8CodeUnitCount) { $0 + $1.bytes.count + separator.utf8CodeUnitCount },
            values: reduce(0) { $0 + $1.values.count })
        all.bytes += beginning.description.utf8
        for (index, part) in enumerated() {
            if index > 0 { all.bytes += separator.description.utf8 }
            all += part
        }
        return all
    }
}

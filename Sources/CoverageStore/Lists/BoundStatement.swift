// SPDX-License-Identifier: Apache-2.0

internal import SQLite

/// SQL with the values of its parameters.
struct BoundStatement {
    let sql: String
    let values: [Value]

    func prepare(on connection: Connection) throws -> SQLite.Statement {
        let statement = try connection.prepare(sql)
        try statement.bind(all: values)
        return statement
    }
}

/// The values of a statement under construction.
struct BoundValues {
    private(set) var all: [Value]

    init(_ all: [Value] = []) {
        self.all = all
    }

    /// - Returns: the parameter that stands for the value.
    mutating func bind(_ value: Value) -> String {
        all.append(value)
        return "?\(all.count)"
    }

    mutating func bind(_ text: String) -> String { bind(.text(text)) }
    mutating func bind(_ number: Int) -> String { bind(.integer(Int64(number))) }
    /// Binds a set as the JSON array that `json_each` reads.
    mutating func bind(each values: [String]) -> String { "(SELECT value FROM json_each(\(bind(jsonArray(values)))))" }
    mutating func bind(each terms: [ListTerm]) -> String {
        "(SELECT value FROM json_each(\(bind("[\(terms.map { "\($0.number)" }.joined(separator: ","))]"))))"
    }
}

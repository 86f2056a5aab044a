// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// The numbers of terms, kept in the memory of the connection that writes them from one transaction to the next: a record has some
/// twenty terms, nearly all of which others have too.
final class TermNumbers {
    /// How many are kept.
    private static let capacity = 20_000

    /// Nil where there is no such term.
    private var known: [FactType: [ListedRecord.FieldValue: Int?]] = [:]
    private var count = 0
    /// The number of the next new term; nil where it is not known.
    private var next: Int?

    /// Those that this connection knows. It forgets them with whatever is undone on it.
    static func of(_ connection: Connection) -> TermNumbers {
        if let known = connection.memory as? TermNumbers { return known }
        let numbers = TermNumbers()
        connection.memory = numbers
        return numbers
    }

    /// To be called after terms were deleted, since their numbers are given out again.
    func forget() {
        (known, count, next) = ([:], 0, nil)
    }

    /// The number of a value's term; nil where no record has it.
    func number(of value: ListedRecord.FieldValue, type: FactType, on connection: Connection) throws -> Int? {
        if let number = known[type]?[value] { return number }
        let row = try connection.prepare("SELECT number FROM terms WHERE type = ? AND field = ? AND value = ?")
        try row.bind(1, type.rawValue)
        try row.bind(2, value.field)
        try row.bind(3, value.value)
        return keep(try row.step() ? row.int(0) : nil, of: value, type)
    }

    /// The same, the term being made where there is none.
    func makeNumber(of value: ListedRecord.FieldValue, type: FactType, on connection: Connection) throws -> Int {
        if let number = try number(of: value, type: type, on: connection) { return number }
        let number = try next ?? unused(on: connection)
        try connection.run(
            "INSERT INTO terms (number, type, field, value, records) VALUES (?, ?, ?, ?, 0)", .integer(Int64(number)),
            .text(type.rawValue), .text(value.field), .text(value.value))
        next = number + 1
        _ = keep(number, of: value, type)
        return number
    }

    private func unused(on connection: Connection) throws -> Int {
        let row = try connection.prepare("SELECT coalesce(max(number), 0) + 1 FROM terms")
        return try row.step() ? row.int(0) : 1
    }

    private func keep(_ number: Int?, of value: ListedRecord.FieldValue, _ type: FactType) -> Int? {
        if count >= Self.capacity { (known, count) = ([:], 0) }
        known[type, default: [:]][value] = .some(number)
        count += 1
        return number
    }
}

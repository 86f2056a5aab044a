// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// What a record is found by in a search.
enum SearchDocument {
    /// - Parameter isNew: whether there is none of the record yet.
    static func write(_ record: some StoredFact, isNew: Bool, on connection: Connection) throws {
        let reference = record.reference
        let texts = record.searchText.filter { $0.member != "aliases" }
        let number = try write(
            members: texts.map(\.member).joined(separator: "\n"), of: reference, isNew: isNew, on: connection)
        if !isNew { try connection.run("DELETE FROM search WHERE rowid = ?", .integer(Int64(number))) }
        try connection.run(
            "INSERT INTO search (rowid, name, aliases, body) VALUES (?, ?, ?, ?)", .integer(Int64(number)),
            .text(record.name), .text(record.aliases.joined(separator: "\n")),
            .text(texts.map(\.text).joined(separator: "\n")))
    }

    /// - Returns: the number of the record's row in `documents`, which is made where there is none.
    private static func write(
        members: String, of reference: Reference, isNew: Bool, on connection: Connection
    ) throws -> Int {
        if !isNew, let number = try number(of: reference, on: connection) {
            try connection.run(
                "UPDATE documents SET members = ? WHERE number = ?", .text(members), .integer(Int64(number)))
            return number
        }
        try connection.run(
            "INSERT INTO documents (type, id, members) VALUES (?, ?, ?)", .text(reference.type.rawValue),
            .text(reference.id), .text(members))
        return Int(connection.lastInsertRowID)
    }

    static func delete(_ reference: Reference, on connection: Connection) throws {
        guard let number = try number(of: reference, on: connection) else { return }
        // The number may be another's one day.
        try connection.run("DELETE FROM fingerprints WHERE document = ?", .integer(Int64(number)))
        try connection.run("DELETE FROM search WHERE rowid = ?", .integer(Int64(number)))
        try connection.run("DELETE FROM documents WHERE number = ?", .integer(Int64(number)))
    }

    static func number(of reference: Reference, on connection: Connection) throws -> Int? {
        let row = try connection.prepare("SELECT number FROM documents WHERE type = ? AND id = ?")
        try row.bind(1, reference.type.rawValue)
        try row.bind(2, reference.id)
        return try row.step() ? row.int(0) : nil
    }
}

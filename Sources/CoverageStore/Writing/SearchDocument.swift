// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// What a record is found by in a search.
enum SearchDocument {
    /// - Parameter isNew: whether there is none of the record yet.
    static func write(_ record: some StoredFact, isNew: Bool, on connection: Connection) throws {
        let reference = record.reference
        let texts = record.searchText.filter { $0.member != "aliases" }
        let row = try connection.prepare(
            """
            INSERT INTO documents (type, id, members) VALUES (?, ?, ?)
            ON CONFLICT (type, id) DO UPDATE SET members = excluded.members RETURNING number
            """)
        try row.bind(1, reference.type.rawValue)
        try row.bind(2, reference.id)
        try row.bind(3, texts.map(\.member).joined(separator: "\n"))
        guard try row.step() else {
            throw LostRow(description: "'\(reference.id)' has no search document")
        }
        let number = row.int(0)
        try row.run()
        if !isNew { try connection.run("DELETE FROM search WHERE rowid = ?", .integer(Int64(number))) }
        try connection.run(
            "INSERT INTO search (rowid, name, aliases, body) VALUES (?, ?, ?, ?)", .integer(Int64(number)),
            .text(record.name), .text(record.aliases.joined(separator: "\n")),
            .text(texts.map(\.text).joined(separator: "\n")))
    }

    static func delete(_ reference: Reference, on connection: Connection) throws {
        guard let number = try number(of: reference, on: connection) else { return }
        try connection.run("DELETE FROM search WHERE rowid = ?", .integer(Int64(number)))
        try connection.run("DELETE FROM documents WHERE number = ?", .integer(Int64(number)))
    }

    private static func number(of reference: Reference, on connection: Connection) throws -> Int? {
        let row = try connection.prepare("SELECT number FROM documents WHERE type = ? AND id = ?")
        try row.bind(1, reference.type.rawValue)
        try row.bind(2, reference.id)
        return try row.step() ? row.int(0) : nil
    }
}

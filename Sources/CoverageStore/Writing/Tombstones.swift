// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// What is left of deleted records.
enum Tombstones {
    static func set(
        _ reference: Reference, revision: Int, at time: String, replacedBy: String?, on connection: Connection
    ) throws {
        let row = try connection.prepare(
            "INSERT INTO tombstones (type, id, revision, at, replaced_by) VALUES (?, ?, ?, ?, ?)")
        try row.bind(1, reference.type.rawValue)
        try row.bind(2, reference.id)
        try row.bind(3, revision)
        try row.bind(4, time)
        try row.bind(5, replacedBy)
        try row.run()
    }

    /// Takes a record's tombstone away, if there is one.
    /// - Returns: the last revision it had; 0 when it never was.
    static func lift(_ reference: Reference, on connection: Connection) throws -> Int {
        let row = try connection.prepare("SELECT revision FROM tombstones WHERE type = ? AND id = ?")
        try row.bind(1, reference.type.rawValue)
        try row.bind(2, reference.id)
        guard try row.step() else { return 0 }
        let revision = row.int(0)
        try connection.run(
            "DELETE FROM tombstones WHERE type = ? AND id = ?", .text(reference.type.rawValue), .text(reference.id))
        return revision
    }
}

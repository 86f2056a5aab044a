// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// Which seeds are loaded: what an editor has changed since it was seeded stays as it is, unless the seeds are to win.
struct SeedChoice {
    private let connection: Connection
    private let force: Bool
    private(set) var kept: [FactType: Int] = [:]
    /// Kept, although their seeds have changed too.
    private(set) var conflicts: [Reference] = []

    init(connection: Connection, force: Bool) {
        self.connection = connection
        self.force = force
    }

    mutating func toLoad<Record: ReadableFact>(_ records: [Placed<Record>]) throws -> [Placed<Record>] {
        if force { return records }
        let history = History(connection: connection)
        return try records.filter { placed in
            let record = placed.record
            guard try history.isEdited(record.reference) else { return true }
            if try Reader(connection).record(record.id, of: Record.self)?.value == record { return true }
            kept[Record.type, default: 0] += 1
            if try history.lastSeeded(record.id, of: Record.self) != record { conflicts.append(record.reference) }
            return false
        }
    }
}

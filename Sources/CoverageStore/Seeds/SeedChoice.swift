// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// Which seeds are loaded: what an editor has changed since it was seeded stays as it is, unless the seeds are to win, and with it
/// whatever of the seeds cannot be beside it.
struct SeedChoice {
    private let connection: Connection
    private let reader: Reader
    private let force: Bool
    private(set) var kept: [FactType: Int] = [:]
    /// Kept, although their seeds have changed too.
    private(set) var conflicts: [Reference] = []
    /// What the seeds have and the database will not.
    private(set) var absent: Set<Reference> = []
    /// The variants of statements that are kept as they are.
    private var keptVariants: [Reference: [Reference]] = [:]

    init(connection: Connection, force: Bool) {
        self.connection = connection
        self.force = force
        reader = Reader(connection)
    }

    /// Leaves out what an editor has changed or deleted.
    mutating func toLoad<Record: ReadableFact>(_ records: [Placed<Record>]) throws -> [Placed<Record>] {
        if force { return records }
        let history = History(connection: connection)
        return try records.filter { placed in
            let record = placed.record
            guard try history.isEdited(record.reference) else { return true }
            let present = try reader.record(record.id, of: Record.self)
            if present?.value == record { return true }
            keep(record.reference, isThere: present != nil)
            if let statement = present?.value as? Coverage.Statement {
                keptVariants[statement.reference] = statement.variants
            }
            if try history.lastSeeded(record.id, of: Record.self) != record { conflicts.append(record.reference) }
            return false
        }
    }

    /// Leaves out what points at records that an editor has deleted, or is no more a variant of one that an editor has changed.
    /// Others may point at these in turn, so that this is done until nothing more is left out.
    mutating func withoutLost<Record: ReadableFact>(_ records: [Placed<Record>]) throws -> [Placed<Record>] {
        if absent.isEmpty, keptVariants.isEmpty { return records }
        return try records.filter { placed in
            let reference = placed.record.reference
            guard isLost(placed.record) else { return true }
            keep(reference, isThere: try reader.has(reference.id, of: reference.type))
            conflicts.append(reference)
            return false
        }
    }

    private func isLost<Record: ReadableFact>(_ record: Record) -> Bool {
        let citations = record.evidence + record.partEvidence.flatMap(\.citations)
        let targets = record.references.map(\.reference) + citations.map(\.article)
        if targets.contains(where: absent.contains) { return true }
        guard let statement = record as? Coverage.Statement else { return false }
        return keptVariants.contains { other, variants in
            variants.contains(statement.reference) != statement.variants.contains(other)
        }
    }

    private mutating func keep(_ reference: Reference, isThere: Bool) {
        kept[reference.type, default: 0] += 1
        if !isThere { absent.insert(reference) }
    }
}

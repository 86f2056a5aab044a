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

    /// What may be left out.
    enum Kind {
        /// What an editor has changed or deleted.
        case edited
        /// What points at records that an editor has deleted, or is no more a variant of one that is kept.
        case lost
    }

    mutating func without<Record: ReadableFact>(_ kind: Kind, _ records: [Placed<Record>]) throws -> [Placed<Record>] {
        switch kind {
        case .edited: force ? records : try records.filter { try !keepIfEdited($0.record) }
        case .lost: absent.isEmpty && keptVariants.isEmpty ? records : try records.filter { try !keepIfLost($0.record) }
        }
    }

    private mutating func keepIfEdited<Record: ReadableFact>(_ record: Record) throws -> Bool {
        let history = History(connection: connection)
        guard try history.isEdited(record.reference) else { return false }
        let present = try reader.record(record.id, of: Record.self)?.value
        if present == record { return false }
        keep(record.reference, as: present)
        if try history.lastSeeded(record.id, of: Record.self) != record { conflicts.append(record.reference) }
        return true
    }

    private mutating func keepIfLost<Record: ReadableFact>(_ record: Record) throws -> Bool {
        guard isLost(record) else { return false }
        keep(record.reference, as: try reader.record(record.id, of: Record.self)?.value)
        conflicts.append(record.reference)
        return true
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

    private mutating func keep<Record: ReadableFact>(_ reference: Reference, as present: Record?) {
        kept[reference.type, default: 0] += 1
        if present == nil { absent.insert(reference) }
        if let statement = present as? Coverage.Statement { keptVariants[reference] = statement.variants }
    }
}

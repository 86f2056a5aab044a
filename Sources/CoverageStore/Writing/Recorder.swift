// SPDX-License-Identifier: Apache-2.0

package import Coverage
package import SQLite

/// Writes records within the writer's transaction: the row, its citations, its aliases, its search document and its
/// entry in the log of changes always move together.
package struct Recorder {
    package let connection: Connection
    /// RFC 3339, UTC.
    package let time: String
    private let lists: ListWriter
    private let changesKept: Int

    package enum Outcome: Sendable, Equatable {
        case created, updated, unchanged
    }

    /// - Parameter changesKept: how many entries the log of changes has at most; 0 sets no limit.
    package init(_ connection: Connection, at time: String, changesKept: Int = 0) {
        self.connection = connection
        self.time = time
        self.changesKept = changesKept
        lists = ListWriter(connection)
    }

    /// Ends the work of one transaction: brings the lists up to what was recorded in it, and forgets the oldest changes.
    package func finish() throws {
        try lists.settle()
        try ChangeLog.trim(to: changesKept, on: connection)
    }

    /// Makes the database hold this record. What it holds already is left alone.
    package func record<Record: StoredFact>(_ record: Record) throws -> Outcome {
        let existing = try Record.load(Batch([record.id]), from: connection).first
        if let existing, existing.value == record { return .unchanged }
        let revision = (existing?.revision ?? 0) + 1
        let place = existing == nil ? nil : try ListPlace.load(record.id, of: Record.self, from: connection)
        try record.write(revision: revision, at: time, to: connection)
        try Aliases.replace(record.aliases, of: record.reference, on: connection)
        try replaceCitations(of: record)
        try index(record)
        lists.note(record, since: existing?.value, at: place)
        try log(record.reference, existing == nil ? .created : .updated, revision: revision)
        return existing == nil ? .created : .updated
    }

    private func replaceCitations(of record: some StoredFact) throws {
        let type = record.reference.type.rawValue
        try connection.run("DELETE FROM citations WHERE type = ? AND id = ?", .text(type), .text(record.id))
        for (part, citations) in [("", record.evidence)] + record.partEvidence {
            for (position, citation) in citations.enumerated() {
                // The paragraph's digest today is what the citation will be held against.
                let insertion = try connection.prepare(
                    """
                    INSERT INTO citations (type, id, part, position, article_id, paragraph, digest, anchors, status)
                    SELECT ?, ?, ?, ?, p.article_id, p.number, p.digest, ?, ? FROM paragraphs AS p
                    WHERE p.article_id = ? AND p.number = ?
                    """)
                try insertion.bind(1, type)
                try insertion.bind(2, record.id)
                try insertion.bind(3, part)
                try insertion.bind(4, position)
                try insertion.bind(5, Anchors.join(citation.anchors))
                try insertion.bind(6, citation.status?.rawValue)
                try insertion.bind(7, citation.article.id)
                try insertion.bind(8, citation.paragraph)
                try insertion.run()
                guard connection.changes == 1 else {
                    throw LostRow(
                        description:
                            "'\(record.id)' cites paragraph \(citation.paragraph) of '\(citation.article.id)', which is not there"
                    )
                }
            }
        }
    }

    private func index(_ record: some StoredFact) throws {
        let reference = record.reference
        let texts = record.searchText.filter { $0.member != "aliases" }
        try connection.run(
            """
            INSERT INTO documents (type, id, members) VALUES (?, ?, ?)
            ON CONFLICT (type, id) DO UPDATE SET members = excluded.members
            """,
            .text(reference.type.rawValue), .text(reference.id), .text(texts.map(\.member).joined(separator: "\n")))
        let lookup = try connection.prepare("SELECT number FROM documents WHERE type = ? AND id = ?")
        try lookup.bind(1, reference.type.rawValue)
        try lookup.bind(2, reference.id)
        guard try lookup.step() else { throw LostRow(description: "'\(reference.id)' has no search document") }
        let number = Value.integer(Int64(lookup.int(0)))
        try connection.run("DELETE FROM search WHERE rowid = ?", number)
        try connection.run(
            "INSERT INTO search (rowid, name, aliases, body) VALUES (?, ?, ?, ?)", number, .text(record.name),
            .text(record.aliases.joined(separator: "\n")), .text(texts.map(\.text).joined(separator: "\n")))
    }

    /// Makes a new revision of a record of which something was changed that is not in its own row.
    func touch(_ reference: Reference, in table: String) throws {
        let row = try connection.prepare(
            "UPDATE \(table) SET revision = revision + 1, updated_at = ? WHERE id = ? RETURNING revision")
        try row.bind(1, time)
        try row.bind(2, reference.id)
        guard try row.step() else { throw LostRow(description: "there is no row of '\(reference.id)' in \(table)") }
        let revision = row.int(0)
        try row.run()
        try log(reference, .updated, revision: revision)
    }

    package enum Change: String, Sendable {
        case created, updated, deleted
    }

    /// Numbers the change from the one counter, in the transaction that makes it.
    package func log(_ reference: Reference, _ change: Change, revision: Int) throws {
        try connection.run("UPDATE counters SET value = value + 1 WHERE name = 'change'")
        let entry = try connection.prepare(
            """
            INSERT INTO changes (number, type, id, change, revision, at)
            SELECT value, ?, ?, ?, ?, ? FROM counters WHERE name = 'change'
            """)
        try entry.bind(1, reference.type.rawValue)
        try entry.bind(2, reference.id)
        try entry.bind(3, change.rawValue)
        try entry.bind(4, revision)
        try entry.bind(5, time)
        try entry.run()
    }
}

/// A row that had to be there was not: nothing of the job is kept.
struct LostRow: Error, CustomStringConvertible {
    let description: String
}

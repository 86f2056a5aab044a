// SPDX-License-Identifier: Apache-2.0

package import Coverage
package import SQLite

/// Writes records within the writer's transaction: the row, its citations, its aliases, its search document, its place in
/// lists, its history and its entry in the log of changes always move together.
package final class Recorder {
    package enum Outcome: Sendable, Equatable {
        case created, updated, unchanged
    }

    package enum Change: String, Sendable {
        case created, updated, deleted
    }

    package let connection: Connection
    /// RFC 3339, UTC.
    package let time: String
    /// The names that texts are searched for.
    let names: NameCache
    private let origin: Origin
    private let author: Author
    private let lists: ListWriter
    private var deletedArticles = DeletedArticles()
    private let changesKept: Int
    private var audit: Int?
    private var firstRevision: Int?
    private var noted: [FactType: [History.Noted]] = [:]

    /// - Parameter changesKept: how many entries the log of changes has at most; 0 sets no limit.
    package init(
        _ connection: Connection, origin: Origin, author: Author, at time: String = Timestamp.now(),
        changesKept: Int = 0, names: NameCache = NameCache()
    ) {
        self.names = names
        self.connection = connection
        self.time = time
        self.origin = origin
        self.author = author
        self.changesKept = changesKept
        lists = ListWriter(connection)
    }

    /// Ends the work of one transaction: brings proposals, lists and history up to what was recorded in it, and forgets the
    /// oldest entries of the log.
    /// - Returns: what editors have written, each a `Stored` of its type. Of seeds and imports there may be too many to keep.
    @discardableResult
    package func finish() throws -> [Reference: any Sendable] {
        try deletedArticles.settle(proposals, names)
        try lists.settle()
        var written: [Reference: any Sendable] = [:]
        for (type, changes) in noted { try note(changes, of: type.record, &written) }
        noted = [:]
        try ChangeLog.trim(to: changesKept, on: connection)
        return written
    }

    private var proposals: ProposalStore { ProposalStore(connection, at: time) }

    private func note<Record: EditableFact>(
        _ changes: [History.Noted], of type: Record.Type, _ written: inout [Reference: any Sendable]
    ) throws {
        try History(connection: connection).note(changes, of: type) { record in
            if origin == .editor { written[record.value.reference] = record }
        }
    }

    /// Makes the database hold this record. What it holds already is left alone; what was deleted comes back.
    /// - Returns: what was done, and the revision that the record is at now.
    package func record<Record: StoredFact>(_ record: Record) throws -> (outcome: Outcome, revision: Int) {
        try self.record(record, over: Record.load(Batch([record.id]), from: connection).first)
    }

    /// - Parameter existing: the record as the database holds it; nil when it does not.
    func record<Record: StoredFact>(
        _ record: Record, over existing: Stored<Record>?
    ) throws -> (outcome: Outcome, revision: Int) {
        if let existing, existing.value == record { return (.unchanged, existing.revision) }
        return try rewrite(record, over: existing)
    }

    /// The same even where the record is as it was: what follows from it may be another now.
    @discardableResult
    func rewrite<Record: StoredFact>(
        _ record: Record, over existing: Stored<Record>?
    ) throws -> (outcome: Outcome, revision: Int) {
        let last = try existing?.revision ?? Tombstones.lift(record.reference, on: connection)
        let revision = try next(after: last)
        if existing == nil, last > 0 { try proposals.noteFate(of: record.reference) }
        let isNew = existing == nil
        let place = isNew ? nil : try ListPlace.load(record.id, of: Record.self, from: connection)
        try record.write(isNew: isNew, revision: revision, at: time, to: connection)
        try Aliases.write(record.aliases, of: record.reference, isNew: isNew, on: connection)
        try writeCitations(of: record, isNew: isNew)
        try SearchDocument.write(record, isNew: isNew, on: connection)
        lists.note(record, since: existing?.value, at: place)
        try log(record.reference, isNew ? .created : .updated, revision: revision)
        return (isNew ? .created : .updated, revision)
    }

    /// The revision that follows another, which no state of the record has had: in a restored database one beyond all that were
    /// given out before.
    private func next(after revision: Int) throws -> Int {
        if firstRevision == nil { firstRevision = try Restore.firstRevision(on: connection) }
        return max(revision + 1, firstRevision ?? 1)
    }

    /// Deletes a record that nothing refers to any more.
    /// - Returns: the revision that its end is.
    func delete<Record: StoredFact>(_ record: Stored<Record>, replacedBy: String?) throws -> Int {
        let reference = record.value.reference
        let revision = try next(after: record.revision)
        if reference.type == .article { try deletedArticles.take(reference.id, proposals) }
        try lists.remove(record.value)
        try SearchDocument.delete(reference, on: connection)
        try RecordTable.delete(reference, on: connection)
        try proposals.noteFate(of: reference)
        try Tombstones.set(reference, revision: revision, at: time, replacedBy: replacedBy, on: connection)
        try log(reference, .deleted, revision: revision)
        return revision
    }

    /// Where a citation stands keeps the digest that it was made with: to write something else of the record is not to have read
    /// the paragraph again. A new one is held against the paragraph as it is today.
    private func writeCitations(of record: some StoredFact, isNew: Bool) throws {
        let type = record.reference.type.rawValue
        let digests = isNew ? [:] : try citedDigests(of: record.reference)
        if !isNew {
            try connection.run("DELETE FROM citations WHERE type = ? AND id = ?", .text(type), .text(record.id))
        }
        for (part, citations) in [("", record.evidence)] + record.partEvidence {
            for (position, citation) in citations.enumerated() {
                let present = try digest(of: citation, in: record.id)
                let insertion = try connection.prepare(
                    """
                    INSERT INTO citations (type, id, part, position, article_id, paragraph, digest, anchors, status)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """)
                let anchors = Anchors.join(citation.anchors)
                let cited = Cited(citation.article.id, citation.paragraph, anchors, citation.status?.rawValue)
                try insertion.bind(1, type)
                try insertion.bind(2, record.id)
                try insertion.bind(3, part)
                try insertion.bind(4, position)
                try insertion.bind(5, citation.article.id)
                try insertion.bind(6, citation.paragraph)
                try insertion.bind(7, digests[cited] ?? present)
                try insertion.bind(8, anchors)
                try insertion.bind(9, citation.status?.rawValue)
                try insertion.run()
            }
        }
    }

    /// The digest of the paragraph that is cited, as it is today.
    private func digest(of citation: Citation, in record: String) throws -> String {
        let row = try connection.prepare("SELECT digest FROM paragraphs WHERE article_id = ? AND number = ?")
        try row.bind(1, citation.article.id)
        try row.bind(2, citation.paragraph)
        guard try row.step() else {
            throw LostRow(
                description:
                    "'\(record)' cites paragraph \(citation.paragraph) of '\(citation.article.id)', which is not there")
        }
        return row.text(0)
    }

    /// What a record cites: with other anchors or for another status it is cited anew.
    private struct Cited: Hashable {
        let article: String
        let paragraph: Int
        let anchors: String
        let status: String?

        init(_ article: String, _ paragraph: Int, _ anchors: String, _ status: String?) {
            (self.article, self.paragraph, self.anchors, self.status) = (article, paragraph, anchors, status)
        }
    }

    private func citedDigests(of reference: Reference) throws -> [Cited: String] {
        let rows = try connection.prepare(
            "SELECT article_id, paragraph, anchors, status, digest FROM citations WHERE type = ? AND id = ?")
        try rows.bind(1, reference.type.rawValue)
        try rows.bind(2, reference.id)
        var digests: [Cited: String] = [:]
        while try rows.step() {
            digests[Cited(rows.text(0), rows.int(1), rows.text(2), rows.optionalText(3))] = rows.text(4)
        }
        return digests
    }

    /// Makes a new revision of a record of which something was changed that is not in its own row.
    func touch(_ reference: Reference, in table: String) throws {
        let row = try connection.prepare(
            "UPDATE \(table) SET revision = max(revision + 1, ?), updated_at = ? WHERE id = ? RETURNING revision")
        try row.bind(1, next(after: 0))
        try row.bind(2, time)
        try row.bind(3, reference.id)
        guard try row.step() else { throw LostRow(description: "there is no row of '\(reference.id)' in \(table)") }
        let revision = row.int(0)
        try row.run()
        try log(reference, .updated, revision: revision)
    }

    /// Tells those who keep names in memory that they are out of date. The number is drawn, not counted: after a transaction that
    /// was undone a counted one would come again, for other names.
    private func noteName(of type: FactType) throws {
        guard [.person, .organization, .place, .issue, .event].contains(type) else { return }
        try connection.run(
            "UPDATE counters SET value = ? WHERE name = 'names'", .integer(Int64.random(in: 1 ... .max)))
    }

    /// The number of this transaction's entry in the audit trail.
    func auditEntry() throws -> Int {
        if let audit { return audit }
        let entry = try AuditLog.record(author, on: connection, at: time)
        audit = entry
        return entry
    }

    /// Numbers the change from the one counter, in the transaction that makes it.
    private func log(_ reference: Reference, _ change: Change, revision: Int) throws {
        try connection.run("UPDATE counters SET value = value + 1 WHERE name = 'change'")
        let entry = try connection.prepare(
            """
            INSERT INTO changes (number, type, id, change, revision, at)
            VALUES ((SELECT value FROM counters WHERE name = 'change'), ?, ?, ?, ?, ?)
            """)
        try entry.bind(1, reference.type.rawValue)
        try entry.bind(2, reference.id)
        try entry.bind(3, change.rawValue)
        try entry.bind(4, revision)
        try entry.bind(5, time)
        try entry.run()
        try noteName(of: reference.type)
        noted[reference.type, default: []].append(
            History.Noted(
                id: reference.id, revision: revision, change: change, origin: origin, at: time,
                audit: try auditEntry()))
    }
}

/// A row that had to be there was not: nothing of the job is kept.
struct LostRow: Error, CustomStringConvertible {
    let description: String
}

// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import JSON
internal import SQLite

/// One entry of a record's history.
package struct RevisionEntry: Sendable, Equatable {
    package let revision: Int
    package let change: Recorder.Change
    /// RFC 3339.
    package let at: String
    /// Whose token, or `operator`; nil where that is not on record.
    package let by: String?
}

/// Where a change of a record comes from.
package enum Origin: String, Sendable {
    case seed, `import`, editor
}

/// Every state that records were in.
struct History {
    /// How many records are read together.
    private static let batch = 500

    let connection: Connection

    /// Notes the state that a record is in now under each of these revisions.
    /// - Parameter visit: is given each of the records.
    func note<Record: ReadableFact>(
        _ changes: [Noted], of type: Record.Type, visit: (Stored<Record>) -> Void = { _ in }
    ) throws {
        for start in stride(from: 0, to: changes.count, by: Self.batch) {
            let part = changes[start..<min(start + Self.batch, changes.count)]
            var contents: [String: String] = [:]
            for record in try Record.load(Batch(Array(Set(part.map(\.id)))), from: connection) {
                var writer = JSONWriter()
                writer.write(record.value.content)
                contents[record.value.id] = String(decoding: writer.finish(), as: UTF8.self)
                visit(record)
            }
            for change in part {
                try insert(change, of: Record.type, content: change.change == .deleted ? nil : contents[change.id])
            }
        }
    }

    /// A change that is not yet in the history.
    struct Noted {
        let id: String
        let revision: Int
        let change: Recorder.Change
        let origin: Origin
        let at: String
        let audit: Int?
    }

    private func insert(_ change: Noted, of type: FactType, content: String?) throws {
        let row = try connection.prepare(
            """
            INSERT INTO revisions (type, id, revision, change, origin, at, audit, content)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        try row.bind(1, type.rawValue)
        try row.bind(2, change.id)
        try row.bind(3, change.revision)
        try row.bind(4, change.change.rawValue)
        try row.bind(5, change.origin.rawValue)
        try row.bind(6, change.at)
        try row.bind(7, change.audit)
        try row.bind(8, content)
        try row.run()
    }

    // MARK: What seeds may overwrite

    /// Whether a record was changed, or deleted, by an editor since it was last seeded.
    func isEdited(_ reference: Reference) throws -> Bool {
        let row = try connection.prepare(
            """
            SELECT 1 FROM revisions WHERE type = ?1 AND id = ?2 AND origin = 'editor' AND revision > coalesce((
                SELECT max(revision) FROM revisions WHERE type = ?1 AND id = ?2 AND origin = 'seed'), 0)
            """)
        try row.bind(1, reference.type.rawValue)
        try row.bind(2, reference.id)
        return try row.step()
    }

    /// The record as it was last seeded; nil when it never was.
    func lastSeeded<Record: ReadableFact>(_ id: String, of type: Record.Type) throws -> Record? {
        let row = try connection.prepare(
            """
            SELECT content FROM revisions WHERE type = ? AND id = ? AND origin = 'seed' AND content IS NOT NULL
            ORDER BY revision DESC LIMIT 1
            """)
        try row.bind(1, Record.type.rawValue)
        try row.bind(2, id)
        return try row.step() ? try Self.read(row.text(0)) : nil
    }

    /// What was written stays readable where texts have to be stricter today, as long as nothing of it is lost.
    static func read<Record: ReadableFact>(_ content: String) throws -> Record {
        let faults = FaultList()
        let value = try JSONReader.read(Array(content.utf8))
        let record = Record(
            from: ObjectReader(value, at: JSONPointer(), faults: faults, members: Record.members))
        if let fault = faults.faults.first, record.content != value {
            throw UnreadableRecord(description: "a revision of '\(record.id)' cannot be read: \(fault)")
        }
        return record
    }

    // MARK: Databases from before there was a history

    /// Notes the state of every record as its first, where that was never done.
    static func begin(on connection: Connection) throws {
        let flag = try connection.scalar("SELECT value FROM counters WHERE name = 'history'")
        if flag == .integer(1) { return }
        try connection.transaction {
            let history = History(connection: connection)
            for type in FactType.loadOrder { try history.noteAll(type.record) }
            try connection.run("UPDATE counters SET value = 1 WHERE name = 'history'")
        }
    }

    private func noteAll<Record: ReadableFact>(_ type: Record.Type) throws {
        var changes: [Noted] = []
        let rows = try connection.prepare("SELECT id, revision, updated_at FROM \(Record.table)")
        while try rows.step() {
            changes.append(
                Noted(
                    id: rows.text(0), revision: rows.int(1), change: rows.int(1) == 1 ? .created : .updated,
                    origin: .seed, at: rows.text(2), audit: nil))
        }
        try note(changes, of: type)
    }
}

extension Reader {
    /// What became of a deleted record; nil when there is none of that id, or never was.
    package func tombstone(_ id: String, of type: FactType) throws -> Tombstone? {
        let row = try connection.prepare(
            """
            SELECT t.revision, t.at, t.replaced_by, a.actor FROM tombstones AS t
            LEFT JOIN revisions AS r ON r.type = t.type AND r.id = t.id AND r.revision = t.revision
            LEFT JOIN audit AS a ON a.number = r.audit WHERE t.type = ? AND t.id = ?
            """)
        try row.bind(1, type.rawValue)
        try row.bind(2, id)
        guard try row.step() else { return nil }
        return Tombstone(
            type: type, id: id, revision: row.int(0), at: row.text(1), replacedBy: row.optionalText(2),
            by: row.optionalText(3))
    }

    /// The history of a record, deleted or not, newest first.
    package func revisions(of id: String, _ type: FactType) throws -> [RevisionEntry] {
        let rows = try connection.prepare(
            """
            SELECT r.revision, r.change, r.at, a.actor FROM revisions AS r LEFT JOIN audit AS a ON a.number = r.audit
            WHERE r.type = ? AND r.id = ? ORDER BY r.revision DESC
            """)
        try rows.bind(1, type.rawValue)
        try rows.bind(2, id)
        var entries: [RevisionEntry] = []
        while try rows.step() {
            entries.append(
                RevisionEntry(
                    revision: rows.int(0), change: Recorder.Change(rawValue: rows.text(1)) ?? .updated,
                    at: rows.text(2),
                    by: rows.optionalText(3)))
        }
        return entries
    }

    /// A record as it was at one revision, with what is derived from others as that is today; nil when it was not there then.
    package func revision<Record: ReadableFact>(
        _ number: Int, of id: String, _ type: Record.Type = Record.self
    ) throws -> Stored<Record>? {
        let row = try connection.prepare(
            """
            SELECT content, at FROM revisions WHERE type = ? AND id = ? AND revision = ? AND content IS NOT NULL
            """)
        try row.bind(1, Record.type.rawValue)
        try row.bind(2, id)
        try row.bind(3, number)
        guard try row.step() else { return nil }
        let record: Record = try History.read(row.text(0))
        let present = try self.record(id, of: type)
        return Stored(
            value: record, revision: number, updatedAt: row.text(1), coverage: try coverage(of: record),
            derived: present?.derived ?? Record.Derived())
    }

    /// What a record was when it was last there; nil when it never was.
    func lastRevision<Record: ReadableFact>(of id: String, _ type: Record.Type) throws -> Record? {
        let row = try connection.prepare(
            """
            SELECT content FROM revisions WHERE type = ? AND id = ? AND content IS NOT NULL
            ORDER BY revision DESC LIMIT 1
            """)
        try row.bind(1, Record.type.rawValue)
        try row.bind(2, id)
        return try row.step() ? try History.read(row.text(0)) : nil
    }

    /// How many articles, as they are grouped today, report a fact.
    private func coverage(of record: some StoredFact) throws -> CoverageCount {
        if type(of: record).type == .article { return CoverageCount(articles: 1, independent: 1) }
        let citations = record.evidence + record.partEvidence.flatMap(\.citations)
        let ids = Set(citations.map(\.article.id)).sorted()
        let row = try connection.prepare(
            """
            SELECT count(DISTINCT \(CitationSet.sourceExpression)) FROM articles AS a
            WHERE a.id IN (SELECT value FROM json_each(?))
            """)
        try row.bind(1, jsonArray(ids))
        return CoverageCount(articles: ids.count, independent: try row.step() ? row.int(0) : 0)
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// The tables in which records are written.
struct RecordTable: Sendable {
    let name: String
    let type: FactType
    /// The column that says whose a row is.
    let owner: String

    /// A record's own row, before those that belong to it.
    static let all: [RecordTable] = [
        RecordTable("events", .event, "id"), RecordTable("event_participants", .event, "event_id"),
        RecordTable("event_organizations", .event, "event_id"), RecordTable("event_issues", .event, "event_id"),
        RecordTable("people", .person, "id"), RecordTable("offices", .person, "person_id"),
        RecordTable("issues", .issue, "id"), RecordTable("positions", .issue, "issue_id"),
        RecordTable("statements", .statement, "id"), RecordTable("statement_issues", .statement, "statement_id"),
        RecordTable("statement_variants", .statement, "statement_id"),
        RecordTable("organizations", .organization, "id"),
        RecordTable("memberships", .organization, "organization_id"), RecordTable("places", .place, "id"),
        RecordTable("discrepancies", .discrepancy, "id"), RecordTable("accounts", .discrepancy, "discrepancy_id"),
        RecordTable("articles", .article, "id"), RecordTable("paragraphs", .article, "article_id"),
    ]

    private init(_ name: String, _ type: FactType, _ owner: String) {
        self.name = name
        self.type = type
        self.owner = owner
    }

    /// The columns that point at records, with the tables those are in.
    func foreignKeys(on connection: Connection) throws -> [(column: String, target: String)] {
        let rows = try connection.prepare("SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?)")
        try rows.bind(1, name)
        var keys: [(column: String, target: String)] = []
        while try rows.step() { keys.append((rows.text(0), rows.text(1))) }
        return keys
    }

    // MARK: One record

    /// Deletes all rows of a record.
    static func delete(_ reference: Reference, on connection: Connection) throws {
        if reference.type == .article { try deleteOverlaps(of: reference.id, on: connection) }
        for table in all.reversed() where table.type == reference.type {
            try connection.run("DELETE FROM \(table.name) WHERE \(table.owner) = ?", .text(reference.id))
        }
        for table in ["citations", "aliases"] {
            try connection.run(
                "DELETE FROM \(table) WHERE type = ? AND id = ?", .text(reference.type.rawValue), .text(reference.id))
        }
    }

    private static func deleteOverlaps(of article: String, on connection: Connection) throws {
        for table in ["passages", "overlaps"] {
            try connection.run("DELETE FROM \(table) WHERE a_id = ?1 OR b_id = ?1", .text(article))
        }
    }

    /// The records that refer to another, in the order of types, at most `limit`.
    static func referrers(to reference: Reference, limit: Int, on connection: Connection) throws -> [Reference] {
        var found: [Reference] = []
        func collect(_ type: FactType, _ sql: String, _ values: Value...) throws {
            let rows = try connection.prepare(
                "SELECT x.id, x.name FROM \(Reader.table(of: type)) AS x WHERE x.id IN (\(sql)) LIMIT \(limit)")
            try rows.bind(all: values)
            while try rows.step() {
                let referrer = Reference(type, rows.text(0), name: rows.text(1))
                if referrer != reference, !found.contains(referrer) { found.append(referrer) }
            }
        }
        for table in all {
            for key in try table.foreignKeys(on: connection)
            where key.target == Reader.table(of: reference.type) && key.column != table.owner {
                try collect(
                    table.type, "SELECT t.\(table.owner) FROM \(table.name) AS t WHERE t.\(key.column) = ?",
                    .text(reference.id))
            }
        }
        try collect(
            .discrepancy, "SELECT t.id FROM discrepancies AS t WHERE t.subject_type = ? AND t.subject_id = ?",
            .text(reference.type.rawValue), .text(reference.id))
        if reference.type == .article {
            for type in FactType.allCases {
                try collect(
                    type, "SELECT c.id FROM citations AS c WHERE c.article_id = ? AND c.type = ?", .text(reference.id),
                    .text(type.rawValue))
            }
        }
        return Array(found.prefix(limit))
    }
}

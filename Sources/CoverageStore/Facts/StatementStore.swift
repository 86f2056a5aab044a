// SPDX-License-Identifier: Apache-2.0

package import Coverage
package import SQLite

extension Coverage.Statement: StoredFact {
    package static let table = "statements"

    package static let orders = [ListOrder.date]

    package enum Field: String, FilterField {
        case article, speaker, issue, event, form

        package var domain: FilterDomain {
            switch self {
            case .article: .record(.article)
            case .speaker: .record(.person)
            case .issue: .record(.issue)
            case .event: .record(.event)
            case .form: .closed(StatementForm.self)
            }
        }

        package static let tests = defined

        package var definition: FilterTest {
            switch self {
            case .article: .cited(by: .statement)
            case .speaker: .column("speaker_id", of: table)
            case .issue:
                .linked("statement_issues", from: "statement_id", to: "issue_id", in: .issues)
            case .event: .column("event_id", of: table)
            case .form: .column("form", of: table, nullable: false)
            }
        }

        package var meaning: String {
            switch self {
            case .article: "Cited from this article."
            case .speaker: "Said by this person; `none` keeps those whose speaker has no name."
            case .issue: "About this issue or one narrower than it."
            case .event: "Said at this event."
            case .form: "Quoted or told."
            }
        }
    }

    private enum Queries {
        static let issues = BatchQuery(
            "x.issue_id, i.name", from: "statement_issues AS x", by: "x.statement_id",
            "JOIN issues AS i ON i.id = x.issue_id", order: "x.position")
        static let variants = BatchQuery(
            "x.variant_id, s.name", from: "statement_variants AS x", by: "x.statement_id",
            "JOIN statements AS s ON s.id = x.variant_id", order: "x.position")
        static let rows = BatchQuery(
            """
            t.id, t.name, t.speaker_id, speaker.name, t.speaker_as, t.form, t.event_id, event.name, t.date_edtf, t.date_basis,
            t.date_note, t.revision, t.updated_at
            """, from: "statements AS t", by: "t.id",
            "LEFT JOIN people AS speaker ON speaker.id = t.speaker_id LEFT JOIN events AS event ON event.id = t.event_id"
        )
    }

    /// The columns of its own row.
    package enum Column {
        package static let speaker: Int32 = 3
        package static let speakerAs: Int32 = 5
        package static let form: Int32 = 6
        package static let event: Int32 = 7
        package static let date: Int32 = 9
        fileprivate static let revision: Int32 = 12
    }

    package enum Child: Int, RowChild {
        case issues, variants

        package var query: BatchQuery {
            switch self {
            case .issues: Queries.issues
            case .variants: Queries.variants
            }
        }
    }

    package static let rows: RowQueries? = RowQueries(Queries.rows, revision: Column.revision, Child.self)

    package static func load(_ batch: Batch, from connection: Connection) throws -> [Stored<Coverage.Statement>] {
        let citations = try CitationSet.load(.statement, batch, from: connection)
        let issues = try batch.references(.issue, of: Queries.issues, on: connection)
        let variants = try batch.references(.statement, of: Queries.variants, on: connection)
        var statements: [Stored<Coverage.Statement>] = []
        try batch.forEachRow(of: Queries.rows, on: connection) { position, row in
            let statement = Coverage.Statement(
                id: row.text(1), gist: row.text(2), speaker: row.reference(.person, at: Column.speaker),
                speakerAs: row.optionalText(Column.speakerAs), form: try row.closed(Column.form),
                event: row.reference(.event, at: Column.event), issues: issues[position],
                date: try row.date(Column.date), variants: variants[position],
                evidence: citations[position].own)
            statements.append(
                Stored(
                    value: statement, revision: row.int(Column.revision), updatedAt: row.text(Column.revision + 1),
                    coverage: citations[position].coverage, derived: NothingDerived()))
        }
        return statements
    }

    private static let row = RecordRow(
        into: table,
        columns: ["id", "name", "speaker_id", "speaker_as", "form", "event_id", "revision", "updated_at"]
            + DateKeys.columns)

    private static let issueRows = ChildTable("statement_issues", of: "statement_id", columns: ["issue_id"])
    private static let variantRows = ChildTable("statement_variants", of: "statement_id", columns: ["variant_id"])

    package func write(isNew: Bool, revision: Int, at time: String, to connection: Connection) throws {
        let row = try connection.prepare(Self.row.sql(isNew: isNew))
        try row.bind(1, id)
        try row.bind(2, gist)
        try row.bind(3, speaker?.id)
        try row.bind(4, speakerAs)
        try row.bind(5, form.rawValue)
        try row.bind(6, event?.id)
        try row.bind(7, revision)
        try row.bind(8, time)
        try row.bind(date: date, at: 9)
        try row.run()
        try Self.issueRows.write(issues.map { [$0.id] }, of: id, isNew: isNew, to: connection)
        try Self.variantRows.write(variants.map { [$0.id] }, of: id, isNew: isNew, to: connection)
    }
}

// SPDX-License-Identifier: Apache-2.0

package import Coverage
package import SQLite

extension Article: StoredFact {
    package static let table = "articles"

    package static let orders = [ListOrder.dated("published")]

    package static let inclusions = [
        reported(.event, "events"), reported(.person, "people"), reported(.issue, "issues"),
        reported(.statement, "statements"), reported(.organization, "organizations"), reported(.place, "places"),
        reported(.discrepancy, "discrepancies"),
    ]

    private static func reported(_ type: FactType, _ table: String) -> Inclusion {
        Inclusion(
            table, of: type, table: table,
            path: """
                JOIN citations AS c ON c.article_id = wanted.value AND c.type = '\(type.rawValue)'
                JOIN \(table) AS x ON x.id = c.id
                """)
    }

    package enum Field: String, FilterField {
        case article, publisher, credit

        package var domain: FilterDomain {
            switch self {
            case .article: .record(.article)
            case .publisher, .credit: .text
            }
        }

        package static let tests = defined

        package var definition: FilterTest {
            switch self {
            case .article: .column("id", of: table, nullable: false)
            case .publisher: .column("publisher", of: table)
            case .credit: .column("credit", of: table)
            }
        }

        package var meaning: String {
            switch self {
            case .article: "This very article."
            case .publisher: "Published by."
            case .credit: "Names this as its own source; `none` keeps those that name nobody."
            }
        }
    }

    private enum Queries {
        static let digests = BatchQuery(
            "x.digest", from: "paragraphs AS x", by: "x.article_id", order: "x.number")
        static let rows = BatchQuery(
            """
            t.id, t.source, t.headline, t.publisher, t.credit, t.date_edtf, t.date_basis, t.date_note, t.lineage_group,
            t.lineage_reason, t.lineage_confidence, t.words, t.sha256, t.revision, t.updated_at,
            EXISTS (SELECT 1 FROM paragraphs AS x WHERE x.article_id = t.id AND x.text IS NOT NULL), t.url
            """, from: "articles AS t", by: "t.id")
    }

    package static func load(_ batch: Batch, from connection: Connection) throws -> [Stored<Article>] {
        let digests = try batch.children(of: Queries.digests, on: connection) { row in row.text(1) }
        var articles: [Stored<Article>] = []
        try batch.forEachRow(of: Queries.rows, on: connection) { position, row in
            let article = Article(
                id: row.text(1), source: row.text(2), headline: row.optionalText(3), publisher: row.optionalText(4),
                credit: row.optionalText(5), published: try row.date(6), url: row.optionalText(17),
                lineage: row.optionalText(9).map {
                    Lineage(group: $0, reason: row.text(10), confidence: row.double(11))
                },
                words: row.int(12), sha256: row.text(13), digests: digests[position])
            var holdings = Holdings()
            holdings.hasText = row.bool(16)
            articles.append(
                Stored(
                    value: article, revision: row.int(14), updatedAt: row.text(15),
                    coverage: CoverageCount(articles: 1, independent: 1), derived: holdings))
        }
        return articles
    }

    private static let row = RecordRow(
        into: table,
        columns: [
            "id", "name", "source", "headline", "publisher", "credit", "lineage_group", "lineage_reason",
            "lineage_confidence", "words", "sha256", "revision", "updated_at",
        ] + DateKeys.columns + ["url"])

    package func write(isNew: Bool, revision: Int, at time: String, to connection: Connection) throws {
        let row = try connection.prepare(Self.row.sql(isNew: isNew))
        try row.bind(1, id)
        try row.bind(2, name)
        try row.bind(3, source)
        try row.bind(4, headline)
        try row.bind(5, publisher)
        try row.bind(6, credit)
        try row.bind(7, lineage?.group)
        try row.bind(8, lineage?.reason)
        try row.bind(9, lineage?.confidence)
        try row.bind(10, words)
        try row.bind(11, sha256)
        try row.bind(12, revision)
        try row.bind(13, time)
        try row.bind(date: published, at: 14)
        try row.bind(21, url)
        try row.run()
        try ParagraphStore.replace(of: id, with: digests, on: connection)
    }
}

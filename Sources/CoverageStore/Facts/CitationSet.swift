// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// All citations of one record, sorted by what they support, and the count of articles behind them.
struct CitationSet {
    private(set) var own: [Citation] = []
    private var ofParts: [String: [Citation]] = [:]
    private var articles: Set<String> = []
    private var sources: Set<String> = []

    var coverage: CoverageCount { CoverageCount(articles: articles.count, independent: sources.count) }

    func part(_ name: String) -> [Citation] { ofParts[name] ?? [] }

    private mutating func add(_ citation: Citation, part: String, source: String) {
        if part.isEmpty { own.append(citation) } else { ofParts[part, default: []].append(citation) }
        articles.insert(citation.article.id)
        sources.insert(source)
    }

    /// Articles of one lineage, where that is as good as certain, are one source. What the record says of it goes before what
    /// was measured.
    static let sourceExpression = """
        CASE WHEN coalesce(a.lineage_confidence, a.measured_confidence) >= 0.8
        THEN coalesce(a.lineage_group, a.measured_group) ELSE a.id END
        """

    private static let query = BatchQuery(
        "c.part, c.article_id, a.name, c.paragraph, c.anchors, c.status, \(sourceExpression)", from: "citations AS c",
        by: "c.type = ?2 AND c.id", "JOIN articles AS a ON a.id = c.article_id", order: "c.part, c.position")

    static func load(_ type: FactType, _ batch: Batch, from connection: Connection) throws -> [CitationSet] {
        var sets = [CitationSet](repeating: CitationSet(), count: batch.ids.count)
        try batch.forEachRow(of: query, type: type.rawValue, on: connection) { position, row in
            let citation = Citation(
                article: Reference(.article, row.text(2), name: row.text(3)), paragraph: row.int(4),
                anchors: Anchors.split(row.text(5)),
                status: row.isNull(6) ? nil : try row.closed(6))
            sets[position].add(citation, part: row.text(1), source: row.text(7))
        }
        return sets
    }
}

/// Anchor words are single words, so one space between them is enough to keep them apart in a column.
enum Anchors {
    static func split(_ column: String) -> [String] {
        column.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
    }

    static func join(_ anchors: [String]) -> String { anchors.joined(separator: " ") }
}

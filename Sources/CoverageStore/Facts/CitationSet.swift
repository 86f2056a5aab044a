// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// All citations of one record, sorted by what they support, and the count of articles behind them.
struct CitationSet {
    private(set) var own: [Citation] = []
    private var ofParts: [String: [Citation]] = [:]
    /// One of each citation, the same one as often as it is cited.
    private var articles: [String] = []
    private var sources: [String] = []

    var coverage: CoverageCount {
        CoverageCount(articles: Self.differing(articles), independent: Self.differing(sources))
    }

    /// How many there are of different texts. They are few: to sort them takes less than to hash them.
    private static func differing(_ texts: [String]) -> Int {
        if texts.count < 2 { return texts.count }
        let texts = texts.sorted()
        return 1 + zip(texts, texts.dropFirst()).count { $0 != $1 }
    }

    func part(_ name: String) -> [Citation] { ofParts[name] ?? [] }

    private mutating func add(_ citation: Citation, part: String, source: String) {
        if part.isEmpty { own.append(citation) } else { ofParts[part, default: []].append(citation) }
        articles.append(citation.article.id)
        sources.append(source)
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
                anchors: row.anchors(5), status: row.isNull(6) ? nil : try row.closed(6))
            sets[position].add(citation, part: row.text(1), source: row.text(7))
        }
        return sets
    }
}

/// Anchor words are single words, so one space between them is enough to keep them apart in a column.
enum Anchors {
    static func join(_ anchors: [String]) -> String { anchors.joined(separator: " ") }
}

extension Row {
    borrowing func anchors(_ column: Int32) -> [String] { pieces(column, separator: UInt8(ascii: " ")) }
}

// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// All citations of one record, sorted by what they support, and the count of articles behind them.
struct CitationSet {
    private(set) var own: [Citation] = []
    private var ofParts: [String: [Citation]] = [:]
    private var articles = TextCount()
    private var sources = TextCount()

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

    static let query = BatchQuery(
        "c.part, c.article_id, a.name, c.paragraph, c.anchors, c.status, \(sourceExpression)", from: "citations AS c",
        by: "c.type = ?2 AND c.id", "JOIN articles AS a ON a.id = c.article_id", order: "c.part, c.position")

    static func load(_ type: FactType, _ batch: Batch, from connection: Connection) throws -> [CitationSet] {
        var sets = [CitationSet](repeating: CitationSet(), count: batch.ids.count)
        try batch.forEachRow(of: query, type: type, on: connection) { position, row in
            typealias Column = CitationColumn
            let citation = Citation(
                article: Reference(.article, row.text(Column.article), name: row.text(Column.articleName)),
                paragraph: row.int(Column.paragraph), anchors: row.anchors(Column.anchors),
                status: row.isNull(Column.status) ? nil : try row.closed(Column.status))
            sets[position].add(citation, part: row.text(Column.part), source: row.text(Column.source))
        }
        return sets
    }
}

/// Counts different texts. Of a few, to compare them in turn takes less than to hash one.
struct TextCount {
    /// Most often there is no other.
    private var first: String?
    private var few: [String] = []
    private var many: Set<String> = []

    var count: Int { (first == nil ? 0 : 1) + (many.isEmpty ? few.count : many.count) }

    mutating func insert(_ text: String) {
        if first == nil { first = text }
        if first == text { return }
        if !many.isEmpty {
            many.insert(text)
        } else if !few.contains(text) {
            few.append(text)
            if few.count > 16 { many = Set(few) }
        }
    }
}

/// The columns of a citation's row.
package enum CitationColumn {
    static let part: Int32 = 1
    package static let article: Int32 = 2
    package static let articleName: Int32 = 3
    package static let paragraph: Int32 = 4
    package static let anchors: Int32 = 5
    package static let status: Int32 = 6
    static let source: Int32 = 7
}

/// Anchor words are single words, so one space between them is enough to keep them apart in a column.
enum Anchors {
    static let separator = UInt8(ascii: " ")

    static func join(_ anchors: [String]) -> String { anchors.joined(separator: " ") }
}

extension Row {
    borrowing func anchors(_ column: Int32) -> [String] { pieces(column, separator: Anchors.separator) }
}

// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import SQLite

/// One record found by a search over all types.
package struct SearchHit: Sendable {
    /// Where the words stand.
    package struct Highlight: Sendable, Equatable {
        package let member: String
        package let text: String
        /// Unicode scalar offsets, ends exclusive.
        package let spans: [Range<Int>]
    }

    package let reference: Reference
    /// Higher is better; comparable within one search of one version of the data only.
    package let score: Double
    package let highlights: [Highlight]
}

/// One page of hits.
package struct SearchPage: Sendable {
    package let hits: [SearchHit]
    package let total: ListTotal
    package let next: [SortValue]?
    /// How many records of each type match, whatever types were asked for: the most first.
    let counts: [(value: String, count: Int)]

    /// The same with names, which are made only where `facets` asks for them.
    package var types: [FacetCount] {
        counts.map { FacetCount(value: $0.value, name: Vocabulary.label(of: $0.value), count: $0.count) }
    }
}

extension Reader {
    /// Ranks what matches, best first, and only then fetches the page's names and highlights.
    /// - Parameter types: which types to keep; empty is all.
    package func search(
        _ search: SearchExpression, types: [FactType], limit: Int, after: [SortValue]?
    ) throws -> SearchPage {
        let counts = try countTypes(search)
        let ranked = try rank(search, types: types, limit: limit, after: after)
        let page = Array(ranked.prefix(limit))
        let hits = try highlight(page, search)
        let next: [SortValue]? =
            ranked.count > limit ? page.last.map { [.real($0.score), .integer(Int64($0.document))] } : nil
        return SearchPage(hits: hits, total: Self.total(of: counts, types), next: next, counts: counts)
    }

    /// - Parameter types: which types to keep; empty is all.
    private static func total(of counts: [(value: String, count: Int)], _ types: [FactType]) -> ListTotal {
        let kept = types.isEmpty ? counts : counts.filter { count in types.contains { $0.rawValue == count.value } }
        let number = kept.reduce(0) { $0 + $1.count }
        return number > ListTotal.bound ? .atLeast(ListTotal.bound) : .exact(number)
    }

    private func countTypes(_ search: SearchExpression) throws -> [(value: String, count: Int)] {
        let rows = try connection.prepare(
            """
            SELECT d.type, count(*) FROM search CROSS JOIN documents AS d ON d.number = search.rowid
            WHERE search MATCH ? GROUP BY d.type ORDER BY 2 DESC, 1
            """)
        try rows.bind(1, search.expression)
        var counts: [(value: String, count: Int)] = []
        while try rows.step() { counts.append((rows.text(0), rows.int(1))) }
        return counts
    }

    private typealias Ranked = (document: Int, score: Double)

    private func rank(
        _ search: SearchExpression, types: [FactType], limit: Int, after: [SortValue]?
    ) throws -> [Ranked] {
        let kept = (types.isEmpty ? FactType.allCases : types).map(\.rawValue)
        let rows = try connection.prepare(
            """
            SELECT number, score FROM (
                SELECT d.number AS number, bm25(search, 8.0, 4.0, 1.0) AS score FROM search
                CROSS JOIN documents AS d ON d.number = search.rowid
                WHERE search MATCH ?1 AND d.type IN (SELECT value FROM json_each(?2)))
            \(after == nil ? "" : "WHERE (score, number) > (?4, ?5)") ORDER BY score, number LIMIT ?3
            """)
        try rows.bind(1, search.expression)
        try rows.bind(2, jsonArray(kept))
        try rows.bind(3, limit + 1)
        for (index, value) in (after ?? []).enumerated() { try rows.bind(Int32(4 + index), value.value) }
        var ranked: [Ranked] = []
        while try rows.step() { ranked.append((rows.int(0), rows.double(1))) }
        return ranked
    }

    private func highlight(_ page: [Ranked], _ search: SearchExpression) throws -> [SearchHit] {
        let rows = try connection.prepare(
            """
            SELECT d.type, d.id, search.name, d.members, highlight(search, 0, char(2), char(3)),
                   highlight(search, 1, char(2), char(3)), highlight(search, 2, char(2), char(3))
            FROM search CROSS JOIN documents AS d ON d.number = search.rowid WHERE search MATCH ?1 AND search.rowid = ?2
            """)
        return try page.compactMap { ranked in
            rows.reset()
            try rows.bind(1, search.expression)
            try rows.bind(2, ranked.document)
            guard try rows.step(), let type = FactType(rawValue: rows.text(0)) else { return nil }
            let members = rows.pieces(3, separator: Marks.lineEnd)
            var highlights = rows.withUTF8(4) { Marks.highlights(in: $0) { _ in "name" } }
            highlights += rows.withUTF8(5) { Marks.highlights(in: $0) { _ in "aliases" } }
            highlights += rows.withUTF8(6) { text in
                Marks.highlights(in: text) { $0 < members.count ? members[$0] : nil }
            }
            return SearchHit(
                reference: Reference(type, rows.text(1), name: rows.text(2)), score: -ranked.score,
                highlights: highlights)
        }
    }

    /// Records whose name or alias has a word that begins so, for completion while typing: best first, and how many there are in all.
    package func suggest(
        _ text: String, types: [FactType], limit: Int
    ) throws -> (found: [Reference], total: ListTotal) {
        guard let search = SearchExpression(completing: text) else { return ([], .exact(0)) }
        let ranked = try rank(search, types: types, limit: limit, after: nil)
        let rows = try connection.prepare(
            "SELECT d.type, d.id, s.name FROM documents AS d JOIN search AS s ON s.rowid = d.number WHERE d.number = ?")
        let found: [Reference] = try ranked.prefix(limit).compactMap { one in
            rows.reset()
            try rows.bind(1, one.document)
            guard try rows.step(), let type = FactType(rawValue: rows.text(0)) else { return nil }
            return Reference(type, rows.text(1), name: rows.text(2))
        }
        return (found, ranked.count > limit ? Self.total(of: try countTypes(search), types) : .exact(found.count))
    }
}

/// The marks that the index sets around what matched: control characters, which no text of ours holds.
///
/// Texts are read as UTF-8 bytes: each mark is one, and a search looks through all that its page's records have of text.
enum Marks {
    private static let opening: UInt8 = 2
    private static let closing: UInt8 = 3
    /// Between the members of a column.
    static let lineEnd = UInt8(ascii: "\n")

    /// The lines in which something is marked, without their marks, and where those stood.
    /// - Parameter member: what a line is of, by its place among those that are not empty; nil to pass it over.
    static func highlights(in marked: Span<UInt8>, of member: (Int) -> String?) -> [SearchHit.Highlight] {
        var highlights: [SearchHit.Highlight] = []
        var (line, start) = (0, 0)
        for end in 0...marked.count where end == marked.count || marked[end] == lineEnd {
            if end > start {
                if let member = member(line), let highlight = highlight(marked.extracting(start..<end), of: member) {
                    highlights.append(highlight)
                }
                line += 1
            }
            start = end + 1
        }
        return highlights
    }

    /// Nil where nothing is marked. A phrase may begin on the line before and end on the next one: its mark then lacks one side
    /// here.
    private static func highlight(_ line: Span<UInt8>, of member: String) -> SearchHit.Highlight? {
        guard line.indices.contains(where: { line[$0] == opening || line[$0] == closing }) else { return nil }
        var text: [UInt8] = []
        text.reserveCapacity(line.count)
        var spans: [Range<Int>] = []
        var start: Int?
        // Of Unicode scalars.
        var count = 0
        for index in line.indices {
            switch line[index] {
            case opening: start = count
            case closing:
                if count > 0 { spans.append((start ?? 0)..<count) }
                start = nil
            case let byte:
                text.append(byte)
                // All but the first byte of a scalar begin with the bits 10.
                if byte & 0xC0 != 0x80 { count += 1 }
            }
        }
        if let start, start < count { spans.append(start..<count) }
        if spans.isEmpty { return nil }
        return SearchHit.Highlight(member: member, text: String(decoding: text, as: UTF8.self), spans: spans)
    }
}

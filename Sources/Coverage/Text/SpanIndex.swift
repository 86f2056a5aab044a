// SPDX-License-Identifier: Apache-2.0

/// What was found in an article, by where it stands: what a sentence holds is looked up, not searched for.
struct SpanIndex<Element> {
    private let byParagraph: [Int: [(span: TextSpan, element: Element)]]

    init(_ elements: [Element], by span: (Element) -> TextSpan) {
        byParagraph = Dictionary(grouping: elements.map { (span: span($0), element: $0) }, by: \.span.paragraph)
            .mapValues { found in found.sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) } }
    }

    /// All of a paragraph, in order.
    func of(_ paragraph: Int) -> [Element] { (byParagraph[paragraph] ?? []).map(\.element) }

    /// Those that lie within two offsets of a paragraph, in order.
    func within(_ paragraph: Int, _ start: Int, _ end: Int) -> [Element] {
        guard let found = byParagraph[paragraph] else { return [] }
        let first = found.partitionPoint { $0.span.start >= start }
        return found[first...].prefix { $0.span.start < end }.filter { $0.span.end <= end }.map(\.element)
    }
}

extension RandomAccessCollection {
    /// The first place from which on a condition holds, by halving; it holds for all after one for which it does.
    func partitionPoint(where holds: (Element) -> Bool) -> Index {
        var (low, count) = (startIndex, self.count)
        while count > 0 {
            let half = count / 2
            let middle = index(low, offsetBy: half)
            if holds(self[middle]) {
                count = half
            } else {
                low = index(after: middle)
                count -= half + 1
            }
        }
        return low
    }
}

extension Sentence {
    /// No sentence that people write is longer: what looks like one is a table, a list of names or noise, and is not
    /// read for speech and events, whose rules look back and forth in it.
    static let longest = 400

    var isProse: Bool { tokens.count <= Self.longest }
}

extension ParagraphText {
    /// The tokens that lie within a stretch of the paragraph.
    func tokens(within span: TextSpan) -> ArraySlice<Token> {
        let first = tokens.partitionPoint { $0.start >= span.start }
        return tokens[first...].prefix { $0.end <= span.end }
    }
}

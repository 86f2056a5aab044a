// SPDX-License-Identifier: Apache-2.0

/// How one telling of the same words turns into another, word by word (Myers, "An O(ND) Difference Algorithm and Its
/// Variations", 1986, as the standard library has it). Case, marks and punctuation make no difference.
package struct WordDiff: Sendable, Equatable {
    /// A run of words that both have, or that only one has.
    package struct Run: Sendable, Equatable {
        package enum Kind: String, Sendable {
            case kept, deleted, inserted
        }

        package let kind: Kind
        /// Where the words stand in the first telling; nil for an insertion.
        package let a: TextSpan?
        /// Where they stand in the second; nil for a deletion.
        package let b: TextSpan?
        package let words: Int
    }

    /// In the order of both; where words are replaced, what is deleted comes first.
    package let runs: [Run]
    /// Twice the words kept over the words of both: 0 to 1.
    package let similarity: Double

    /// Longer tellings are cut here: a quotation of a thousand words is a document.
    package static let longest = 1000

    init(_ a: [FoldedWords.Word], _ b: [FoldedWords.Word]) {
        let (a, b) = (Array(a.prefix(Self.longest)), Array(b.prefix(Self.longest)))
        let difference = b.map(\.text).difference(from: a.map(\.text))
        var deleted = Set<Int>()
        var inserted = Set<Int>()
        for change in difference {
            switch change {
            case .remove(let offset, _, _): deleted.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var runs: [Run] = []
        var (i, j, kept) = (0, 0, 0)
        while i < a.count || j < b.count {
            let (fromA, fromB) = (i, j)
            let kind: Run.Kind
            if i < a.count, deleted.contains(i) {
                kind = .deleted
                while i < a.count, deleted.contains(i), a[i].span.paragraph == a[fromA].span.paragraph { i += 1 }
            } else if j < b.count, inserted.contains(j) {
                kind = .inserted
                while j < b.count, inserted.contains(j), b[j].span.paragraph == b[fromB].span.paragraph { j += 1 }
            } else {
                kind = .kept
                while i < a.count, j < b.count, !deleted.contains(i), !inserted.contains(j),
                    a[i].span.paragraph == a[fromA].span.paragraph, b[j].span.paragraph == b[fromB].span.paragraph
                {
                    (i, j, kept) = (i + 1, j + 1, kept + 1)
                }
                if i == fromA { break }
            }
            runs.append(
                Run(
                    kind: kind, a: Self.span(a[fromA..<i]), b: Self.span(b[fromB..<j]), words: max(i - fromA, j - fromB)
                ))
        }
        self.runs = runs
        similarity = a.isEmpty && b.isEmpty ? 1 : Weight.rounded(2 * Double(kept) / Double(a.count + b.count))
    }

    private static func span(_ words: ArraySlice<FoldedWords.Word>) -> TextSpan? {
        guard let first = words.first?.span, let last = words.last?.span else { return nil }
        return TextSpan(paragraph: first.paragraph, start: first.start, end: last.end)
    }
}

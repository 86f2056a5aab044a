// SPDX-License-Identifier: Apache-2.0

/// A direct quotation of one article, with its words, for being held against those of others.
package struct QuotedWording: Sendable {
    package let article: String
    package let quotation: Quotation
    let words: [FoldedWords.Word]
    /// Its longer words: two quotations that share none of them need not be compared.
    fileprivate let content: Set<String>

    /// Nil for indirect speech.
    package init?(article: String, text: ArticleText, quotation: Quotation) {
        guard quotation.form == .direct else { return nil }
        self.article = article
        self.quotation = quotation
        let all = quotation.spans.flatMap { span in
            guard let paragraph = text[number: span.paragraph], let first = paragraph.tokens(within: span).first,
                let last = paragraph.tokens(within: span).last
            else { return [FoldedWords.Word]() }
            return FoldedWords([paragraph.surface(first, to: last)]).words.map { word in
                FoldedWords.Word(
                    text: word.text,
                    span: TextSpan(
                        paragraph: span.paragraph, start: span.start + word.span.start, end: span.start + word.span.end)
                )
            }
        }
        words = all
        content = Set(all.map(\.text).filter { $0.unicodeScalars.count >= 5 })
    }
}

/// Finds quotations that tell the same words of one speaker differently.
package enum QuotationVariants {
    /// Two of them, as indices into what was given.
    package struct Pair: Sendable, Equatable {
        package let a: Int
        package let b: Int
        package let diff: WordDiff
    }

    /// Pairs of one speaker and different articles whose words are nearly the same, in order.
    ///
    /// Long quotations need two fifths of their words in the same order and three longer words in common: translations
    /// and paraphrases that pass for quotations. Short ones, where little is soon alike, need seven tenths.
    package static func pairs(_ wordings: [QuotedWording]) -> [Pair] {
        var bySpeaker: [String: [Int]] = [:]
        for (index, wording) in wordings.enumerated() {
            guard let speaker = key(wording.quotation) else { continue }
            bySpeaker[speaker, default: []].append(index)
        }
        var pairs: [Pair] = []
        for indices in bySpeaker.values {
            var byWord: [String: [Int]] = [:]
            for b in indices {
                // Those before it with which it shares longer words; most of a speaker's words are never met.
                var shared: [Int: Int] = [:]
                for word in wordings[b].content {
                    for a in byWord[word] ?? [] { shared[a, default: 0] += 1 }
                    byWord[word, default: []].append(b)
                }
                for (a, common) in shared where wordings[a].article != wordings[b].article {
                    if let diff = diff(wordings[a], wordings[b], common) { pairs.append(Pair(a: a, b: b, diff: diff)) }
                }
            }
        }
        return pairs.sorted { ($0.a, $0.b) < ($1.a, $1.b) }
    }

    /// Indices of quotations that are variants of each other, directly or through a third; each group ascending.
    package static func groups(_ wordings: [QuotedWording]) -> [[Int]] {
        var root = Array(wordings.indices)
        func find(_ index: Int) -> Int {
            var index = index
            while root[index] != index { index = root[index] }
            return index
        }
        for pair in pairs(wordings) {
            let (a, b) = (find(pair.a), find(pair.b))
            root[max(a, b)] = min(a, b)
        }
        let groups = Dictionary(grouping: wordings.indices, by: find).values.filter { $0.count > 1 }
        return groups.sorted { $0[0] < $1[0] }
    }

    private static func key(_ quotation: Quotation) -> String? {
        if let speaker = quotation.speaker { return "\(speaker.type.rawValue):\(speaker.id)" }
        return quotation.speakerAs.map { "as:" + FoldedText($0).text }
    }

    private static func diff(_ a: QuotedWording, _ b: QuotedWording, _ common: Int) -> WordDiff? {
        let shorter = min(a.words.count, b.words.count)
        let isLong = shorter >= 8
        guard common >= (isLong ? 3 : 1), shorter >= 3 else { return nil }
        let diff = WordDiff(a.words, b.words)
        return diff.similarity >= (isLong ? 0.4 : 0.7) ? diff : nil
    }
}

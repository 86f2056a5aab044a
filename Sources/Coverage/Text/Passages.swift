// SPDX-License-Identifier: Apache-2.0

/// A stretch of an article's text: a paragraph, from 1, and Unicode scalar offsets in it, end exclusive.
package struct TextSpan: Sendable, Hashable {
    package let paragraph: Int
    package let start: Int
    package let end: Int

    package init(paragraph: Int, start: Int, end: Int) {
        self.paragraph = paragraph
        self.start = start
        self.end = end
    }
}

/// Words that stand in the same order in two articles.
package struct Passage: Sendable, Hashable {
    package let a: TextSpan
    package let b: TextSpan
    /// How many, at least `Overlap.shortest`.
    package let words: Int

    package init(a: TextSpan, b: TextSpan, words: Int) {
        self.a = a
        self.b = b
        self.words = words
    }
}

/// What two articles share word for word: passages of eight or more words within a paragraph, case and quotation marks
/// folded.
package struct Overlap: Sendable, Equatable {
    package static let shortest = 8
    /// Of the places where the second article has the same words, how many are looked at for the longest passage.
    static let placesFollowed = 64

    /// The longest ones, in the order of the first article; one that lies within another is left out. Where the second
    /// article has the same words several times, the place where most words agree, the first of several.
    package let passages: [Passage]
    /// The share of the first article's words that stand in such passages, and of the second's: 0 to 1.
    package let copiedA: Double
    package let copiedB: Double

    package init(passages: [Passage], copiedA: Double, copiedB: Double) {
        self.passages = passages
        self.copiedA = copiedA
        self.copiedB = copiedB
    }

    /// - Parameters: the paragraphs of both articles.
    package init(_ a: [some StringProtocol], _ b: [some StringProtocol]) {
        self.init(FoldedWords(a), FoldedWords(b))
    }

    /// Work grows with the words of both: a run that the second article repeats is followed at its first places only,
    /// and a passage is measured once, not anew from each of its words.
    init(_ wordsA: FoldedWords, _ wordsB: FoldedWords) {
        var starts: [[String]: [Int]] = [:]
        for start in wordsB.runStarts { starts[wordsB.run(at: start), default: []].append(start) }
        var covered = (
            a: [Bool](repeating: false, count: wordsA.count), b: [Bool](repeating: false, count: wordsB.count)
        )
        /// The first places of the runs that were met.
        var told = Set<Int>()
        var passages: [Passage] = []
        var end = 0
        /// By their start in the second article, how long what begins at the run before is in both.
        var before: (start: Int, lengths: [Int: Int]) = (-1, [:])
        for start in wordsA.runStarts {
            guard let others = starts[wordsA.run(at: start)] else { continue }
            for place in start..<start + Self.shortest { covered.a[place] = true }
            // Once for each run, however often the first article repeats it.
            if told.insert(others[0]).inserted {
                for other in others { for place in other..<other + Self.shortest { covered.b[place] = true } }
            }
            var lengths: [Int: Int] = [:]
            for other in others.prefix(Self.placesFollowed) {
                let known = before.start == start - 1 ? before.lengths[other - 1] : nil
                lengths[other] = known.map { $0 - 1 } ?? wordsA.common(at: start, with: wordsB, at: other)
            }
            before = (start, lengths)
            guard let longest = lengths.values.max(),
                let other = others.first(where: { lengths[$0] == longest })
            else { continue }
            // Within the one before: a shorter view of the same words.
            guard start + longest > end else { continue }
            passages.append(
                Passage(a: wordsA.span(start, longest), b: wordsB.span(other, longest), words: longest))
            end = start + longest
        }
        self.passages = passages
        copiedA = Self.share(covered.a.count { $0 }, of: wordsA.count)
        copiedB = Self.share(covered.b.count { $0 }, of: wordsB.count)
    }

    /// The same with the articles changing places; passages stay in the order of what is now the second.
    package var turned: Overlap {
        Overlap(
            passages: passages.map { Passage(a: $0.b, b: $0.a, words: $0.words) }, copiedA: copiedB, copiedB: copiedA)
    }

    /// To three decimals: more would say more than words can.
    private static func share(_ part: Int, of whole: Int) -> Double {
        whole == 0 ? 0 : (Double(part) / Double(whole) * 1000).rounded() / 1000
    }
}

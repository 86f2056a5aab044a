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

    /// In so many places of the second article the longest passage is looked for.
    private static let places = 64
    /// So many words are held against each other in the search for longer passages. No prose comes near; in texts that repeat
    /// themselves without end, the first passage found is then good enough.
    private static let effort = 2_000_000

    /// The longest ones, in the order of the first article; one that lies within another is left out. Where the second
    /// article has the same words several times, the first place.
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

    init(_ wordsA: FoldedWords, _ wordsB: FoldedWords) {
        var starts: [[String]: [Int]] = [:]
        for start in wordsB.runStarts { starts[wordsB.run(at: start), default: []].append(start) }
        var shared = Set<[String]>()
        var coveredA = Set<Int>()
        var coveredB = Set<Int>()
        var passages: [Passage] = []
        var end = 0
        var effort = Self.effort
        for start in wordsA.runStarts {
            let run = wordsA.run(at: start)
            guard let others = starts[run] else { continue }
            coveredA.formUnion(start..<start + Self.shortest)
            if shared.insert(run).inserted {
                for other in others { coveredB.formUnion(other..<other + Self.shortest) }
            }
            if effort <= 0, start < end { continue }
            let lengths = others.prefix(effort > 0 ? Self.places : 1).map {
                wordsA.common(at: start, with: wordsB, at: $0)
            }
            effort -= lengths.reduce(0, +)
            guard let longest = lengths.max(), let index = lengths.firstIndex(of: longest) else { continue }
            // Within the one before: a shorter view of the same words.
            guard start + longest > end else { continue }
            passages.append(
                Passage(
                    a: wordsA.span(start, longest), b: wordsB.span(others[index], longest), words: longest))
            end = start + longest
        }
        self.passages = passages
        copiedA = Self.share(coveredA.count, of: wordsA.count)
        copiedB = Self.share(coveredB.count, of: wordsB.count)
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

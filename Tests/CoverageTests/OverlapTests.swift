// SPDX-License-Identifier: Apache-2.0

import Coverage
import Testing

@Suite struct OverlapTests {
    private static let words = "one two three four five six seven eight nine ten"

    private func overlap(_ a: String..., with b: String...) -> Overlap { Overlap(a, b) }

    private func span(_ paragraph: Int, _ range: Range<Int>) -> TextSpan {
        TextSpan(paragraph: paragraph, start: range.lowerBound, end: range.upperBound)
    }

    @Test func findsWhatIsSaidInTheSameWords() {
        let found = overlap("Before. \(Self.words)!", with: "Other.", "\(Self.words) after it")
        #expect(found.passages == [Passage(a: span(1, 8..<56), b: span(2, 0..<48), words: 10)])
        #expect(found.copiedA == 0.909)
        #expect(found.copiedB == 0.769)
    }

    @Test func needsEightWords() {
        #expect(overlap("a b c d e f g", with: "a b c d e f g").passages.isEmpty)
        #expect(overlap("a b c d e f g h", with: "a b c d e f g h").copiedA == 1)
        #expect(overlap("a b c d e f g h", with: "a b c d x e f g h").copiedA == 0)
        #expect(overlap("", with: "") == Overlap(passages: [], copiedA: 0, copiedB: 0))
        #expect(Overlap([String](), ["a b c d e f g h"]).copiedB == 0)
    }

    @Test func staysWithinAParagraph() {
        #expect(overlap("a b c d", "e f g h", with: "a b c d e f g h").passages.isEmpty)
        #expect(overlap("a b c d e f g h", with: "a b c d", "e f g h").passages.isEmpty)
        let longer = overlap("a b c d e f g h", "i j", with: "a b c d e f g h i j")
        #expect(longer.passages.map(\.words) == [8])
    }

    /// Case, quotation marks of any kind, punctuation and canonical spelling make no difference.
    @Test(arguments: [
        "A B C D E F G H", "“a b c d” e, f; g – h.", "'a' b ‘c’ d \"e\" f (g) h!", "a\u{A0}b c\u{2009}d e-f g\u{2014}h",
        "a b c d e f g h\u{2019}",
    ])
    func foldsWhatIsNoWord(text: String) {
        #expect(overlap("a b c d e f g h", with: text).copiedB == 1)
    }

    @Test func keepsWordsWhole() {
        #expect(overlap("the crew's boat is in the bay now", with: "the crew’s boat is in the bay now").copiedA == 1)
        #expect(overlap("the crews boat is in the bay now", with: "the crew’s boat is in the bay now").copiedA == 0)
        let composed = "caf\u{E9} ein zwei drei vier fünf sechs sieben"
        let decomposed = "CAFE\u{301} ein zwei drei vier fu\u{308}nf sechs sieben"
        #expect(
            overlap(composed, with: decomposed).passages == [Passage(a: span(1, 0..<41), b: span(1, 0..<43), words: 8)])
    }

    /// Offsets count Unicode scalars, and leave out the quotation marks around a word.
    @Test func countsScalars() {
        let found = overlap("\u{1F469}\u{200D}\u{1F680} “a b c d e f g 'h'”.", with: "a b c d e f g h")
        #expect(found.passages == [Passage(a: span(1, 5..<21), b: span(1, 0..<15), words: 8)])
        #expect(found.copiedA == 1)
    }

    /// Two passages of which neither lies within the other are both told, though they share words.
    @Test func listsPassagesThatOverlap() {
        let found = overlap("a b c d e f g h i j k l", with: "a b c d e f g h i j x", "c d e f g h i j k l")
        #expect(found.passages.map(\.words) == [10, 10])
        #expect(found.passages.map(\.a) == [span(1, 0..<19), span(1, 4..<23)])
        #expect(found.passages.map(\.b.paragraph) == [1, 2])
        #expect(found.copiedA == 1)
    }

    @Test func takesTheLongestOfSeveral() {
        let found = overlap("a b c d e f g h i", with: "a b c d e f g h", "a b c d e f g h i", "a b c d e f g h i")
        #expect(found.passages.map(\.b.paragraph) == [2])
        #expect(found.passages.map(\.words) == [9])
        // All of them are copied, whichever of them is named.
        #expect(found.copiedB == 1)
    }

    @Test func turns() {
        let there = overlap("x \(Self.words)", "a b c d e f g h", with: "a b c d e f g h", Self.words)
        let back = there.turned
        #expect(back.passages.map(\.a) == there.passages.map(\.b))
        #expect(back.passages.map(\.b) == there.passages.map(\.a))
        #expect(back.passages.map(\.words) == [10, 8])
        #expect((back.copiedA, back.copiedB) == (there.copiedB, there.copiedA))
        #expect(back.turned == there)
    }

    // MARK: Random texts

    /// A text of few words in which much recurs, and the words as its maker knows them.
    private struct RandomText {
        var paragraphs: [String] = []
        var words: [(text: String, span: TextSpan)] = []

        init(using random: inout SplitMix) {
            let vocabulary = ["salt", "it's", "ÉTÉ", "12"].prefix(Int.random(in: 2...4, using: &random))
            for number in 1...Int.random(in: 1...4, using: &random) {
                var text = ["", "“", "— ", "\u{1F600} ", "'"].randomElement(using: &random) ?? ""
                for _ in 0..<Int.random(in: 0...30, using: &random) {
                    let word = vocabulary.randomElement(using: &random) ?? "salt"
                    let start = text.unicodeScalars.count
                    text +=
                        [word, word.uppercased(), word.replacing("'", with: "’")].randomElement(using: &random) ?? word
                    let end = text.unicodeScalars.count
                    words.append((word.lowercased(), TextSpan(paragraph: number, start: start, end: end)))
                    text += [" ", ", ", "” ‘", " \u{1F6A2} ", "-", "' '"].randomElement(using: &random) ?? " "
                }
                paragraphs.append(text)
            }
        }

        /// How many words from there on are the same, within both paragraphs.
        func common(_ start: Int, with other: RandomText, _ otherStart: Int) -> Int {
            var length = 0
            while start + length < words.count, otherStart + length < other.words.count,
                words[start + length].text == other.words[otherStart + length].text,
                words[start + length].span.paragraph == words[start].span.paragraph,
                other.words[otherStart + length].span.paragraph == other.words[otherStart].span.paragraph
            {
                length += 1
            }
            return length
        }
    }

    /// Every place of one text held against every place of the other.
    private func naiveOverlap(_ a: RandomText, _ b: RandomText) -> Overlap {
        var copiedA: Set<Int> = []
        var copiedB: Set<Int> = []
        var passages: [Passage] = []
        var furthest = 0
        for start in a.words.indices {
            var best: (length: Int, place: Int) = (0, 0)
            for place in b.words.indices {
                let length = a.common(start, with: b, place)
                if length >= 8 {
                    copiedA.formUnion(start..<start + length)
                    copiedB.formUnion(place..<place + length)
                }
                if length > best.length { best = (length, place) }
            }
            guard best.length >= 8, start + best.length > furthest else { continue }
            furthest = start + best.length
            func span(_ text: RandomText, _ first: Int) -> TextSpan {
                let (from, to) = (text.words[first].span, text.words[first + best.length - 1].span)
                return TextSpan(paragraph: from.paragraph, start: from.start, end: to.end)
            }
            passages.append(Passage(a: span(a, start), b: span(b, best.place), words: best.length))
        }
        func share(_ count: Int, of text: RandomText) -> Double {
            text.words.isEmpty ? 0 : (1000 * Double(count) / Double(text.words.count)).rounded() / 1000
        }
        return Overlap(
            passages: passages, copiedA: share(copiedA.count, of: a), copiedB: share(copiedB.count, of: b))
    }

    @Test func agreesWithTheNaiveWay() {
        let seed = UInt64.random(in: 1 ... .max)
        print("OverlapTests.agreesWithTheNaiveWay: seed \(seed)")
        var random = SplitMix(state: seed)
        var withPassages = 0
        for _ in 0..<1500 {
            let (a, b) = (RandomText(using: &random), RandomText(using: &random))
            let found = Overlap(a.paragraphs, b.paragraphs)
            let expected = naiveOverlap(a, b)
            #expect(found == expected, "seed \(seed): \(a.paragraphs) and \(b.paragraphs)")
            let (there, back) = (found, Overlap(b.paragraphs, a.paragraphs))
            #expect((there.copiedA, there.copiedB) == (back.copiedB, back.copiedA))
            if !found.passages.isEmpty { withPassages += 1 }
            if found != expected { break }
        }
        #expect(withPassages > 100)
    }
}

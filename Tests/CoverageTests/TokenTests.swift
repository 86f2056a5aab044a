// SPDX-License-Identifier: Apache-2.0

import Coverage
import Testing

@Suite struct TokenTests {
    @Test(arguments: [
        ("The U.S. and D.C. agree", ["the", "us", "and", "dc", "agree"]),
        ("US-China, US–China", ["us", "china", ",", "us", "china"]),
        ("one - two—three", ["one", "-", "two", "-", "three"]),
        ("China’s O’Brien in Xi'an isn't", ["china", "'s", "obrien", "in", "xian", "isnt"]),
        ("the states' rights", ["the", "states", "'", "rights"]), ("‘No’", ["'", "no", "'"]),
        (
            "1,000 and 3.5% of the G20 on the 20th.",
            ["1000", "and", "3.5", "%", "of", "the", "g20", "on", "the", "20th", "."]
        ),
        ("J. B. Doe, J.B. Doe", ["j", ".", "b", ".", "doe", ",", "jb", "doe"]), ("习近平 met", ["习", "近", "平", "met"]),
        ("Wait… “so”", ["wait", "...", "\"", "so", "\""]), ("Си Цзиньпин", ["си", "цзиньпин"]), ("👩‍🚀", ["👩", "🚀"]),
        ("Bli\u{200B}nken\u{AD} said\u{301}", ["blinken", "said"]), ("\u{301}\u{202E}", []), ("a\u{0}b", ["a", "b"]),
        ("end.Next", ["end", ".", "next"]), ("U.S.-led", ["us", "led"]), ("3.", ["3", "."]), ("x.y", ["x", ".", "y"]),
    ])
    func breaksWords(text: String, expected: [String]) {
        let paragraph = ParagraphText(number: 1, raw: text[...])
        #expect(paragraph.tokens.map { paragraph.text($0) } == expected)
    }

    @Test func knowsCaseAndGaps() {
        let paragraph = ParagraphText(number: 1, raw: "The U.S.-China talks, eBay, A, 東")
        let tokens = paragraph.tokens
        #expect(
            tokens.map(\.shape) == [
                .capitalized, .upper, .capitalized, .lower, .uncased, .mixed, .uncased, .capitalized, .uncased,
                .uncased,
            ])
        #expect(tokens.map(\.gap)[..<5] == [.nothing, .space, .hyphen, .space, .nothing])
        #expect(tokens.map(\.isDotted)[..<3] == [false, true, false])
        #expect(tokens[1].start == 4 && tokens[1].end == 8)
    }

    /// Offsets count Unicode scalars, and a mark belongs to its letter.
    @Test func countsScalars() {
        let paragraph = ParagraphText(number: 1, raw: "👩‍🚀 Zu\u{308}rich\u{301}’s")
        let zurich = paragraph.tokens[2]
        #expect(zurich.start == 4 && zurich.end == 12)
        #expect(
            Array(paragraph.cut(zurich.start, zurich.end).unicodeScalars)
                == Array("Zu\u{308}rich\u{301}".unicodeScalars))
        #expect(
            paragraph.cut(-1, 2).isEmpty && paragraph.cut(90, 99).isEmpty
                && paragraph.cut(12, 99).unicodeScalars.count == 2)
    }

    /// Whatever the text, tokens stand in order, do not overlap, and their offsets in bytes and in scalars agree.
    @Test func holdsForAnyText() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = RandomText(seed: seed)
        for _ in 0..<500 {
            let text = random.text(upTo: 60)
            let paragraph = ParagraphText(number: 1, raw: text[...])
            var end = 0
            for token in paragraph.tokens {
                #expect(token.start >= end && token.end > token.start, "seed \(seed)")
                #expect(
                    Array(paragraph.cut(token.start, token.end).utf8)
                        == Array(paragraph.surface(token, to: token).utf8),
                    "seed \(seed)")
                end = token.end
            }
            #expect(end <= text.unicodeScalars.count, "seed \(seed)")
            #expect(paragraph.sentences.flatMap { Array($0.tokens) } == Array(paragraph.tokens.indices), "seed \(seed)")
        }
    }
}

/// Texts of characters that break things: marks, controls, dots, apostrophes, wide and astral letters.
struct RandomText {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func number(below bound: Int) -> Int {
        // SplitMix64.
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }

    private static let pieces = [
        "a", "B", "s", "S", ".", ".", "'", "’", "-", "–", "—", " ", " ", " ", ",", "1", "9", "U.S.", "\u{301}",
        "\u{200D}",
        "\u{AD}", "\u{202E}", "\u{0}", "\u{A0}", "“", "”", "\"", "習", "Ж", "é", "👩‍🚀", "\u{FE0F}", "ß", "İ", "!", "?",
        "…", "。",
        "(", ")", "\u{1F1E8}", "ก", "\u{64B}", "\u{FFFD}", "\u{E000}",
    ]

    mutating func text(upTo length: Int, mixing words: [String] = []) -> String {
        var text = ""
        for _ in 0..<number(below: length + 1) {
            if !words.isEmpty, number(below: 2) == 0 {
                text += words[number(below: words.count)]
            } else if number(below: 8) == 0, let scalar = Unicode.Scalar(UInt32(number(below: 0x11_0000))) {
                text.unicodeScalars.append(scalar)
            } else {
                text += Self.pieces[number(below: Self.pieces.count)]
            }
        }
        return text
    }
}

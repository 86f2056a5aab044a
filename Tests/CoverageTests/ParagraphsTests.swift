// SPDX-License-Identifier: Apache-2.0

import Coverage
import Testing

@Suite struct ParagraphsTests {
    @Test(
        arguments: [
            ("", [], 0), ("\n\r\n \t\u{A0}\u{2003}\u{3000}\n", [], 0), ("one", ["one"], 1),
            ("one\n\ntwo words\n", ["one", "two words"], 3), ("a\r\nb\r\n\r\nc", ["a", "b", "c"], 3),
            // Nothing is trimmed, and only the CR that belongs to a line end goes.
            ("  a \r\r\n\tb\r", ["  a \r", "\tb\r"], 2), ("a\rb", ["a\rb"], 2),
            // Other separators of lines and paragraphs do not end a line.
            ("a\u{2028}b\u{2029}c\u{85}d\u{0B}e\u{0C}f", ["a\u{2028}b\u{2029}c\u{85}d\u{0B}e\u{0C}f"], 6),
            // A combining mark after the LF belongs to the next line, a zero-width space is not White_Space.
            ("a\n\u{301}b", ["a", "\u{301}b"], 2), ("\u{200B}\n\u{FEFF}", ["\u{200B}", "\u{FEFF}"], 2),
        ] as [(String, [String], Int)])
    func numbersLinesThatAreNotBlank(text: String, expected: [String], words: Int) {
        let paragraphs = Paragraphs(of: text)
        #expect(paragraphs.all.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
        #expect(paragraphs.words == words)
    }

    @Test func countsFromOne() {
        let paragraphs = Paragraphs(of: "first\n\nsecond\n")
        #expect(paragraphs[number: 1] == "first")
        #expect(paragraphs[number: 2] == "second")
        for number in [0, 3, -1, .max, .min] { #expect(paragraphs[number: number] == nil) }
        #expect(Paragraphs(of: "")[number: 1] == nil)
    }

    @Test(arguments: [
        ("Qin", "Qin Gang"), ("Gang", "Qin Gang"), ("Qin Gang", "(Qin Gang)"), ("China", "China’s"),
        ("Xi'an", "in Xi’an."),
        ("Xi’an", "in Xi'an"), ("war", "warfare, and war"), ("a", "a"), ("301", "section 301;"), ("東", "東-京"),
        ("x", "\u{200D}x\u{200D}"), ("x", "\r\nx\r\n"), ("é", "é"), ("U.S.", "the U.S. and"), ("aba", "ababa aba"),
    ])
    func findsWholeWords(word: String, text: String) {
        #expect(containsWord(word, in: text))
        #expect(containsWord(word, in: text[...]))
    }

    @Test(arguments: [
        ("", "a"), ("", ""), ("a", ""), ("Qin", "qin"), ("war", "warfare"), ("war", "postwar"), ("30", "301"),
        ("Xi", "Xi1"),
        ("e", "e\u{301}"), ("cafe", "cafe\u{301}"), ("é", "e\u{301}"), ("東", "東京"), ("a b", "a  b"), ("long", "lon"),
        ("x", "x²"), ("aba", "ababa"), ("x", "aͅx"),
    ])
    func findsNothingElse(word: String, text: String) {
        #expect(!containsWord(word, in: text))
    }
}

// SPDX-License-Identifier: Apache-2.0

/// The words of an article, folded, each with its place.
struct FoldedWords: Sendable {
    struct Word: Sendable {
        let text: String
        let span: TextSpan
    }

    private(set) var words: [Word] = []

    var count: Int { words.count }

    init(_ paragraphs: [some StringProtocol]) {
        for (index, paragraph) in paragraphs.enumerated() {
            var text = ""
            var start = 0
            /// Apostrophes around a word are quotation marks, or might as well be.
            func word(endingAt end: Int) -> Word? {
                let opening = text.prefix { $0 == "'" }.count
                let bare = text.drop { $0 == "'" }
                let closing = bare.reversed().prefix { $0 == "'" }.count
                return bare.isEmpty
                    ? nil
                    : Word(
                        text: String(bare.dropLast(closing)),
                        span: TextSpan(paragraph: index + 1, start: start + opening, end: end - closing))
            }
            var offset = 0
            for scalar in paragraph.unicodeScalars {
                if let folded = Self.fold(scalar) {
                    if text.isEmpty { start = offset }
                    text += folded
                } else {
                    if let word = word(endingAt: offset) { words.append(word) }
                    text = ""
                }
                offset += 1
            }
            if let word = word(endingAt: offset) { words.append(word) }
        }
    }

    /// A letter, digit or apostrophe in one spelling; nil for what parts words.
    private static func fold(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        // Most of what is read, and expensive to look up.
        case "a"..."z", "0"..."9": String(Character(scalar))
        case " ", ".", ",", "-", "\"": nil
        case "'", "\u{2018}", "\u{2019}", "\u{02BC}": "'"
        case _ where scalar.properties.isAlphabetic || scalar.properties.numericType != nil:
            scalar.properties.lowercaseMapping
        case _ where scalar.properties.generalCategory == .nonspacingMark: String(Character(scalar))
        default: nil
        }
    }

    /// Where the shortest passage could begin without leaving its paragraph.
    var runStarts: [Int] {
        guard words.count >= Overlap.shortest else { return [] }
        return (0...words.count - Overlap.shortest).filter {
            words[$0].span.paragraph == words[$0 + Overlap.shortest - 1].span.paragraph
        }
    }

    func run(at start: Int) -> [String] { words[start..<start + Overlap.shortest].map(\.text) }

    /// How many words are the same from here on, within both paragraphs.
    func common(at start: Int, with other: FoldedWords, at otherStart: Int) -> Int {
        var length = 0
        while start + length < words.count, otherStart + length < other.words.count {
            let (a, b) = (words[start + length], other.words[otherStart + length])
            guard a.text == b.text, a.span.paragraph == words[start].span.paragraph,
                b.span.paragraph == other.words[otherStart].span.paragraph
            else { break }
            length += 1
        }
        return length
    }

    func span(_ start: Int, _ length: Int) -> TextSpan {
        let (first, last) = (words[start].span, words[start + length - 1].span)
        return TextSpan(paragraph: first.paragraph, start: first.start, end: last.end)
    }
}

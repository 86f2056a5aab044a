// SPDX-License-Identifier: Apache-2.0

/// The paragraphs of an article: its lines that are not blank, numbered from 1.
///
/// A line ends at LF, and a CR just before it belongs to the line end; no other character ends a line. A line is
/// blank when all its scalars are White_Space. Paragraphs are raw: nothing is trimmed.
package struct Paragraphs: Sendable, Hashable {
    /// Without their line ends; paragraph n at index n - 1.
    package let all: [Substring]
    /// How many words the text has, parted by White_Space.
    package let words: Int

    package init(of text: String) {
        var paragraphs: [Substring] = []
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let isEnded = index < lines.count - 1
            let hasReturn = isEnded && line.last == UInt8(ascii: "\r")
            let paragraph = Substring(hasReturn ? line.dropLast() : line)
            if !paragraph.unicodeScalars.allSatisfy(Self.isWhiteSpace) { paragraphs.append(paragraph) }
        }
        all = paragraphs
        words = Self.countWords(of: text)
    }

    private static func countWords(of text: String) -> Int {
        var count = 0
        var isInWord = false
        for scalar in text.unicodeScalars {
            let isSpace = isWhiteSpace(scalar)
            if isInWord == isSpace {
                isInWord = !isSpace
                if isInWord { count += 1 }
            }
        }
        return count
    }

    /// White_Space, whose ASCII members need no table.
    private static func isWhiteSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? scalar == " " || 0x09...0x0D ~= scalar.value : scalar.properties.isWhitespace
    }

    /// The paragraph of a number counted from 1; nil when there is none.
    package subscript(number number: Int) -> Substring? {
        number >= 1 && number <= all.count ? all[number - 1] : nil
    }
}

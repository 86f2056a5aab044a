// SPDX-License-Identifier: Apache-2.0

internal import Coverage

/// A text that cannot be an article.
package struct UnusableArticle: Error, CustomStringConvertible {
    /// What is wrong with it, to be read after "the text" or "the file".
    package let description: String
}

/// Tells the text of an article from all that comes in its place by mistake.
enum ArticleBytes {
    /// The largest article, in bytes.
    static let limit = 16 << 20
    /// The longest paragraph, in bytes. Prose stays far below it; a file without line ends that is longer is data.
    static let longestParagraph = 256 << 10

    /// - Throws: `UnusableArticle` for what is no text, or text that is not what it seems.
    static func text(of bytes: [UInt8]) throws(UnusableArticle) -> String {
        guard bytes.count <= limit else { throw refusal("is larger than an article can be: \(limit >> 20) MiB") }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw refusal("is not UTF-8 text\(place(of: invalidByte(in: bytes), in: bytes))")
        }
        try refuseLongLines(bytes)
        try refuseStrangeCharacters(in: text)
        try refuseMarkup(text)
        return text
    }

    private static func refusal(_ description: String) -> UnusableArticle { UnusableArticle(description: description) }

    private static func refuseLongLines(_ bytes: [UInt8]) throws(UnusableArticle) {
        var start = 0
        var number = 1
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            if index - start > longestParagraph { break }
            start = index + 1
            number += 1
        }
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        guard end - start > longestParagraph else { return }
        throw refusal(
            "has \(end - start) bytes in line \(number): a paragraph has at most \(longestParagraph >> 10) KiB")
    }

    private static func refuseStrangeCharacters(in text: String) throws(UnusableArticle) {
        var line = 1
        var isBlank = true
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": line += 1
            case "\t", "\r", "\u{0B}", "\u{0C}", "\u{85}", "\u{FEFF}": break
            case "\0": throw refusal("holds NUL characters: not a text file")
            default:
                switch scalar.unfitness {
                case .turning?:
                    throw refusal(
                        "holds \(scalar.codePoint) in line \(line), which changes the direction of writing: take it out"
                    )
                case .control?:
                    throw refusal("holds the control character \(scalar.codePoint) in line \(line): not a text file")
                case nil: if isBlank && !scalar.properties.isWhitespace { isBlank = false }
                }
            }
        }
        if isBlank { throw refusal("holds no text") }
    }

    /// A page of HTML is not the article on it: what belongs to it and what to its surroundings nobody can tell here.
    private static func refuseMarkup(_ text: String) throws(UnusableArticle) {
        let start = text.unicodeScalars.drop { $0.properties.isWhitespace || $0 == "\u{FEFF}" }.prefix(200)
        let opening = String(Substring(start)).lowercased()
        let isMarkup =
            ["<!doctype", "<html", "<?xml", "<head", "<body", "<rss", "<div", "<script"].contains {
                opening.hasPrefix($0)
            } || (opening.hasPrefix("<") && text.contains("</p>"))
        if isMarkup { throw refusal("is HTML or XML, not plain text: import the article's text alone") }
    }

    // MARK: Places

    /// The first byte that no UTF-8 has there.
    private static func invalidByte(in bytes: [UInt8]) -> Int {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var offset = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { offset += UTF8.width(scalar) }
        return min(offset, bytes.count)
    }

    private static func place(of offset: Int, in bytes: [UInt8]) -> String {
        let before = bytes[..<offset]
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        return ": byte \(offset + 1), in line \(line), is none"
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Whether a text has a word or phrase exactly as written, with no letter, digit or combining mark touching it on
/// either side. Curly and straight apostrophes count as one; all else, case included, has to be the same.
///
/// Compares Unicode scalars: an `e` followed by a combining accent is not the word's bare `e`, and neither is a
/// letter hidden because it shares a grapheme cluster with a mark that comes before or after the word.
package func containsWord(_ word: String, in paragraph: some StringProtocol) -> Bool {
    let word = word.unicodeScalars.map(withStraightApostrophe)
    let text = paragraph.unicodeScalars.map(withStraightApostrophe)
    guard !word.isEmpty, word.count <= text.count else { return false }
    return (0...text.count - word.count).contains { start in
        let end = start + word.count
        return text[start] == word[0] && text[start..<end].elementsEqual(word)
            && (start == 0 || !belongsToWord(text[start - 1]))
            && (end == text.count || !belongsToWord(text[end]))
    }
}

private func withStraightApostrophe(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "\u{2018}", "\u{2019}", "\u{02BC}": "'"
    default: scalar
    }
}

private func belongsToWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark: true
    default: scalar.properties.isAlphabetic
    }
}

// SPDX-License-Identifier: Apache-2.0

/// A word or number of a sentence as the readers of times, speech and events look at it.
struct LexicalWord: Sendable, Equatable {
    /// As it stands.
    let text: String
    /// In one spelling: a word folded, a number in lower case.
    let lower: String
    /// Unicode scalar offsets in its paragraph, end exclusive.
    let start: Int
    let end: Int
    /// What stands between the word before and this one: white space, punctuation, a possessive ending.
    let separator: String
    let isCapitalized: Bool
    let isNumber: Bool
    /// Its index among the paragraph's tokens.
    let token: Int
}

extension ParagraphText {
    /// The words and numbers of a sentence, in order.
    func words(of sentence: Sentence) -> [LexicalWord] { words(in: sentence.tokens) }

    /// - Parameter range: indices of tokens; what lies outside is left out.
    func words(in range: Range<Int>) -> [LexicalWord] {
        let bytes = raw.utf8
        func text(_ range: Range<Int>) -> String {
            guard let start = bytes.index(bytes.startIndex, offsetBy: range.lowerBound, limitedBy: bytes.endIndex),
                let end = bytes.index(start, offsetBy: range.count, limitedBy: bytes.endIndex)
            else { return "" }
            return String(raw[start..<end])
        }
        var words: [LexicalWord] = []
        var previous: Int?
        for index in range.clamped(to: 0..<tokens.count) {
            let token = tokens[index]
            guard token.kind == .word || token.kind == .number else { continue }
            let surface = text(token.bytes)
            let from = previous ?? token.bytes.lowerBound
            words.append(
                LexicalWord(
                    text: surface, lower: token.isWord ? self.text(token) : surface.lowercased(), start: token.start,
                    end: token.end, separator: text(from..<max(from, token.bytes.lowerBound)),
                    isCapitalized: token.isCapitalized, isNumber: token.kind == .number, token: index))
            previous = token.bytes.upperBound
        }
        return words
    }
}

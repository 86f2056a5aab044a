// SPDX-License-Identifier: Apache-2.0

/// Finds where sentences end among a paragraph's tokens.
///
/// A full stop ends a sentence unless it belongs to an abbreviation, an initial or a number; so do `!`, `?`, an
/// ellipsis before a capital letter, and the full stops of Chinese and Japanese. Closing quotation marks and brackets
/// go with the sentence before them. A question inside a sentence (`“Why?” he asked`) does not end it.
struct SentenceFinder {
    private let tokens: [Token]
    private let folded: [UInt8]

    static func sentences(_ tokens: [Token], folded: [UInt8]) -> [Sentence] {
        SentenceFinder(tokens: tokens, folded: folded).all()
    }

    private func all() -> [Sentence] {
        var sentences: [Sentence] = []
        var first = 0
        var index = 0
        while index < tokens.count {
            guard let next = endOfSentence(at: index) else {
                index += 1
                continue
            }
            sentences.append(sentence(first..<next))
            first = next
            index = next
        }
        if first < tokens.count { sentences.append(sentence(first..<tokens.count)) }
        return sentences
    }

    private func sentence(_ range: Range<Int>) -> Sentence {
        Sentence(start: tokens[range.lowerBound].start, end: tokens[range.upperBound - 1].end, tokens: range)
    }

    /// The token after a sentence that ends with the mark at hand; nil when none ends here.
    private func endOfSentence(at index: Int) -> Int? {
        let token = tokens[index]
        let mark = text(index)
        let isStop = token.kind == .punctuation && Self.stops.contains(mark)
        guard isStop || (token.isDotted && mark.count > 1) else { return nil }
        var next = index + 1
        while next < tokens.count, isMore(next, after: next - 1) { next += 1 }
        guard next < tokens.count else { return next }
        if Self.wideStops.contains(mark) { return next }
        guard tokens[next].gap == .space, beginsSentence(next) else { return nil }
        guard mark == "." || token.isDotted else { return next }
        // A closing mark proves what an abbreviation leaves open.
        if isStop, next == index + 1, isAbbreviation(before: index) { return nil }
        if token.isDotted, next == index + 1, !isOpener(next) { return nil }
        return next
    }

    /// Whether a token still belongs to the end of the sentence: another stop, or what closes a quotation or bracket.
    private func isMore(_ index: Int, after previous: Int) -> Bool {
        let token = tokens[index]
        guard token.kind == .punctuation, token.gap == .nothing else { return false }
        let mark = text(index)
        return Self.stops.contains(mark) || Self.closers.contains(mark)
    }

    /// Whether a sentence could begin with a token: a capital, a digit or a script without case, behind what opens a
    /// quotation or bracket.
    private func beginsSentence(_ index: Int) -> Bool {
        var index = index
        while index < tokens.count, tokens[index].kind == .punctuation { index += 1 }
        guard index < tokens.count else { return true }
        return tokens[index].shape != .lower
    }

    /// Whether the stop at an index belongs to the word before it.
    private func isAbbreviation(before index: Int) -> Bool {
        guard index > 0, tokens[index].gap == .nothing, tokens[index - 1].isWord else { return false }
        let word = text(index - 1)
        if word.count == 1 { return tokens[index - 1].isCapitalized }
        if Self.titles.contains(word) { return tokens[index - 1].isCapitalized }
        return Self.abbreviations.contains(word) && !isOpener(index + 1)
    }

    /// Whether a token is a word that begins sentences and, in the middle of one, would have no capital.
    private func isOpener(_ index: Int) -> Bool {
        index < tokens.count && Self.openers.contains(text(index))
    }

    private func text(_ index: Int) -> String { String(decoding: folded[tokens[index].folded], as: UTF8.self) }

    private static let stops: Set<String> = [".", "!", "?", "...", "\u{3002}", "\u{FF01}", "\u{FF1F}", "\u{61F}"]
    private static let wideStops: Set<String> = ["\u{3002}", "\u{FF01}", "\u{FF1F}"]
    private static let closers: Set<String> = ["\"", "'", ")", "]", "\u{300D}", "\u{300F}", "\u{FF09}"]
    /// A name follows them, so their full stop never ends a sentence.
    private static let titles: Set<String> = [
        "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "maj", "capt", "cmdr", "adm", "sgt", "cpl", "pvt", "brig",
        "sen", "rep", "gov", "pres", "amb", "sec", "hon", "rev", "fr", "st", "mt", "ft", "messrs", "mme", "mlle", "vs",
    ]
    /// A name or a number may follow them, or a sentence end with them.
    private static let abbreviations: Set<String> = [
        "jr", "sr", "inc", "ltd", "co", "corp", "bros", "dept", "est", "no", "nos", "vol", "fig", "art", "para",
        "approx",
        "etc", "al", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "univ",
        "assn",
        "min", "supt", "ph",
    ]
    private static let openers: Set<String> = [
        "the", "a", "an", "this", "that", "these", "those", "he", "she", "it", "they", "we", "i", "you", "his", "her",
        "its", "their", "our", "there", "but", "and", "or", "so", "in", "on", "at", "for", "from", "by", "with", "as",
        "if", "when", "while", "after", "before", "since", "although", "though", "however", "meanwhile", "both",
        "neither", "such", "what", "who", "why", "how", "where", "some", "many", "most", "to", "under", "during",
        "last",
        "earlier", "later", "now", "then", "yet", "still", "also", "no", "not", "one", "two",
    ]
}

// SPDX-License-Identifier: Apache-2.0

/// A paragraph with its words and sentences.
package struct ParagraphText: Sendable {
    /// Counted from 1.
    package let number: Int
    /// As it stands in the article; all offsets count its Unicode scalars.
    package let raw: Substring
    package let tokens: [Token]
    package let sentences: [Sentence]
    /// The folded forms of all tokens, as UTF-8, one after another.
    let folded: [UInt8]

    package init(number: Int, raw: Substring) {
        self.number = number
        self.raw = raw
        let tokenizer = Tokenizer(Array(raw.utf8))
        tokens = tokenizer.tokens
        folded = tokenizer.folded
        sentences = SentenceFinder.sentences(tokens, folded: folded)
    }

    /// A token in its folded form: `us` for `U.S.`, `zurich` for `Zürich`, `"` for any double quotation mark.
    package func text(_ token: Token) -> String { String(decoding: folded[token.folded], as: UTF8.self) }

    /// The same for the token of an index; empty when there is none.
    package func text(_ index: Int) -> String { tokens.indices.contains(index) ? text(tokens[index]) : "" }

    /// The raw text from one token to another, both included, without what stands around them.
    package func surface(_ first: Token, to last: Token) -> String {
        let utf8 = raw.utf8
        guard first.bytes.lowerBound < last.bytes.upperBound,
            let start = utf8.index(utf8.startIndex, offsetBy: first.bytes.lowerBound, limitedBy: utf8.endIndex),
            let end = utf8.index(utf8.startIndex, offsetBy: last.bytes.upperBound, limitedBy: utf8.endIndex)
        else { return "" }
        return String(raw[start..<end])
    }

    /// The raw text between two Unicode scalar offsets; what lies outside the paragraph is left out.
    package func cut(_ start: Int, _ end: Int) -> Substring {
        let scalars = raw.unicodeScalars
        guard start >= 0, start < end,
            let from = scalars.index(scalars.startIndex, offsetBy: start, limitedBy: scalars.endIndex)
        else { return "" }
        let to = scalars.index(from, offsetBy: end - start, limitedBy: scalars.endIndex) ?? scalars.endIndex
        return raw[from..<to]
    }

    /// The sentence that an offset lies in, or the last that begins before it.
    package func sentence(at offset: Int) -> Sentence? { sentences.last { $0.start <= offset } ?? sentences.first }
}

/// An article's text in its parts: paragraphs, their sentences and words, and which of them are not its own prose.
package struct ArticleText: Sendable {
    package let paragraphs: [ParagraphText]
    /// By paragraph number.
    package let boilerplate: [Int: Boilerplate]

    package init(_ text: String) { self.init(Paragraphs(of: text)) }

    package init(_ paragraphs: Paragraphs) {
        let paragraphs = paragraphs.all.enumerated().map { ParagraphText(number: $0 + 1, raw: $1) }
        self.paragraphs = paragraphs
        boilerplate = Boilerplate.find(in: paragraphs)
    }

    /// The paragraph of a number counted from 1; nil when there is none.
    package subscript(number number: Int) -> ParagraphText? {
        number >= 1 && number <= paragraphs.count ? paragraphs[number - 1] : nil
    }

    /// Whom its credit lines name as its source, the last of several.
    package var credit: String? {
        boilerplate.values.filter { $0.kind == .creditLine }.max { $0.paragraph < $1.paragraph }?.credited
    }
}

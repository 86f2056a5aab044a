// SPDX-License-Identifier: Apache-2.0

/// Words that an article ascribes to somebody, quoted or told.
package struct Quotation: Sendable, Equatable {
    package let form: StatementForm
    /// What was said, quotation marks left out: one stretch, or one for each paragraph it runs over.
    package let spans: [TextSpan]
    /// The person or organization; nil where none that is known is named.
    package let speaker: Reference?
    /// Those who speak, in the article's words, where no name is given: `a senior official`.
    package let speakerAs: String?
    /// Whether both quotation marks are there; false for indirect speech.
    package let isMarked: Bool
    /// 0 to 1: how surely these are words of this speaker.
    package let confidence: Double
}

/// Who speaks, and how surely.
struct Speaker: Equatable {
    var entity: Reference?
    var words: String?
    var confidence: Double

    /// The same, trusted less.
    func discounted(by factor: Double) -> Speaker {
        Speaker(entity: entity, words: words, confidence: confidence * factor)
    }
}

/// A paragraph with what is named in it, for finding who speaks.
struct SpeechParagraph {
    let text: ParagraphText
    /// The folded form of each token.
    let lower: [String]
    /// People and organizations, in order, none overlapping another.
    let named: [(tokens: Range<Int>, mention: Mention)]

    /// - Parameter mentions: those of this paragraph.
    init(_ text: ParagraphText, _ mentions: [Mention]) {
        self.text = text
        lower = text.tokens.map { text.text($0) }
        var named: [(tokens: Range<Int>, mention: Mention)] = []
        let wanted = mentions.filter {
            ($0.entity.type == .person || $0.entity.type == .organization) && $0.confidence >= 0.5
        }
        for mention in wanted.sorted(by: { ($0.span.start, $1.span.end) < ($1.span.start, $0.span.end) }) {
            guard mention.span.start >= (named.last?.mention.span.end ?? 0) else { continue }
            let first = text.tokens.partitionPoint { $0.end > mention.span.start }
            let end = text.tokens.partitionPoint { $0.start >= mention.span.end }
            if first < end { named.append((first..<end, mention)) }
        }
        self.named = named
    }

    func word(_ index: Int) -> String { lower.indices.contains(index) ? lower[index] : "" }

    func isPunctuation(_ index: Int) -> Bool {
        text.tokens.indices.contains(index) && text.tokens[index].kind == .punctuation
    }

    func named(in range: Range<Int>) -> [(tokens: Range<Int>, mention: Mention)] {
        let first = named.partitionPoint { $0.tokens.lowerBound >= range.lowerBound }
        return Array(named[first...].prefix { $0.tokens.upperBound <= range.upperBound })
    }

    /// The mention that a token belongs to.
    func named(at index: Int) -> (tokens: Range<Int>, mention: Mention)? {
        let next = named.partitionPoint { $0.tokens.upperBound > index }
        return next < named.count && named[next].tokens.contains(index) ? named[next] : nil
    }

    func span(_ tokens: Range<Int>) -> TextSpan? {
        guard let first = text.tokens[tokens].first, let last = text.tokens[tokens].last else { return nil }
        return TextSpan(paragraph: text.number, start: first.start, end: last.end)
    }

    func sentence(at token: Int) -> Sentence? {
        let place = text.sentences.partitionPoint { $0.tokens.upperBound > token }
        return place < text.sentences.count ? text.sentences[place] : nil
    }

    /// The words of a stretch, as they stand.
    func surface(_ tokens: Range<Int>) -> String {
        guard let first = text.tokens[tokens].first, let last = text.tokens[tokens].last else { return "" }
        return text.surface(first, to: last)
    }

    /// How many of the tokens are words or numbers.
    func words(in tokens: Range<Int>) -> Int {
        text.tokens[tokens].count { $0.kind == .word || $0.kind == .number }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Somebody's words that an article quotes or tells, for an editor to take, mend or drop.
package struct StatementCandidate: Sendable, Equatable {
    /// `X on A and B`: whom and what it names, never the article's sentence; where it names nothing, up to seven of its
    /// words.
    package let gist: String
    package let form: StatementForm
    package let speaker: Reference?
    package let speakerAs: String?
    package let issues: [Reference]
    package let date: DateStatement?
    /// Where the words stand.
    package let spans: [TextSpan]
    package let citation: Citation
    package let confidence: Double

    /// Below this, reported speech is left out: it would cost editors more time than it is worth.
    package static let leastConfidence = 0.5

    static func candidates(in article: AnalysedArticle) -> [StatementCandidate] {
        let mentions = SpanIndex(article.mentions, by: \.span)
        let times = SpanIndex(article.times.filter { $0.use == .at }, by: \.span)
        return article.quotations.compactMap { StatementCandidate($0, in: article, mentions, times) }
    }

    private init?(
        _ quotation: Quotation, in article: AnalysedArticle, _ mentions: SpanIndex<Mention>,
        _ times: SpanIndex<TimeExpression>
    ) {
        guard let span = quotation.spans.first, let paragraph = article.text[number: span.paragraph],
            quotation.speaker != nil || quotation.speakerAs != nil, quotation.confidence >= Self.leastConfidence
        else { return nil }
        let inside = quotation.spans.flatMap { mentions.within($0.paragraph, $0.start, $0.end) }
        let named = inside.map(\.entity).reduce(into: [Reference]()) {
            if !$0.contains($1), $1 != quotation.speaker { $0.append($1) }
        }
        issues = named.filter { $0.type == .issue }
        // Told words on nothing that is known are a shade of the story rather than a statement.
        guard quotation.form == .direct || !named.isEmpty else { return nil }
        let speaker = quotation.speaker?.name ?? quotation.speakerAs ?? ""
        let topics = (issues + named.filter { $0.type != .issue }).prefix(3).map(\.name)
        let words = paragraph.tokens(within: span).filter { $0.kind == .word || $0.kind == .number }
        if topics.isEmpty, let first = words.first, let last = words.prefix(7).last {
            gist = "\(speaker): \"\(paragraph.surface(first, to: last))\(words.count > 7 ? " \u{2026}" : "")\""
        } else {
            gist = "\(speaker) on \(Self.listed(topics))"
        }
        form = quotation.form
        self.speaker = quotation.speaker
        speakerAs = quotation.speakerAs
        spans = quotation.spans
        confidence = quotation.confidence
        // When it was said, as far as the sentence tells outside of what was said.
        let sentences = paragraph.sentences
        let place = sentences.partitionPoint { $0.end > span.start }
        let sentence = place < sentences.count ? sentences[place] : nil
        let told = sentence.map { times.within(span.paragraph, $0.start, $0.end) } ?? []
        date = told.first { $0.span.end <= span.start || span.end <= $0.span.start }?.date
        let longest = words.max { $0.end - $0.start < $1.end - $1.start }
        citation = Citation(
            article: article.reference, paragraph: span.paragraph,
            anchors: longest.map { [paragraph.surface($0, to: $0)] } ?? [])
    }

    private static func listed(_ names: [String]) -> String {
        guard let last = names.last else { return "" }
        return names.count == 1 ? last : names.dropLast().joined(separator: ", ") + " and " + last
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Reads the times an article names, sentence by sentence, each reckoned from its publication and from the times
/// named before it.
///
/// Left out is what has no date: 'recently', 'in the coming months', how long something took.
package struct TimeReader {
    private let published: PublicationDay
    private var last: EDTF?

    /// - Parameter published: the article's own date; without it only whole dates can be told.
    package init(published: EDTF?) {
        self.published = PublicationDay(published)
    }

    /// The times of a whole article, in its order.
    package static func times(in text: ArticleText, published: EDTF?) -> [TimeExpression] {
        var reader = TimeReader(published: published)
        return text.paragraphs.flatMap { paragraph in
            paragraph.sentences.flatMap { reader.times(in: paragraph.words(of: $0), paragraph: paragraph.number) }
        }
    }

    /// The times of the next sentence of the article.
    mutating func times(in words: [LexicalWord], paragraph: Int) -> [TimeExpression] {
        let tense = Tense(words: words)
        var times: [TimeExpression] = []
        for match in TimePatterns(words: words).matches {
            let resolution = TimeResolution(
                published: published, last: last, direction: tense.direction(at: match.words))
            guard let answer = resolution.answer(match.meaning), let first = words[match.words].first,
                let end = words[match.words].last?.end
            else { continue }
            let (use, edtf) = use(of: match, answer.edtf, in: words)
            guard let edtf else { continue }
            // A stretch one looks back over is not a time that 'the same week' could go back to.
            if use == .at { last = edtf }
            let surface = words[match.words].enumerated().reduce(into: "") { text, word in
                text += (word.offset == 0 ? "" : word.element.separator) + word.element.text
            }
            times.append(
                TimeExpression(
                    span: TextSpan(paragraph: paragraph, start: first.start, end: end),
                    date: DateStatement(edtf: edtf, basis: answer.basis, note: note(answer, of: surface)), use: use,
                    confidence: answer.confidence))
        }
        return times
    }

    /// What the word before makes of a date: 'since' opens its end, 'until' its beginning.
    private func use(of match: TimePatterns.Match, _ edtf: EDTF, in words: [LexicalWord]) -> (TimeExpression.Use, EDTF?)
    {
        if case .lookingBack = match.meaning { return (.window, edtf) }
        let start = match.words.lowerBound
        let before = words[max(0, start - 2)..<start].map(\.lower)
        let word = before.last == "the" || before.last == "early" || before.last == "late" ? before.first : before.last
        guard let word, !edtf.isInterval else { return (.at, edtf) }
        switch word {
        case "since": return (.since, .interval(edtf, nil))
        case "until", "till", "by": return (.until, .interval(nil, edtf))
        default: return (.at, edtf)
        }
    }

    /// `'last month', published on 2023-06-14`.
    private func note(_ answer: TimeResolution.Answer, of surface: String) -> String? {
        guard answer.basis == .inferred else { return nil }
        let reckoned = answer.reason.map { $0.hasPrefix("reckoned") || $0.hasPrefix("that of") } ?? false
        let from = reckoned ? [] : [published.told]
        return (["'\(surface)'"] + from + (answer.reason.map { [$0] } ?? [])).joined(separator: ", ") + "."
    }
}

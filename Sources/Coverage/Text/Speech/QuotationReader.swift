// SPDX-License-Identifier: Apache-2.0

/// Finds what an article quotes and tells of people's words, and whose they are, paragraph by paragraph, keeping in
/// mind who was named and who spoke last.
///
/// Quoted words are told from terms ('a policy of "strategic ambiguity"') and titles by what stands around them: a verb
/// of saying and its subject, a stop inside the marks, length, capitals, a determiner in front.
package struct QuotationReader {
    private let paragraphs: [SpeechParagraph]
    private let skipped: Set<Int>
    private let stretches: [MarkedStretch]
    /// The tokens in marks, by paragraph, in order.
    private let quoted: [Int: [Range<Int>]]
    private var found: [Quotation] = []
    /// Whom a pronoun stands for.
    private var antecedent: Reference?
    private var lastSpeaker: Speaker?

    /// All quotations of an article, in its order.
    /// - Parameter mentions: of the article, in any order.
    package static func quotations(in text: ArticleText, mentions: [Mention]) -> [Quotation] {
        var reader = QuotationReader(text, mentions)
        reader.read()
        return reader.found
    }

    private init(_ text: ArticleText, _ mentions: [Mention]) {
        let byParagraph = Dictionary(grouping: mentions, by: \.span.paragraph)
        paragraphs = text.paragraphs.map { SpeechParagraph($0, byParagraph[$0.number] ?? []) }
        skipped = Set(text.boilerplate.keys)
        stretches = QuotationMarks.stretches(in: text)
        quoted = Dictionary(grouping: stretches.flatMap(\.pieces), by: \.paragraph).mapValues { $0.map(\.tokens) }
    }

    private mutating func read() {
        var next = 0
        for (index, paragraph) in paragraphs.enumerated() where !skipped.contains(index + 1) {
            // Inside a paragraph, each of its stretches knows who spoke in the one before.
            var inParagraph: Speaker?
            for sentence in paragraph.text.sentences {
                while next < stretches.count, let first = stretches[next].pieces.first,
                    first.paragraph == index, first.tokens.lowerBound < sentence.tokens.upperBound
                {
                    if sentence.isProse, let quotation = direct(stretches[next], in: sentence, inParagraph) {
                        found.append(quotation)
                        let speaker = Speaker(
                            entity: quotation.speaker, words: quotation.speakerAs, confidence: quotation.confidence)
                        if speaker.entity != nil || speaker.words != nil {
                            inParagraph = speaker
                            heard(speaker)
                        }
                    }
                    next += 1
                }
                for told in sentence.isProse ? indirect(sentence, in: paragraph, at: index) : [] {
                    found.append(told.quotation)
                    inParagraph = told.speaker
                    heard(told.speaker)
                }
                remember(sentence, in: paragraph)
            }
        }
        found.sort { a, b in
            guard let first = a.spans.first, let second = b.spans.first else { return false }
            return (first.paragraph, first.start, first.end) < (second.paragraph, second.start, second.end)
        }
    }

    private mutating func heard(_ speaker: Speaker) {
        lastSpeaker = speaker
        if let person = speaker.entity, person.type == .person { antecedent = person }
    }

    /// After a sentence, 'he' is its first person that is a subject, if it has one.
    private mutating func remember(_ sentence: Sentence, in paragraph: SpeechParagraph) {
        let people = paragraph.named(in: sentence.tokens).filter { $0.mention.entity.type == .person }
        let subject = people.first {
            !SpeechLexicon.prepositions.contains(paragraph.word($0.tokens.lowerBound - 1))
        }
        if let person = subject ?? (antecedent == nil ? people.first : nil) { antecedent = person.mention.entity }
    }

    private func finder(_ paragraph: SpeechParagraph) -> SpeakerFinder {
        SpeakerFinder(paragraph: paragraph, antecedent: antecedent, lastSpeaker: lastSpeaker)
    }

    // MARK: Quoted words

    private func direct(_ stretch: MarkedStretch, in sentence: Sentence, _ inParagraph: Speaker?) -> Quotation? {
        guard let first = stretch.pieces.first, let last = stretch.pieces.last else { return nil }
        let paragraph = paragraphs[first.paragraph]
        let after = Attribution(paragraph: paragraphs[last.paragraph], finder: finder(paragraphs[last.paragraph]))
            .after(last.tokens)
        let before =
            after == nil
            ? Attribution(paragraph: paragraph, finder: finder(paragraph)).before(first.tokens, in: sentence) : nil
        let looks = QuotedWords(paragraph: paragraph, tokens: first.tokens, isLong: stretch.pieces.count > 1)
        guard var trust = looks.trust(isAttributed: after != nil, isTold: before != nil) else { return nil }
        let speaker = after ?? before ?? (looks.words >= 4 ? inParagraph?.discounted(by: 0.9) : nil)
        if !stretch.isOpened || !stretch.isClosed { trust *= 0.9 }
        let spans = stretch.pieces.compactMap { paragraphs[$0.paragraph].span($0.tokens) }
        guard !spans.isEmpty else { return nil }
        return Quotation(
            form: .direct, spans: spans, speaker: speaker?.entity, speakerAs: speaker?.words,
            isMarked: stretch.isOpened && stretch.isClosed,
            confidence: Weight.rounded(trust * (speaker?.confidence ?? 0.6)))
    }

    // MARK: Told words

    private func indirect(
        _ sentence: Sentence, in paragraph: SpeechParagraph, at index: Int
    ) -> [(quotation: Quotation, speaker: Speaker)] {
        let all = quoted[index] ?? []
        let first = all.partitionPoint { $0.upperBound >= sentence.tokens.lowerBound }
        let quoted = Array(all[first...].prefix { $0.lowerBound <= sentence.tokens.upperBound })
        return IndirectSpeech(paragraph: paragraph, finder: finder(paragraph), quoted: quoted).told(in: sentence)
            .compactMap { told in
                guard let span = paragraph.span(told.tokens) else { return nil }
                let quotation = Quotation(
                    form: .indirect, spans: [span], speaker: told.speaker.entity, speakerAs: told.speaker.words,
                    isMarked: false, confidence: Weight.rounded(told.speaker.confidence * told.trust))
                return (quotation, told.speaker)
            }
    }
}

/// How words in quotation marks look.
private struct QuotedWords {
    let paragraph: SpeechParagraph
    let tokens: Range<Int>
    let isLong: Bool

    var words: Int { isLong ? .max : paragraph.words(in: tokens) }

    /// How surely they are speech; nil when they are a term, a title, or words held at arm's length.
    /// - Parameters:
    ///   - isAttributed: whether a verb of saying and its subject follow.
    ///   - isTold: whether they come before, in the sentence.
    func trust(isAttributed: Bool, isTold: Bool) -> Double? {
        if isAttributed { return words >= 2 || endsWithStop ? 1 : 0.7 }
        if isTitle { return nil }
        switch words {
        case ...2: return isTold && (endsWithStop && isIntroduced || beginsPhrase) ? 0.7 : nil
        case 3...4 where isTerm && !endsWithStop: return nil
        case 3...4: return isTold ? 0.8 : endsWithStop && beginsWithCapital ? 0.6 : nil
        case 5...7: return isTold ? 0.9 : isTerm ? nil : 0.65
        default: return isTold ? 1 : 0.85
        }
    }

    private var endsWithStop: Bool {
        [",", ".", "!", "?", "..."].contains(paragraph.word(tokens.upperBound - 1))
    }

    private var beginsWithCapital: Bool { paragraph.text.tokens[tokens.lowerBound].isCapitalized }

    /// A colon or comma in front.
    private var isIntroduced: Bool { [":", ","].contains(paragraph.word(tokens.lowerBound - 2)) }

    private var beginsPhrase: Bool {
        words >= 2 && SpeechLexicon.phraseOpeners.contains(paragraph.word(tokens.lowerBound))
    }

    /// 'a "Chinese spy balloon"', 'the so-called "red line"', 'a policy of "…"'. A name for something ends a phrase that
    /// began before the marks, and has no commas.
    private var isTerm: Bool {
        if beginsPhrase || tokens.dropLast().contains(where: { paragraph.word($0) == "," }) { return false }
        let before = paragraph.word(tokens.lowerBound - 2)
        return VerbLexicon.determiners.contains(before)
            || ["called", "dubbed", "termed", "named", "known", "as", "of", "titled", "entitled"].contains(before)
    }

    /// Nearly all of its longer words have a capital.
    private var isTitle: Bool {
        let long = paragraph.text.tokens[tokens].filter { $0.isWord && $0.end - $0.start > 3 }
        return long.count >= 2 && long.allSatisfy(\.isCapitalized)
    }
}

/// Looks around quoted words for who said them.
private struct Attribution {
    let paragraph: SpeechParagraph
    let finder: SpeakerFinder

    /// `…,” said X`, `…”, X said`, `…,” according to X`.
    func after(_ tokens: Range<Int>) -> Speaker? {
        let mark = tokens.upperBound
        guard paragraph.isPunctuation(mark) else { return nil }
        let stops: Set = [",", "?", "!", "-", "..."]
        let hasStop = stops.contains(paragraph.word(mark - 1))
        var start = mark + 1
        let hasComma = paragraph.word(start) == "," || paragraph.word(start) == "-"
        if hasComma { start += 1 }
        let isInverted = SpeechLexicon.saying.contains(paragraph.word(start))
        guard hasStop || hasComma || isInverted, start < paragraph.lower.count else { return nil }
        // '…", while X said that …' is of X's words.
        if SpeechLexicon.clauseOpeners.contains(paragraph.word(start)), paragraph.word(start) != "as" { return nil }
        let end = paragraph.sentence(at: start)?.tokens.upperBound ?? paragraph.lower.count
        if paragraph.word(start) == "according", paragraph.word(start + 1) == "to" {
            return finder.subject(after: start + 1, to: end)
        }
        if isInverted, let speaker = finder.subject(after: start, to: end) { return speaker }
        let window = start..<min(end, start + 24)
        for verb in window where SpeechLexicon.saying.contains(paragraph.word(verb)) {
            if paragraph.named(at: verb) != nil { continue }
            if let speaker = finder.subject(before: verb, from: start) { return speaker }
            if let speaker = finder.subject(after: verb, to: end) { return speaker.discounted(by: 0.8) }
            return nil
        }
        return nil
    }

    /// `X said: “…`, `X said that “…`, `X expressed “…`, `X was blunt: “…`.
    func before(_ tokens: Range<Int>, in sentence: Sentence) -> Speaker? {
        let end = tokens.lowerBound - 1
        let start = sentence.tokens.lowerBound
        guard start < end else { return nil }
        let isAccording = { paragraph.word($0) == "according" && paragraph.word($0 + 1) == "to" }
        if let according = (start..<end).last(where: isAccording) {
            if let speaker = finder.subject(after: according + 1, to: end) { return speaker }
        }
        let verb = (start..<end).last {
            let word = paragraph.word($0)
            return paragraph.named(at: $0) == nil && SpeechLexicon.introducing.contains(word)
        }
        guard let verb else {
            guard paragraph.word(end - 1) == ":" else { return nil }
            return finder.mainSubject(start..<end - 1)?.discounted(by: 0.85)
        }
        let distance = end - verb
        let trust = distance <= 4 ? 1.0 : 0.85
        let isParticiple = paragraph.word(verb).hasSuffix("ing")
        let speaker =
            isParticiple
            ? finder.mainSubject(start..<verb)
            : finder.subject(before: verb, from: start) ?? finder.mainSubject(start..<verb)
        return speaker?.discounted(by: trust)
    }
}

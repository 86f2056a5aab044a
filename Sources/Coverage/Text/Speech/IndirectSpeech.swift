// SPDX-License-Identifier: Apache-2.0

/// Finds speech that is told without quotation marks: 'X said that …', '…, X said', 'according to X', 'X stressed the
/// need for …', '…, stating that …'.
struct IndirectSpeech {
    struct Told {
        let tokens: Range<Int>
        let speaker: Speaker
        /// How surely the form is one of speech.
        let trust: Double
    }

    let paragraph: SpeechParagraph
    let finder: SpeakerFinder
    /// Tokens in quotation marks, whose verbs are the speaker's own.
    let quoted: [Range<Int>]

    /// In order; no two overlap.
    func told(in sentence: Sentence) -> [Told] {
        var found: [Told] = []
        var place = sentence.tokens.lowerBound
        while place < sentence.tokens.upperBound {
            let end = found.last?.tokens.upperBound ?? 0
            if let next = told(at: place, in: sentence.tokens), next.tokens.lowerBound >= end {
                found.append(next)
                place = max(place + 1, next.tokens.upperBound)
            } else {
                place += 1
            }
        }
        return found
    }

    private func told(at index: Int, in sentence: Range<Int>) -> Told? {
        guard paragraph.text.tokens[index].isWord, paragraph.named(at: index) == nil, !isQuoted(index) else {
            return nil
        }
        let word = paragraph.word(index)
        if word == "according", paragraph.word(index + 1) == "to" { return accordingTo(index, in: sentence) }
        guard SpeechLexicon.saying.contains(word) || SpeechLexicon.sayingOf.contains(word),
            !isQuoted(index + 1), !isNoun(index)
        else { return nil }
        if let that = clause(after: index, in: sentence) { return withClause(index, that, in: sentence) }
        return postposed(index, in: sentence) ?? withObject(index, in: sentence)
    }

    private func isQuoted(_ index: Int) -> Bool {
        quoted.contains { $0.lowerBound - 1 <= index && index <= $0.upperBound }
    }

    /// 'the report', 'a promise', 'their claims'.
    private func isNoun(_ index: Int) -> Bool {
        let before = paragraph.word(index - 1)
        return VerbLexicon.determiners.contains(before)
            && !["that", "this", "these", "those", "both", "all"].contains(before)
            || paragraph.text.tokens[index].gap == .hyphen
            || index > 0 && paragraph.text.tokens[index - 1].kind == .possessive
                && !paragraph.word(index).hasSuffix("ed")
    }

    // MARK: Forms

    /// The clause of 'said that …', 'told reporters that …': where it begins.
    private func clause(after verb: Int, in sentence: Range<Int>) -> Int? {
        // 'told' and 'warned' have somebody between.
        for place in verb + 1..<min(verb + 7, max(verb + 1, sentence.upperBound)) {
            if paragraph.word(place) == "that" { return place + 1 }
            if paragraph.isPunctuation(place) { break }
        }
        return nil
    }

    private func withClause(_ verb: Int, _ start: Int, in sentence: Range<Int>) -> Told? {
        let isParticiple = paragraph.word(verb).hasSuffix("ing")
        let subject =
            isParticiple
            ? finder.mainSubject(sentence.lowerBound..<verb)
            : finder.subject(before: verb, from: sentence.lowerBound)
        guard let subject else { return nil }
        return told(start..<sentence.upperBound, subject, 0.95)
    }

    /// '…, X said' at the end of a sentence; 'X said …' without 'that'.
    private func postposed(_ verb: Int, in sentence: Range<Int>) -> Told? {
        guard SpeechLexicon.plainlySaying.contains(paragraph.word(verb)) else { return nil }
        guard let subject = finder.subject(before: verb, from: sentence.lowerBound) else { return nil }
        let rest = (verb + 1..<max(verb + 1, sentence.upperBound)).filter { !paragraph.isPunctuation($0) }
        // Behind 'X said' come at most a day and a place: 'X said on Friday'.
        if rest.count <= 4, let comma = (sentence.lowerBound..<verb).last(where: { paragraph.word($0) == "," }) {
            return told(sentence.lowerBound..<comma, subject, 0.85)
        }
        return rest.count > 4 ? told(verb + 1..<sentence.upperBound, subject, 0.9) : nil
    }

    /// 'X stressed the need for …'.
    private func withObject(_ verb: Int, in sentence: Range<Int>) -> Told? {
        let word = paragraph.word(verb)
        guard SpeechLexicon.sayingOf.contains(word) else { return nil }
        if word.hasPrefix("call") {
            guard ["for", "on"].contains(paragraph.word(verb + 1)) else { return nil }
        }
        let isParticiple = word.hasSuffix("ing")
        // 'are described as …': what is said of them by nobody in particular.
        if !isParticiple, ["was", "were", "been", "is", "are", "be"].contains(paragraph.word(verb - 1)) { return nil }
        let subject =
            isParticiple
            ? finder.mainSubject(sentence.lowerBound..<verb)
            : finder.subject(before: verb, from: sentence.lowerBound)
        guard let subject else { return nil }
        // What ', stating that' adds is told by itself.
        let end = (verb + 1..<max(verb + 1, sentence.upperBound - 1)).first {
            paragraph.word($0) == "," && paragraph.word($0 + 1).hasSuffix("ing")
                && SpeechLexicon.saying.contains(paragraph.word($0 + 1))
        }
        return told(verb + 1..<(end ?? sentence.upperBound), subject, isParticiple ? 0.7 : 0.8)
    }

    /// 'According to X, …'; '…, according to X'.
    private func accordingTo(_ index: Int, in sentence: Range<Int>) -> Told? {
        guard let subject = finder.subject(after: index + 1, to: sentence.upperBound) else { return nil }
        if index == sentence.lowerBound {
            guard let comma = (index..<sentence.upperBound).first(where: { paragraph.word($0) == "," }) else {
                return nil
            }
            return told(comma + 1..<sentence.upperBound, subject, 0.9)
        }
        let end = paragraph.word(index - 1) == "," ? index - 1 : index
        return told(sentence.lowerBound..<end, subject, 0.9)
    }

    /// What was said ends without its full stop, and is a few words at least.
    private func told(_ tokens: Range<Int>, _ speaker: Speaker, _ trust: Double) -> Told? {
        var tokens = tokens
        while let last = tokens.last, paragraph.isPunctuation(last) { tokens.removeLast() }
        while let first = tokens.first, paragraph.isPunctuation(first) { tokens.removeFirst() }
        // Words that stand in marks are quotations of their own.
        guard paragraph.words(in: tokens) >= 3,
            !quoted.contains(where: { $0.overlaps(tokens) && $0.count * 2 > tokens.count })
        else { return nil }
        return Told(tokens: tokens, speaker: speaker, trust: trust)
    }
}

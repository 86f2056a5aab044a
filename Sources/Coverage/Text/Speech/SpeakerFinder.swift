// SPDX-License-Identifier: Apache-2.0

/// Finds the subject of a verb of saying, and who that is.
///
/// No parser: from the verb the noun phrase beside it is read up to the border of its clause; a person named in it, or
/// an organization at its head, is the speaker, else a noun for one who speaks ('officials') in its own words.
struct SpeakerFinder {
    let paragraph: SpeechParagraph
    /// Whom 'he' or 'she' stands for when nobody was named in the sentence before it.
    let antecedent: Reference?
    /// Who spoke last, for 'it' and 'they'.
    let lastSpeaker: Speaker?

    // MARK: Beside a verb

    /// - Parameters:
    ///   - verb: index of a token.
    ///   - start: where the clause cannot begin before.
    func subject(before verb: Int, from start: Int) -> Speaker? {
        var end = verb
        while end > start, isBetween(end - 1) { end -= 1 }
        guard end > start else { return nil }
        if paragraph.word(end - 1) == "," || paragraph.word(end - 1) == ")" {
            // Between commas or brackets: 'X, the minister, said'; 'The minister, X, said'.
            let opening = paragraph.word(end - 1) == ")" ? "(" : ","
            let outer = (max(start, end - 40)..<end - 1).last { paragraph.word($0) == opening }
            if let outer {
                let inner = outer + 1..<end - 1
                if let person = person(in: inner), person.tokens.lowerBound == inner.lowerBound,
                    !isPossessive(person.tokens.upperBound)
                {
                    return Speaker(entity: person.mention.entity, confidence: person.mention.confidence)
                }
                if let speaker = speaker(phrase(endingAt: outer, from: start), from: start) { return speaker }
            }
            end -= 1
        }
        return speaker(phrase(endingAt: end, from: start), from: start)
    }

    /// 'said X', 'according to X'.
    func subject(after verb: Int, to end: Int) -> Speaker? {
        let start = verb + 1
        guard start < end else { return nil }
        var border = start
        while border < end, border - start < 14, !isBorder(border), !isAdverbialPreposition(border, start) {
            border += 1
        }
        // 'said X, the minister': the name is before the comma; 'said the minister, X': behind it.
        if let speaker = speaker(start..<border, from: start) {
            if speaker.entity == nil, paragraph.word(border) == ",", let next = paragraph.named(at: border + 1),
                next.mention.entity.type == .person
            {
                return Speaker(entity: next.mention.entity, confidence: next.mention.confidence)
            }
            return speaker
        }
        return nil
    }

    /// The subject of a whole sentence, or of its part up to a token: the first phrase that can speak.
    func mainSubject(_ range: Range<Int>) -> Speaker? {
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start
            while end < range.upperBound, !isBorder(end) { end += 1 }
            for length in stride(from: min(end - start, 14), to: 0, by: -1) {
                // The phrase in front of the first verb of the clause.
                guard start + length < range.upperBound, isVerb(start + length) else { continue }
                if let speaker = speaker(start..<start + length, from: range.lowerBound), !isFronted(start) {
                    return speaker
                }
            }
            start = end + 1
        }
        return paragraph.named(in: range).first { isSubject($0.tokens) && $0.mention.entity.type == .person }
            .map { Speaker(entity: $0.mention.entity, confidence: $0.mention.confidence * 0.9) }
    }

    // MARK: Borders

    private func isBetween(_ index: Int) -> Bool {
        let word = paragraph.word(index)
        return SpeechLexicon.betweenSubjectAndVerb.contains(word) || word.hasSuffix("ly") && word.utf8.count > 4
    }

    private func isBorder(_ index: Int) -> Bool {
        paragraph.isPunctuation(index) && paragraph.word(index) != "." && paragraph.word(index) != "'"
            || SpeechLexicon.clauseOpeners.contains(paragraph.word(index))
    }

    private func isVerb(_ index: Int) -> Bool {
        let word = paragraph.word(index)
        guard paragraph.text.tokens.indices.contains(index), paragraph.text.tokens[index].isWord,
            !paragraph.text.tokens[index].isCapitalized
        else { return false }
        return SpeechLexicon.saying.contains(word) || SpeechLexicon.sayingOf.contains(word)
            || SpeechLexicon.betweenSubjectAndVerb.contains(word) || VerbLexicon.past.contains(word)
            || word.hasSuffix("ed") && word.utf8.count > 4
            || word.hasSuffix("s") && paragraph.named(at: index - 1) != nil
    }

    /// 'In Beijing, …' is no subject.
    private func isFronted(_ index: Int) -> Bool {
        SpeechLexicon.prepositions.contains(paragraph.word(index)) || paragraph.word(index) == "during"
    }

    private func isAdverbialPreposition(_ index: Int, _ start: Int) -> Bool {
        index > start
            && ["in", "on", "at", "during", "after", "before", "when", "while", "to", "as"].contains(
                paragraph.word(index))
    }

    private func isPossessive(_ index: Int) -> Bool {
        paragraph.text.tokens.indices.contains(index) && paragraph.text.tokens[index].kind == .possessive
            || paragraph.word(index) == "'"
    }

    /// The noun phrase before an index, back to the border of its clause; 'and' is passed between two that are named.
    private func phrase(endingAt end: Int, from start: Int) -> Range<Int> {
        var first = end
        while first > start, end - first < 16 {
            let previous = first - 1
            if isBorder(previous) {
                guard paragraph.word(previous) == "and", previous > start, areCapital(previous - 1, first) else {
                    break
                }
            } else if paragraph.named(at: previous) == nil, isVerb(previous), !paragraph.word(previous).hasSuffix("s"),
                // 'An aide to X' is no infinitive.
                paragraph.word(previous) != "to"
            {
                break
            }
            first = previous
        }
        return first..<end
    }

    private func areCapital(_ a: Int, _ b: Int) -> Bool {
        paragraph.text.tokens[a].isCapitalized && paragraph.text.tokens[b].isCapitalized
    }

    // MARK: Who it is

    private func person(in range: Range<Int>) -> (tokens: Range<Int>, mention: Mention)? {
        paragraph.named(in: range).last { $0.mention.entity.type == .person }
    }

    private func isSubject(_ tokens: Range<Int>) -> Bool {
        !SpeechLexicon.prepositions.contains(paragraph.word(tokens.lowerBound - 1)) && !isPossessive(tokens.upperBound)
    }

    /// Whether a name is what a phrase is about: neither owner nor behind a preposition ('a call between X and Y').
    private func isHead(_ tokens: Range<Int>, of phrase: Range<Int>) -> Bool {
        guard !isPossessive(tokens.upperBound) else { return false }
        return !(phrase.lowerBound..<tokens.lowerBound).contains { index in
            let isLast = index == tokens.lowerBound - 1
            // The 'of' of 'Secretary of State' is part of a title.
            let isInTitle = paragraph.text.tokens[index + 1].isCapitalized && !isLast
            return SpeechLexicon.prepositions.contains(paragraph.word(index)) && !isInTitle
                && (isLast || ["between", "of", "with", "for", "by", "from", "to"].contains(paragraph.word(index)))
        }
    }

    /// - Parameter start: where the sentence begins, for what a pronoun may go back to.
    private func speaker(_ phrase: Range<Int>, from start: Int) -> Speaker? {
        guard !phrase.isEmpty else { return nil }
        let named = paragraph.named(in: phrase)
        if let person = named.last(where: { $0.mention.entity.type == .person && isHead($0.tokens, of: phrase) }) {
            return Speaker(entity: person.mention.entity, confidence: person.mention.confidence)
        }
        if phrase.count <= 2, let word = phrase.map(paragraph.word).first(where: { !isBetween($0) }) {
            if SpeechLexicon.pronouns.contains(word) { return pronoun(at: phrase.lowerBound, from: start) }
            if word == "it" || word == "they", let lastSpeaker { return lastSpeaker.discounted(by: 0.75) }
        }
        let head = head(of: phrase)
        if let organization = named.last(where: { $0.tokens.upperBound == head + 1 }) {
            return Speaker(entity: organization.mention.entity, confidence: organization.mention.confidence * 0.95)
        }
        guard SpeechLexicon.speakers.contains(paragraph.word(head)) else { return nil }
        return Speaker(words: paragraph.surface(phrase), confidence: 0.85)
    }

    private func isBetween(_ word: String) -> Bool { SpeechLexicon.betweenSubjectAndVerb.contains(word) }

    /// The noun that the phrase is about: the last word before the first preposition.
    private func head(of phrase: Range<Int>) -> Int {
        let preposition = phrase.dropFirst().first {
            SpeechLexicon.prepositions.contains(paragraph.word($0)) && paragraph.named(at: $0) == nil
        }
        return (preposition ?? phrase.upperBound) - 1
    }

    /// 'he', 'she': whoever was named as a subject earlier in the sentence, else the antecedent.
    private func pronoun(at index: Int, from start: Int) -> Speaker? {
        let earlier = paragraph.named(in: min(start, index)..<index).last {
            $0.mention.entity.type == .person && isSubject($0.tokens)
        }
        if let earlier { return Speaker(entity: earlier.mention.entity, confidence: 0.85) }
        return antecedent.map { Speaker(entity: $0, confidence: 0.8) }
    }
}

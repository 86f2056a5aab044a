// SPDX-License-Identifier: Apache-2.0

// When and where an event is, and who takes part: what the words around the one that tells of it say.

extension EventScene {
    /// The trigger and a name: single words that stand in the paragraph.
    func anchors(_ index: Int, _ event: EventCandidate) -> [String] {
        let names = Set(event.participants.map(\.person))
        let name = mentions.first { names.contains($0.entity) }.flatMap { mention in
            words.last { mention.span.start <= $0.start && $0.end <= mention.span.end }?.text
        }
        return [words[index].text] + (name.map { [$0] } ?? [])
    }

    /// The time that belongs to a trigger: no other trigger stands between.
    func ownTime(of index: Int, isVerb: Bool, among triggers: [Int]) -> (time: TimeExpression, trust: Double)? {
        // What was put off in February is told of February, whatever stands before it.
        let off = EventModality(words: words, triggers: triggers).placeOfPuttingOff(near: index)
        let origin = off ?? index
        let near = times.compactMap { time -> (TimeExpression, Int)? in
            let place = self.index(of: time.span.start)
            let between = min(place, index) + 1..<max(place, index, min(place, index) + 1)
            let words = self.words[between.clamped(to: words.indices)].map(\.lower)
            // 'In February, before the trip, X met Y': what opens a sentence goes with its verb.
            let isJoint =
                isVerb && opensSentence(time)
                || words.contains { $0.hasPrefix("coincid") || Self.besideAnother.contains($0) }
            let isParted = triggers.contains(where: between.contains) && !isJoint
            // A time is that of the event nearest to it, and of another one only close by.
            let isOthers =
                triggers.contains { abs($0 - place) < abs(index - place) } && abs(index - place) > 8 && !isJoint
            let isOver = words.contains("since") || words.contains("prior")
            // 'The agenda for Monday' is of another day than the dinner at which it is read.
            let isAim = word(place - 1) == "for" && !VerbLexicon.appointing.contains(word(place - 2))
            return isParted || isOthers || isOver || isAim ? nil : (time, abs(place - origin))
        }
        return near.min { $0.1 < $1.1 }.map { ($0.0, $0.0.confidence) }
    }

    /// Without a time in the sentence, the last day before it in the paragraph, trusted less: what follows 'on Sunday' is
    /// mostly of that Sunday, unless it is only hoped for or lies on the other side of the publication.
    func timeBefore(_ status: EventStatus?) -> (time: TimeExpression, trust: Double)? {
        guard times.isEmpty, status != .possible, let timeBefore, timeBefore.date.edtf.precision == .day else {
            return nil
        }
        let (date, published) = (timeBefore.date.edtf, published ?? timeBefore.date.edtf)
        let isToCome = status == .expected || status == .scheduled
        let isPast = status == .occurred
        if isToCome && date.upperBound < published.lowerBound || isPast && date.lowerBound > published.upperBound {
            return nil
        }
        return (timeBefore, timeBefore.confidence * 0.7)
    }

    /// 'On the sidelines of the summit in September'.
    private static let besideAnother: Set<String> = ["sidelines", "sideline", "side-lines", "lines", "margins"]

    /// Whether a time stands at the head of the sentence, before a comma.
    private func opensSentence(_ time: TimeExpression) -> Bool {
        let next = index(of: time.span.end - 1) + 1
        return index(of: time.span.start) <= 1 && next < words.count && words[next].separator.contains(",")
    }

    /// 'two-day', 'two days': how long it takes.
    func days(at index: Int) -> Int? {
        for place in max(0, index - 4)..<index where ["day", "days"].contains(words[place].lower) && place > 0 {
            if let count = TimeLexicon.number(words[place - 1].lower), 2...30 ~= count { return count }
        }
        return nil
    }

    /// Where it is: behind 'to', 'in' and 'at', the finest place that is named; of a visit also the verb's object.
    func site(_ index: Int, _ end: Int, isVisit: Bool, _ records: KnownRecords) -> Reference? {
        let after = mentions.filter {
            self.index(of: $0.span.start) > index && self.index(of: $0.span.start) < max(end, index + 14)
        }
        for mention in after {
            guard let place = records.place(mention.entity) else { continue }
            let start = self.index(of: mention.span.start)
            let preposition = word(start - 1) == "the" ? word(start - 2) : word(start - 1)
            if isApart(words[index + 1...start], isVisit) { return nil }
            let isBehind = isVisit ? ["to", "in"].contains(preposition) : ["in", "at"].contains(preposition)
            if isBehind || isVisit && start == index + 1 { return place }
        }
        return nil
    }

    /// 'As part of his visit, she will stop in …', 'the trip was called off when … in …' is not where the visit is.
    private func isApart(_ words: ArraySlice<LexicalWord>, _ isVisit: Bool) -> Bool {
        words.contains { word in
            word.separator.contains(";") || isVisit && word.separator.contains(",")
                || isVisit && Self.reasons.contains(word.lower)
        }
    }

    private static let reasons: Set<String> = ["when", "after", "because", "since", "due", "amid", "over", "while"]

    /// 'X's visit', 'his visit', 'X will visit', 'the visit by X'.
    func visitor(_ index: Int, _ reach: Range<Int>) -> Reference? {
        if let owner = people.last(where: { self.index(of: $0.span.start) < index && isPossessor($0, before: index) }) {
            return owner.entity
        }
        let isOwned = (max(0, index - 4)..<index).contains { ["his", "her"].contains(words[$0].lower) }
        if let subject = people.last(where: { self.index(of: $0.span.start) < index && isFree($0) }) {
            return subject.entity
        }
        if let by = people.first(where: { mention in
            let start = self.index(of: mention.span.start)
            return start > index && start < reach.upperBound && (index..<start).contains { word($0) == "by" }
        }) {
            return by.entity
        }
        // 'During his visit, X will …'
        if isOwned, let subject { return subject }
        let isTheSame = ["he", "she", "this"].contains(word(0)) || word(0) == "the" && index <= 4
        return isTheSame ? antecedent : nil
    }

    /// Whether a name owns the noun a few words behind it: 'Blinken's planned trip'.
    private func isPossessor(_ mention: Mention, before index: Int) -> Bool {
        let last = self.index(of: mention.span.end - 1)
        guard last < index, index - last <= 4, last + 1 < words.count else { return false }
        return isPossessive(words[last + 1].separator)
    }

    /// Who takes part: the owner or subject before, and those behind 'with', 'between', or the verb.
    func parties(_ place: Place, _ reach: Range<Int>) -> (Reference?, [Reference]) {
        let index = place.word
        // 'Before the Forum meets in …' tells of no person.
        let isOfBody = mentions.contains {
            [.organization, .place].contains($0.entity.type) && self.index(of: $0.span.end - 1) == index - 1
        }
        if place.trigger.isVerb, isOfBody { return (nil, []) }
        var after: [Mention] = []
        for person in people {
            let start = self.index(of: person.span.start)
            guard start > index, start < reach.upperBound, start - index <= 16,
                isLinked(from: index, to: start, place.trigger)
            else { continue }
            // 'X met Y on Sunday and Z on Monday' are two meetings; ', and Z would …' is another clause.
            let isLater = after.first.map { first in
                times.contains { first.span.end <= $0.span.start && $0.span.end <= person.span.start }
            }
            if isLater ?? words[index + 1..<start].contains(where: opensClause) { break }
            after.append(person)
        }
        if word(index + 1) == "between" { return (nil, after.map(\.entity)) }
        let isTheirs = word(index - 1) == "their" || word(index - 2) == "their"
        let before = people.filter { self.index(of: $0.span.start) < index }
        if isTheirs { return (nil, before.suffix(2).map(\.entity) + after.map(\.entity)) }
        if isOfBoth(reach.lowerBound..<index), before.isEmpty { return (nil, lastNamed + after.map(\.entity)) }
        let owner = before.last { isPossessor($0, before: index) }
        let free = before.filter { isFree($0) }
        guard
            let subject = owner ?? free.last(where: { self.index(of: $0.span.start) >= reach.lowerBound }) ?? free.last
        else { return (antecedent, after.map(\.entity)) }
        // 'X and Y met'.
        let first = before.last { other in
            let joint = self.index(of: other.span.end - 1) + 1
            return word(joint) == "and" && joint + 1 == self.index(of: subject.span.start)
        }
        return (subject.entity, (first.map { [$0.entity] } ?? []) + after.map(\.entity))
    }

    /// A comma and a conjunction.
    private func opensClause(_ word: LexicalWord) -> Bool {
        word.separator.contains(",") && ["and", "but", "while"].contains(word.lower)
    }

    /// 'Both leaders', 'the two will': those named last. 'Both countries' are no people.
    private func isOfBoth(_ range: Range<Int>) -> Bool {
        range.contains { index in
            guard ["both", "two"].contains(word(index)) else { return false }
            let next = word(index + 1) == "the" ? word(index + 2) : word(index + 1)
            return Self.people.contains(next) || SpeechLexicon.betweenSubjectAndVerb.contains(next)
        }
    }

    private static let people: Set<String> = [
        "leaders", "men", "women", "officials", "ministers", "presidents", "diplomats", "envoys", "politicians",
        "secretaries", "statesmen",
    ]

    /// Whether words lead from a trigger to a name as to a party: through 'with', 'between', 'and', or as the object.
    private func isLinked(from index: Int, to name: Int, _ trigger: EventTrigger) -> Bool {
        let between = words[index + 1..<name]
        if words[index + 1...min(name, words.count - 1)].contains(where: { $0.separator.contains(";") })
            || between.contains(where: { VerbLexicon.past.contains($0.lower) })
        {
            return false
        }
        return trigger.isVerb || between.contains { ["with", "between", "of"].contains($0.lower) }
    }
}

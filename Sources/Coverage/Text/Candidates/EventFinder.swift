// SPDX-License-Identifier: Apache-2.0

/// Finds the events that one article seems to tell of, sentence by sentence.
///
/// An event needs parties: a visit a person and a country or city, a meeting or call two people, a summit a forum with a
/// time or place. A word of an event without them is passed over: most of them go back to an event told before.
struct EventFinder {
    let article: AnalysedArticle
    let records: KnownRecords

    /// Whom 'his' and a missing subject go back to.
    private var antecedent: Reference?
    private var found: [EventCandidate] = []
    /// Where each visitor was last said to go, for 'the trip was postponed'.
    private var destinations: [Reference: Reference] = [:]
    private let mentions: SpanIndex<Mention>
    private let times: SpanIndex<TimeExpression>

    init(_ article: AnalysedArticle, _ records: KnownRecords) {
        self.article = article
        self.records = records
        mentions = SpanIndex(article.mentions.filter { $0.confidence >= 0.5 }, by: \.span)
        times = SpanIndex(article.times.filter { $0.use == .at }, by: \.span)
    }

    /// In the order of the article, not merged.
    static func candidates(in article: AnalysedArticle, _ records: KnownRecords) -> [EventCandidate] {
        var finder = EventFinder(article, records)
        for paragraph in article.text.paragraphs where article.text.boilerplate[paragraph.number] == nil {
            finder.read(paragraph)
        }
        return finder.found
    }

    private mutating func read(_ paragraph: ParagraphText) {
        var before: TimeExpression?
        for sentence in paragraph.sentences where sentence.isProse {
            let scene = EventScene(
                words: paragraph.words(of: sentence), paragraph: paragraph.number,
                mentions: mentions.within(paragraph.number, sentence.start, sentence.end),
                times: times.within(paragraph.number, sentence.start, sentence.end), timeBefore: before,
                antecedent: antecedent, destinations: destinations)
            for var event in scene.events(records, article.reference) {
                event.told = article.published
                if event.kind == .visit, let visitor = event.participants.first?.person {
                    destinations[visitor] = event.place
                }
                found.append(event)
            }
            if let subject = scene.subject { antecedent = subject }
            before = scene.times.last ?? before
        }
    }
}

/// One sentence, with what is named in it.
struct EventScene {
    let words: [LexicalWord]
    let paragraph: Int
    let mentions: [Mention]
    let times: [TimeExpression]
    /// The last time named in the paragraph before the sentence.
    let timeBefore: TimeExpression?
    let antecedent: Reference?
    let destinations: [Reference: Reference]

    private struct Place {
        let word: Int
        let trigger: EventTrigger
    }

    /// The first person who is no mere part of a phrase.
    var subject: Reference? { (people.first { isFree($0) } ?? people.first { !isObject($0) })?.entity }

    private var people: [Mention] { mentions.filter { $0.entity.type == .person } }

    private var triggers: [Place] {
        words.indices.compactMap { index in
            guard
                !mentions.contains(where: {
                    $0.entity.type != .event && $0.span.start <= words[index].start && words[index].end <= $0.span.end
                })
            else { return nil }
            return EventTrigger.of(words[index].lower, before: word(index - 1), after: word(index + 1))
                .map { Place(word: index, trigger: $0) }
        }
    }

    private func word(_ index: Int) -> String { words.indices.contains(index) ? words[index].lower : "" }

    /// The word at or behind an offset.
    private func index(of offset: Int) -> Int { words.firstIndex { $0.end > offset } ?? words.count }

    /// Whether a mention stands behind a preposition.
    private func isObject(_ mention: Mention) -> Bool {
        var index = index(of: mention.span.start) - 1
        // Titles in front of a name belong to it: 'with Chinese Foreign Minister Qin Gang'.
        while index >= 0, words[index].isCapitalized || isInTitle(index) { index -= 1 }
        return SpeechLexicon.prepositions.contains(word(index))
    }

    /// The 'of' of 'Secretary of State'.
    private func isInTitle(_ index: Int) -> Bool {
        word(index) == "of" && index > 0 && words[index - 1].isCapitalized
    }

    /// Whether a mention could be the subject: neither an object nor an owner.
    private func isFree(_ mention: Mention) -> Bool {
        let next = index(of: mention.span.end - 1) + 1
        return !isObject(mention) && !(words.indices.contains(next) && isPossessive(words[next].separator))
    }

    private func isPossessive(_ separator: String) -> Bool {
        separator.hasPrefix("'") || separator.hasPrefix("\u{2019}")
    }

    // MARK: Events

    func events(_ records: KnownRecords, _ article: Reference) -> [EventCandidate] {
        let triggers = triggers
        var destinations = destinations
        var events: [EventCandidate] = []
        for (order, place) in triggers.enumerated() {
            let from = order > 0 ? triggers[order - 1].word + 1 : 0
            let to = order + 1 < triggers.count ? triggers[order + 1].word : words.count
            guard var event = event(place, from..<to, triggers.map(\.word), destinations, records) else { continue }
            let status = event.status
            event.issues = mentions.map(\.entity).filter { $0.type == .issue }.reduce(into: []) {
                if !$0.contains($1) { $0.append($1) }
            }
            event.citations = [
                Citation(article: article, paragraph: paragraph, anchors: anchors(place.word, event), status: status)
            ]
            event.retitle()
            events.append(event)
            if event.kind == .visit, let visitor = event.participants.first?.person {
                destinations[visitor] = event.place
            }
            if event.kind == .visit, status == .postponed || status == .cancelled, var off = putOff(event, article) {
                off.retitle()
                events.append(off)
            }
        }
        return events
    }

    private func event(
        _ place: Place, _ reach: Range<Int>, _ triggers: [Int], _ destinations: [Reference: Reference],
        _ records: KnownRecords
    ) -> EventCandidate? {
        let index = place.word
        let kind = place.trigger.kind
        let time = time(of: index, among: triggers, inherits: kind == .meeting || kind == .call || kind == .activity)
        var event = EventCandidate(
            title: "", kind: kind,
            status: EventModality(words: words, triggers: triggers).status(at: index, kind: kind),
            date: time?.time.date, place: nil, participants: [], organizations: [], citations: [],
            days: days(at: index),
            existing: nil, confidence: time?.trust ?? 0.8, reasons: ["'\(words[index].text)' tells of it."])
        let sitePlace = site(index, reach.upperBound, isVisit: kind == .visit, records)
        event.place = sitePlace
        event.label = place.trigger.label
        switch kind {
        case .visit:
            // 'The trip was postponed' is the one told of before.
            guard let visitor = visitor(index, reach), let site = sitePlace ?? destinations[visitor],
                records.country(of: visitor) != records.country(of: site)
            else { return nil }
            event.place = site
            if sitePlace == nil { event.confidence *= 0.9 }
            event.participants = [Event.Participant(person: visitor, role: .visitor)]
        case .meeting, .call:
            let (first, others) = parties(place, reach)
            let people = ([first].compactMap { $0 } + others).reduce(into: [Reference]()) {
                if !$0.contains($1) { $0.append($1) }
            }
            guard people.count >= 2, people.count <= 6 else { return nil }
            event.participants = people.map { Event.Participant(person: $0, role: .participant) }
        case .summit:
            let forum = mentions.last { records.isForum($0.entity) && abs(self.index(of: $0.span.start) - index) <= 8 }
            guard let forum, time != nil || sitePlace != nil else { return nil }
            event.organizations = [forum.entity]
            // Who is named beside a summit need not be there.
            if event.status == .possible || event.status == .expected { event.status = .scheduled }
        case .announcement:
            guard time != nil, let speaker = subject ?? antecedent else { return nil }
            event.participants = [Event.Participant(person: speaker, role: .speaker)]
            event.status = event.status ?? .occurred
        case .activity:
            guard time != nil || sitePlace != nil, let person = subject ?? antecedent else { return nil }
            event.participants = [Event.Participant(person: person, role: .participant)]
        default: return nil
        }
        if kind != .summit {
            let countries =
                event.participants.compactMap { records.country(of: $0.person) }
                + (kind == .visit ? event.place.flatMap(records.country(of:)).map { [$0] } ?? [] : [])
            event.organizations = countries.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        }
        return event
    }

    /// The decision by which a visit was put off.
    private func putOff(_ visit: EventCandidate, _ article: Reference) -> EventCandidate? {
        guard visit.status == .postponed else { return nil }
        var event = visit
        event = EventCandidate(
            title: "", kind: .postponement, status: .occurred, date: visit.date, place: visit.place,
            participants: visit.participants.map { Event.Participant(person: $0.person, role: .decider) },
            organizations: visit.organizations, citations: [], days: nil, existing: nil,
            confidence: visit.confidence * 0.9,
            reasons: ["The visit is said to have been put off."])
        let anchor = words.first { EventTrigger.puttingOff($0.lower, after: "off") != nil }?.text
        event.citations = [
            Citation(
                article: article, paragraph: paragraph,
                anchors: anchor.map { [$0] } ?? visit.citations.first?.anchors ?? [], status: .occurred)
        ]
        return event
    }

    // MARK: Parts

    /// The trigger and a name: single words that stand in the paragraph.
    private func anchors(_ index: Int, _ event: EventCandidate) -> [String] {
        let names = Set(event.participants.map(\.person))
        let name = mentions.first { names.contains($0.entity) }.flatMap { mention in
            words.last { mention.span.start <= $0.start && $0.end <= mention.span.end }?.text
        }
        return [words[index].text] + (name.map { [$0] } ?? [])
    }

    /// The time that belongs to a trigger: no other trigger stands between. Without one in the sentence, the last day
    /// before it in the paragraph, trusted less: what follows 'on Sunday' is mostly of that Sunday.
    private func time(
        of index: Int, among triggers: [Int], inherits: Bool
    ) -> (time: TimeExpression, trust: Double)? {
        // What was put off in February is told of February, whatever stands before it.
        let off = EventModality(words: words, triggers: triggers).placeOfPuttingOff(near: index)
        let origin = off ?? index
        let near = times.compactMap { time -> (TimeExpression, Int)? in
            let place = self.index(of: time.span.start)
            let between = min(place, index) + 1..<max(place, index, min(place, index) + 1)
            let isParted =
                triggers.contains(where: between.contains)
                || words[between.clamped(to: words.indices)].contains { ["since", "prior"].contains($0.lower) }
            // A time is that of the event nearest to it, and of another one only close by.
            let isOthers = triggers.contains { abs($0 - place) < abs(index - place) } && abs(index - place) > 8
            return isParted || isOthers ? nil : (time, abs(place - origin))
        }
        if let nearest = near.min(by: { $0.1 < $1.1 }) { return (nearest.0, nearest.0.confidence) }
        guard inherits, times.isEmpty, let timeBefore, timeBefore.date.edtf.precision == .day else { return nil }
        return (timeBefore, timeBefore.confidence * 0.7)
    }

    /// 'two-day', 'two days': how long it takes.
    private func days(at index: Int) -> Int? {
        for place in max(0, index - 4)..<index where ["day", "days"].contains(words[place].lower) && place > 0 {
            if let count = TimeLexicon.number(words[place - 1].lower), 2...30 ~= count { return count }
        }
        return nil
    }

    /// Where it is: behind 'to', 'in' and 'at', the finest place that is named; of a visit also the verb's object.
    private func site(_ index: Int, _ end: Int, isVisit: Bool, _ records: KnownRecords) -> Reference? {
        let after = mentions.filter {
            self.index(of: $0.span.start) > index && self.index(of: $0.span.start) < max(end, index + 14)
        }
        for mention in after {
            guard let place = records.place(mention.entity) else { continue }
            let start = self.index(of: mention.span.start)
            let preposition = word(start - 1) == "the" ? word(start - 2) : word(start - 1)
            // 'As part of his visit, she will stop in …' is not where the visit is.
            let isApart = isVisit && words[index + 1...start].contains { $0.separator.contains(",") }
            if isApart { return nil }
            let isBehind = isVisit ? ["to", "in"].contains(preposition) : ["in", "at"].contains(preposition)
            if isBehind || isVisit && start == index + 1 { return place }
        }
        return nil
    }

    /// 'X's visit', 'his visit', 'X will visit', 'the visit by X'.
    private func visitor(_ index: Int, _ reach: Range<Int>) -> Reference? {
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
        return word(0) == "he" || word(0) == "she" || word(0) == "this" ? antecedent : nil
    }

    /// Whether a name owns the noun a few words behind it: 'Blinken's planned trip'.
    private func isPossessor(_ mention: Mention, before index: Int) -> Bool {
        let last = self.index(of: mention.span.end - 1)
        guard last < index, index - last <= 4, last + 1 < words.count else { return false }
        return isPossessive(words[last + 1].separator)
    }

    /// Who takes part: the owner or subject before, and those behind 'with', 'between', or the verb.
    private func parties(_ place: Place, _ reach: Range<Int>) -> (Reference?, [Reference]) {
        let index = place.word
        let after = people.filter {
            let start = self.index(of: $0.span.start)
            return start > index && start < reach.upperBound && start - index <= 16
                && isLinked(from: index, to: start, place.trigger)
        }
        if word(index + 1) == "between" { return (nil, after.map(\.entity)) }
        let isTheirs = word(index - 1) == "their" || word(index - 2) == "their"
        let before = people.filter { self.index(of: $0.span.start) < index }
        if isTheirs { return (nil, before.suffix(2).map(\.entity) + after.map(\.entity)) }
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

    /// Whether words lead from a trigger to a name as to a party: through 'with', 'between', 'and', or as the object.
    private func isLinked(from index: Int, to name: Int, _ trigger: EventTrigger) -> Bool {
        let between = words[index + 1..<name]
        if between.contains(where: { $0.separator.contains(";") || VerbLexicon.past.contains($0.lower) }) {
            return false
        }
        return trigger.isVerb || between.contains { ["with", "between", "of"].contains($0.lower) }
    }
}

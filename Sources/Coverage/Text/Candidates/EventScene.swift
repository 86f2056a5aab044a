// SPDX-License-Identifier: Apache-2.0

/// One sentence, with what is named in it.
struct EventScene {
    let words: [LexicalWord]
    let paragraph: Int
    let mentions: [Mention]
    let times: [TimeExpression]
    let published: EDTF?
    /// The last time named in the paragraph before the sentence.
    let timeBefore: TimeExpression?
    let antecedent: Reference?
    /// At most two people, who were named last before the sentence.
    let lastNamed: [Reference]
    let destinations: [Reference: Reference]

    struct Place {
        let word: Int
        let trigger: EventTrigger
    }

    /// The first person who is no mere part of a phrase.
    var subject: Reference? { (people.first { isFree($0) } ?? people.first { !isObject($0) })?.entity }

    var people: [Mention] { mentions.filter { $0.entity.type == .person } }

    private var triggers: [Place] {
        words.indices.compactMap { index in
            guard
                !mentions.contains(where: {
                    $0.entity.type != .event && $0.span.start <= words[index].start && words[index].end <= $0.span.end
                })
            else { return nil }
            return EventTrigger.at { word(index + $0) }.map { Place(word: index, trigger: $0) }
        }
    }

    func word(_ index: Int) -> String { words.indices.contains(index) ? words[index].lower : "" }

    /// The word at or behind an offset.
    func index(of offset: Int) -> Int { words.firstIndex { $0.end > offset } ?? words.count }

    /// Whether a mention stands behind a preposition.
    func isObject(_ mention: Mention) -> Bool {
        var index = index(of: mention.span.start) - 1
        // Titles in front of a name belong to it: 'with Chinese Foreign Minister Qin Gang'.
        while index >= 0, words[index].isCapitalized || isInTitle(index) {
            // What is behind a comma belongs to no preposition before it: 'During her visit to Belmark, Ada Morn …'.
            if index + 1 < words.count, words[index + 1].separator.contains(",") { return false }
            index -= 1
        }
        return SpeechLexicon.prepositions.contains(word(index))
    }

    /// The 'of' of 'Secretary of State'.
    private func isInTitle(_ index: Int) -> Bool {
        word(index) == "of" && index > 0 && words[index - 1].isCapitalized
    }

    /// Whether a mention could be the subject: neither an object nor an owner.
    func isFree(_ mention: Mention) -> Bool {
        let next = index(of: mention.span.end - 1) + 1
        return !isObject(mention) && !(words.indices.contains(next) && isPossessive(words[next].separator))
    }

    func isPossessive(_ separator: String) -> Bool {
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
            event.status = event.status ?? status(of: event.date)
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
        let status = EventModality(words: words, triggers: triggers).status(at: index, kind: kind)
        let time =
            ownTime(of: index, isVerb: place.trigger.isVerb, among: triggers)
            ?? ([.meeting, .call, .activity].contains(kind) ? timeBefore(status) : nil)
        var event = EventCandidate(
            title: "", kind: kind,
            status: status,
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

    /// What a date tells by itself.
    private func status(of date: DateStatement?) -> EventStatus? {
        guard let date = date?.edtf, let published else { return nil }
        if date.lowerBound > published.upperBound { return .scheduled }
        return date.upperBound < published.lowerBound ? .occurred : nil
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
}

// SPDX-License-Identifier: Apache-2.0

/// Makes one candidate of what is told several times, in one article or in several, and matches it to known events.
enum EventMerger {
    /// In the order in which they were first told. What several articles tell is trusted more.
    static func merged(_ candidates: [EventCandidate], _ records: KnownRecords) -> [EventCandidate] {
        var merged: [EventCandidate] = []
        var places: [Key: [Int]] = [:]
        // Those with dates first, so that one without finds the right one of several; ties keep their order.
        let dated = candidates.enumerated().sorted { a, b in
            (a.element.date == nil ? 1 : 0, a.offset) < (b.element.date == nil ? 1 : 0, b.offset)
        }
        for (_, candidate) in dated {
            let key = Key(kind: candidate.kind, people: candidate.people, isOff: isOff(candidate))
            if let place = places[key]?.first(where: { areOne(merged[$0], candidate, records) }) {
                merged[place] = joined(merged[place], candidate, records)
            } else {
                places[key, default: []].append(merged.count)
                merged.append(candidate)
            }
        }
        merged = merged.map { candidate in
            var candidate = candidate
            candidate.date = lasting(candidate.days, candidate.date)
            return candidate
        }
        let dating = EventDating(merged, records)
        return merged.map { candidate in
            var candidate = dating.dated(candidate)
            candidate.existing = records.events.first { isKnown($0, as: candidate, records) }
                .map { Reference(.event, $0.id, name: $0.title) }
            let articles = Set(candidate.citations.map(\.article)).count
            candidate.confidence = Weight.rounded(min(0.99, candidate.confidence + 0.05 * Double(articles - 1)))
            candidate.retitle()
            return candidate
        }
    }

    /// What candidates have to have in common. What was put off is not what came.
    private struct Key: Hashable {
        let kind: EventKind
        let people: Set<Reference>
        let isOff: Bool
    }

    /// Of two of one key, whether place and dates do not exclude each other.
    private static func areOne(_ a: EventCandidate, _ b: EventCandidate, _ records: KnownRecords) -> Bool {
        if a.kind == .summit, a.organizations != b.organizations || a.date == nil || b.date == nil { return false }
        if a.label != b.label || !couldBe(a, b) || !couldBe(b, a) { return false }
        return fit(a.place, b.place, records) && fit(a.date?.edtf, b.date?.edtf)
    }

    /// Whether one without a date, by what its article has of it, may be the other: what is still to come was not over
    /// before that was written, and what is over was not to come after it.
    private static func couldBe(_ undated: EventCandidate, _ dated: EventCandidate) -> Bool {
        guard undated.date == nil, let told = undated.told, let date = dated.date?.edtf else { return true }
        switch undated.status {
        case .possible?, .expected?, .scheduled?: return date.upperBound >= told.lowerBound
        case .occurred?: return date.lowerBound <= told.upperBound
        default: return true
        }
    }

    private static func isOff(_ event: EventCandidate) -> Bool {
        event.status == .postponed || event.status == .cancelled
    }

    private static func fit(_ a: Reference?, _ b: Reference?, _ records: KnownRecords) -> Bool {
        guard let a, let b else { return true }
        return records.lies(a, in: b) || records.lies(b, in: a)
    }

    private static func fit(_ a: EDTF?, _ b: EDTF?) -> Bool {
        guard let a, let b else { return true }
        return a.lowerBound <= b.upperBound && b.lowerBound <= a.upperBound
    }

    /// Of two that are one, what is known by either; dates and places as finely as they are told.
    static func joined(_ a: EventCandidate, _ b: EventCandidate, _ records: KnownRecords) -> EventCandidate {
        var event = a
        event.date = finer(a.date, b.date)
        event.days = a.days ?? b.days
        // A visit is to the country, a meeting in the city.
        if let site = a.place, let other = b.place {
            let isWider = records.lies(site, in: other)
            event.place = (a.kind == .visit) == isWider ? other : site
        } else {
            event.place = a.place ?? b.place
        }
        event.status = [a.status, b.status].compactMap { $0 }.max { $0.stage < $1.stage }
        // What is over was over when that was first told; what is to come still was when that was last told.
        let told = [a, b].filter { $0.status == event.status }.compactMap(\.told)
        event.told =
            event.status == .occurred
            ? told.min { $0.upperBound < $1.upperBound } : told.max { $0.lowerBound < $1.lowerBound }
        for organization in b.organizations where !event.organizations.contains(organization) {
            event.organizations.append(organization)
        }
        for issue in b.issues where !event.issues.contains(issue) { event.issues.append(issue) }
        for citation in b.citations
        where !event.citations.contains(where: { $0.article == citation.article && $0.paragraph == citation.paragraph })
        {
            event.citations.append(citation)
        }
        event.confidence = max(a.confidence, b.confidence)
        for reason in b.reasons where !event.reasons.contains(reason) { event.reasons.append(reason) }
        return event
    }

    private static func finer(_ a: DateStatement?, _ b: DateStatement?) -> DateStatement? {
        guard let a, let b else { return a ?? b }
        func span(_ date: DateStatement) -> Int { Int(date.edtf.upperBound) - Int(date.edtf.lowerBound) }
        return span(b) < span(a) ? b : a
    }

    /// A day on which something of several days begins.
    static func lasting(_ days: Int?, _ date: DateStatement?) -> DateStatement? {
        guard let days, let date, let start = date.edtf.earliest, date.edtf.latest == start, !date.edtf.isQualified,
            let edtf = EDTF.interval(.day(start), .day(start.adding(days: days - 1)))
        else { return date }
        let note = (date.note.map { $0 + " " } ?? "") + "It is said to take \(days) days."
        return DateStatement(edtf: edtf, basis: .inferred, note: note)
    }

    private static func isKnown(_ known: Event, as event: EventCandidate, _ records: KnownRecords) -> Bool {
        guard known.kind == event.kind, fit(known.place, event.place, records), fit(known.date?.edtf, event.date?.edtf)
        else {
            return false
        }
        let isOffKnown = known.status == .postponed || known.status == .cancelled
        guard isOffKnown == isOff(event) else { return false }
        let people = Set(known.participants.map(\.person))
        return event.kind == .summit
            ? Set(known.organizations).isSuperset(of: event.organizations) : !people.isEmpty && people == event.people
    }
}

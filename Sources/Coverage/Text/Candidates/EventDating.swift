// SPDX-License-Identifier: Apache-2.0

/// Infers when an event was or will be for which the articles name no time.
///
/// Whom a visitor meets of the country visited is met during the visit, while that is what the article is about. Else what
/// is told as past was before it was published, and what is hoped for comes after: half of a date, and true.
struct EventDating {
    private let visits: [EventCandidate]
    private let records: KnownRecords

    /// - Parameter events: among them the visits that the articles tell of.
    init(_ events: [EventCandidate], _ records: KnownRecords) {
        visits = events.filter {
            $0.kind == .visit && $0.date != nil && $0.status != .postponed && $0.status != .cancelled
        }
        self.records = records
    }

    func dated(_ event: EventCandidate) -> EventCandidate {
        guard event.date == nil, let told = event.told else { return event }
        var event = event
        if let visit = visits.first(where: { isPart(event, of: $0, told) }), let date = visit.date {
            event.date = DateStatement(
                edtf: date.edtf, basis: .inferred, note: "As a part of the visit that is told of beside it.")
            event.confidence *= 0.8
        } else {
            event.date = bound(event.status, told)
        }
        return event
    }

    private func isPart(_ event: EventCandidate, of visit: EventCandidate, _ told: EDTF) -> Bool {
        guard event.kind == .meeting || event.kind == .activity, let visitor = visit.participants.first?.person,
            let site = visit.place, let date = visit.date?.edtf, event.people.contains(visitor)
        else { return false }
        let isThere = event.place.map { records.lies($0, in: site) || records.lies(site, in: $0) }
        let host = records.country(of: site)
        let others = event.people.subtracting([visitor])
        guard isThere ?? !others.isEmpty, others.allSatisfy({ records.country(of: $0) == host }) else { return false }
        switch event.status {
        case .occurred?: return date.lowerBound <= told.upperBound
        case .postponed?, .cancelled?: return false
        default: return date.upperBound >= told.lowerBound
        }
    }

    private func bound(_ status: EventStatus?, _ told: EDTF) -> DateStatement? {
        let bound: (edtf: String, note: String)?
        switch status {
        case .occurred?: bound = told.latest.map { ("/\($0)", "Told as past, published by then.") }
        case .possible?, .expected?, .scheduled?:
            bound = told.earliest.map { ("\($0)/", "Told as still to come, published then.") }
        default: bound = nil
        }
        guard let bound, let edtf = try? EDTF(bound.edtf) else { return nil }
        return DateStatement(edtf: edtf, basis: .inferred, note: bound.note)
    }
}

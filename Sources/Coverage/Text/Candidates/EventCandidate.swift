// SPDX-License-Identifier: Apache-2.0

/// An event that articles seem to tell of, for an editor to take, mend or drop.
package struct EventCandidate: Sendable, Equatable {
    /// In our own plain form: `Meeting of A and B in P`.
    package var title: String
    package let kind: EventKind
    package var status: EventStatus?
    package var date: DateStatement?
    package var place: Reference?
    package var participants: [Event.Participant]
    package var organizations: [Reference]
    /// Those that the sentences name.
    package var issues: [Reference] = []
    package var citations: [Citation]
    /// How many days it takes, where that is told; by it a date that is its beginning becomes an interval.
    var days: Int?
    /// When its article was published.
    var told: EDTF?
    /// What an activity is called.
    var label: String?
    /// The event that is known already and that this would be more evidence for.
    package var existing: Reference?
    /// 0 to 1.
    package var confidence: Double
    /// What the words were that gave rise to it, in a sentence each.
    package var reasons: [String]

    var people: Set<Reference> { Set(participants.map(\.person)) }

    /// From kind, participants and place.
    mutating func retitle() {
        let names = participants.map(\.person.name)
        let listed =
            names.count <= 1
            ? names.first ?? "" : names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
        let at = place.map { " in \($0.name)" } ?? ""
        switch kind {
        case .visit: title = "Visit of \(listed)" + (place.map { " to \($0.name)" } ?? "")
        case .meeting: title = "Meeting of \(listed)" + at
        case .call: title = "Call of \(listed)"
        case .summit: title = (organizations.first.map { "\($0.name) summit" } ?? "Summit") + at
        case .postponement: title = "Postponement of the visit of \(listed)" + (place.map { " to \($0.name)" } ?? "")
        case .announcement: title = "Remarks of \(listed) to the press"
        case .activity: title = "\(label ?? "Activity") with \(listed)" + at
        default: title = "\(kind.rawValue.prefix(1).uppercased())\(kind.rawValue.dropFirst()) of \(listed)" + at
        }
    }
}

extension EventCandidate {
    /// One that is written down already, for what another article tells of it to be joined to.
    package init(_ event: Event, _ records: KnownRecords) {
        self.init(
            title: event.title, kind: event.kind, status: event.status, date: event.date,
            place: event.place.map(records.named),
            participants: event.participants.map { .init(person: records.named($0.person), role: $0.role) },
            organizations: event.organizations.map(records.named), issues: event.issues.map(records.named),
            citations: event.evidence, confidence: 0, reasons: [])
    }

    /// The two as one event: dated and placed as finely as either is, as far along as the further one.
    package func joined(with other: EventCandidate, _ records: KnownRecords) -> EventCandidate {
        var event = EventMerger.joined(self, other, records)
        event.date = EventMerger.lasting(event.days, event.date)
        event.retitle()
        return event
    }
}

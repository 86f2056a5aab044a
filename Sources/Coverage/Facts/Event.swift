// SPDX-License-Identifier: Apache-2.0

/// Something that happened, is planned, or holds: a visit, a call, an incident, a policy.
package struct Event: Fact {
    package struct Participant: Sendable, Equatable {
        package let person: Reference
        package let role: ParticipantRole

        package init(person: Reference, role: ParticipantRole) {
            self.person = person
            self.role = role
        }
    }

    package static let type = FactType.event
    package let id: String
    package let title: String
    package let summary: String
    package let kind: EventKind
    /// Where the latest coverage leaves it, never what became of it later.
    package let status: EventStatus?
    package let date: DateStatement?
    package let place: Reference?
    package let partOf: Reference?
    package let participants: [Participant]
    package let organizations: [Reference]
    package let issues: [Reference]
    package let evidence: [Citation]

    package typealias Derived = NothingDerived
    package var name: String { title }
    package var searchText: [(member: String, text: String)] { [("summary", summary)] }
    package var references: [(pointer: String, reference: Reference)] {
        var all: [(pointer: String, reference: Reference)] = []
        if let place { all.append(("/place", place)) }
        if let partOf { all.append(("/partOf", partOf)) }
        all += participants.enumerated().map { ("/participants/\($0)/person", $1.person) }
        all += organizations.enumerated().map { ("/organizations/\($0)", $1) }
        all += issues.enumerated().map { ("/issues/\($0)", $1) }
        return all
    }

    /// The event as one article has it: its citations alone, and the furthest stage they tell.
    package func reported(by article: String) -> Event {
        let cited = evidence.filter { $0.article.id == article }
        return Event(
            id: id, title: title, summary: summary, kind: kind,
            status: cited.compactMap(\.status).max { $0.stage < $1.stage }, date: date, place: place, partOf: partOf,
            participants: participants, organizations: organizations, issues: issues, evidence: cited)
    }

    package init(
        id: String, title: String, summary: String, kind: EventKind, status: EventStatus?, date: DateStatement?,
        place: Reference?, partOf: Reference?, participants: [Participant], organizations: [Reference],
        issues: [Reference], evidence: [Citation]
    ) {
        self.id = id
        self.title = title
        self.summary = summary
        self.kind = kind
        self.status = status
        self.date = date
        self.place = place
        self.partOf = partOf
        self.participants = participants
        self.organizations = organizations
        self.issues = issues
        self.evidence = evidence
    }
}

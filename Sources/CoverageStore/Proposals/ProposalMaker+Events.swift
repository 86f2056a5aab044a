// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import JSON

extension ProposalMaker {
    /// An event that the article tells of: a new one, more evidence for one on record, or for one that waits already.
    func event(_ candidate: EventCandidate) throws -> ProposalDraft? {
        let citations = candidate.citations
        let grounds = try citations.compactMap { try ground($0) }
        guard let first = grounds.first, grounds.count == citations.count else { return nil }
        let evidence = citations.compactMap { citation($0, statuses: true) }
        if let known = candidate.existing {
            if let proposal = waiting.first(where: { $0.id == known.id }) {
                return joined(proposal, candidate, evidence, grounds)
            }
            return try moreEvidence(for: known, candidate)
        }
        let parties = candidate.participants.map(\.person.id).sorted() + candidate.organizations.map(\.id).sorted()
        return ProposalDraft(
            kind: .event, name: candidate.title, reason: Self.reason(candidate), confidence: candidate.confidence,
            target: nil, content: Self.content(candidate, evidence), grounds: grounds,
            identity: ([candidate.kind.rawValue, first.digest] + parties).joined(separator: "\n"))
    }

    static func content(_ candidate: EventCandidate, _ evidence: [JSONValue]) -> JSONValue {
        [
            "title": .string(candidate.title), "summary": .string("\(candidate.title)."),
            "kind": .string(candidate.kind.rawValue),
            "status": candidate.status.map { .string($0.rawValue) } ?? .null, "date": date(candidate.date),
            "place": candidate.place.map { ["id": .string($0.id)] } ?? .null, "partOf": .null,
            "participants": .array(
                candidate.participants.map {
                    ["person": ["id": .string($0.person.id)], "role": .string($0.role.rawValue)]
                }), "organizations": references(candidate.organizations), "issues": [], "evidence": .array(evidence),
        ]
    }

    /// An event that waits, told by one article more.
    private func joined(
        _ proposal: StoredProposal, _ candidate: EventCandidate, _ evidence: [JSONValue], _ grounds: [Ground]
    ) -> ProposalDraft? {
        guard let event = proposal.proposedEvent else { return nil }
        // What an earlier reading of the article has joined to it gives way to this one, and what another edition told with it.
        let own = article.reference.id
        let others = proposal.grounds.filter { $0.article.id != own }
        let isTold = others.count < proposal.grounds.count
        let known = isTold && proposal.isStale ? told(proposal, in: others) : EventCandidate(event, records)
        // Where what was read before does not hold and the others are not at hand, it says what this article tells.
        let both = known?.joined(with: candidate, records) ?? candidate
        let ofOthers = proposal.content.evidence { id in others.contains { $0.article.id == id } }
        return ProposalDraft(
            kind: .event, name: both.title, reason: Self.reason(both),
            confidence: min(0.99, proposal.confidence + (isTold ? 0 : 0.05)), target: nil,
            content: Self.content(both, ofOthers + evidence), grounds: others + grounds,
            identity: "", knownID: proposal.id)
    }

    /// An event that waits, as the neighbours tell it that it stands on.
    private func told(_ proposal: StoredProposal, in grounds: [Ground]) -> EventCandidate? {
        let articles = neighbours.filter { article in grounds.contains { $0.article == article.reference } }
        return Candidates(articles, records).events.first { $0.existing?.id == proposal.id }
    }

    static func reason(_ candidate: EventCandidate) -> String {
        let date = candidate.date.map { ", dated \($0.edtf)" } ?? ", without a date"
        let count = candidate.citations.count
        return "Told in \(count == 1 ? "a paragraph" : "\(count) paragraphs")\(date)."
    }

    /// That paragraphs of the article report an event on record, unless it cites them.
    private func moreEvidence(for known: Reference, _ candidate: EventCandidate) throws -> ProposalDraft? {
        guard let event = try reader.record(known.id, of: Event.self)?.value else { return nil }
        let new = candidate.citations.filter { citation in
            !event.evidence.contains { $0.article == citation.article && $0.paragraph == citation.paragraph }
        }
        let grounds = try new.compactMap { try ground($0) }
        guard !new.isEmpty, grounds.count == new.count else { return nil }
        return ProposalDraft(
            kind: .citation, name: event.title,
            reason: "Told of with the same parties, and a date and place that agree with what is on record.",
            confidence: candidate.confidence, target: event.reference,
            content: ["evidence": .array(new.compactMap { citation($0, statuses: true) })], grounds: grounds,
            identity: ([event.id] + grounds.map(\.digest).sorted()).joined(separator: "\n"))
    }
}

extension StoredProposal {
    /// What an event proposal says, as an event with the proposal's id, for candidates to be matched with; nil for what
    /// cannot be read.
    var proposedEvent: Event? {
        guard kind == .event, case .object(var object) = content else { return nil }
        object["id"] = .string(id)
        let faults = FaultList()
        let event = Event(
            from: ObjectReader(
                .object(object), at: JSONPointer(), faults: faults, members: Event.members,
                derived: Event.derivedMembers))
        return faults.faults.isEmpty ? event : nil
    }
}

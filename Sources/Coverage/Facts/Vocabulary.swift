// SPDX-License-Identifier: Apache-2.0

/// A closed set without its Swift type: what `/v1/vocabularies` shows. An object, as many hold the same one.
package final class Vocabulary: Sendable {
    package let name: String
    package let terms: [(value: String, meaning: String)]
    /// The values one behind the other, and where each ends: an array of arrays would have the references to each counted, by all
    /// loops at once.
    private let bytes: [UInt8]
    private let ends: [Int]

    package init<Set: ClosedSet>(_ set: Set.Type) {
        name = Set.vocabulary
        terms = Set.allCases.map { ($0.rawValue, $0.meaning) }
        var (bytes, ends): ([UInt8], [Int]) = ([], [])
        for term in terms {
            bytes += term.value.utf8
            ends.append(bytes.count)
        }
        (self.bytes, self.ends) = (bytes, ends)
    }

    /// Whether this is the text of one of the values.
    package func has(_ utf8: Span<UInt8>) -> Bool {
        // Held, so that its span may be lent.
        let bytes = bytes
        var start = 0
        for end in ends {
            if bytes.span.extracting(start..<end).equals(utf8) { return true }
            start = end
        }
        return false
    }

    /// What to call a value before people: `textAbsent` is "Text absent".
    package static func label(of value: String) -> String {
        value.prefix(1).uppercased()
            + value.dropFirst().map { $0.isUppercase ? " \($0.lowercased())" : String($0) }.joined()
    }

    /// Every closed set of the coverage.
    package static let all: [Vocabulary] = [
        Vocabulary(EventKind.self), Vocabulary(EventStatus.self), Vocabulary(ParticipantRole.self),
        Vocabulary(PersonCategory.self), Vocabulary(OrganizationKind.self), Vocabulary(PlaceKind.self),
        Vocabulary(StatementForm.self), Vocabulary(DiscrepancyKind.self),
        Vocabulary(DateBasis.self), Vocabulary(DatePrecision.self), Vocabulary(Evidence.State.self),
        Vocabulary(ProposalKind.self), Vocabulary(ProposalState.self),
        Vocabulary(FactType.self),
    ]
}

extension FactType: ClosedSet {
    package static let vocabulary = "recordType"
    package var meaning: String {
        switch self {
        case .event: "Something that happened, is to happen or may happen."
        case .person: "Somebody with a name."
        case .issue: "Something that the sides talk or quarrel about."
        case .statement: "Something that somebody said."
        case .organization: "A country as an actor, a ministry, an alliance, a forum."
        case .place: "A country as territory, a city, a sea, a building."
        case .discrepancy: "Something that articles give differently."
        case .article: "A piece of the coverage."
        }
    }
}

extension DatePrecision: ClosedSet {
    package static let vocabulary = "datePrecision"
    package var meaning: String {
        switch self {
        case .day: "Known to the day."
        case .month: "Known to the month."
        case .season: "Known to the season."
        case .year: "Known to the year."
        case .decade: "Known to the decade."
        case .century: "Known to the century."
        case .unknown: "An end of it is not known."
        }
    }
}

extension Evidence.State: ClosedSet {
    package static let vocabulary = "evidenceState"
    package var meaning: String {
        switch self {
        case .verified: "The paragraph is at hand, unchanged since it was cited, and holds the anchor words."
        case .stale: "The paragraph has changed, is gone, or does not hold the anchor words."
        case .textAbsent: "The article's text has not been imported, so nothing could be checked."
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// What reading a text proposes to do.
package enum ProposalKind: String, ClosedSet {
    case event, statement, discrepancy, citation, variant, lineage

    package static let vocabulary = "proposalKind"
    package var meaning: String {
        switch self {
        case .event: "An event that is not on record."
        case .statement: "A statement that is not on record."
        case .discrepancy: "A fact that articles give differently."
        case .citation: "A paragraph that reports what is on record already."
        case .variant: "Two statements that are the same words, told differently."
        case .lineage: "A source that the article shares with others."
        }
    }

    /// The type of record that is made of it; nil where one is changed.
    package var creates: FactType? {
        switch self {
        case .event: .event
        case .statement: .statement
        case .discrepancy: .discrepancy
        case .citation, .variant, .lineage: nil
        }
    }
}

/// How far an editor has come with a proposal.
package enum ProposalState: String, ClosedSet {
    case open, accepted, rejected

    package static let vocabulary = "proposalState"
    package var meaning: String {
        switch self {
        case .open: "Waits for an editor."
        case .accepted: "An editor has made a fact of it."
        case .rejected: "An editor has refused it; no later reading brings it back."
        }
    }
}

/// Where in an article a proposal stands.
package struct Ground: Sendable, Hashable {
    package let article: Reference
    package let paragraph: Int
    /// Unicode scalar offsets in the paragraph; nil for the whole.
    package let range: Range<Int>?
    /// The SHA-256 of the paragraph when it was read.
    package let digest: String

    package init(article: Reference, paragraph: Int, range: Range<Int>? = nil, digest: String) {
        self.article = article
        self.paragraph = paragraph
        self.range = range
        self.digest = digest
    }
}

// SPDX-License-Identifier: Apache-2.0

/// One aspect of a fact that articles give differently, side by side. What only one article reports is none.
package struct Discrepancy: Fact {
    /// One of the ways in which it is told.
    package struct Account: Sendable, Equatable {
        package let claim: String
        package let evidence: [Citation]

        package init(claim: String, evidence: [Citation]) {
            self.claim = claim
            self.evidence = evidence
        }
    }

    package static let type = FactType.discrepancy
    package let id: String
    package let aspect: String
    /// The fact that is told differently, of any type.
    package let subject: Reference
    package let kind: DiscrepancyKind
    /// At least two.
    package let accounts: [Account]

    package typealias Derived = NothingDerived
    package var name: String { aspect }
    /// It stands on what its accounts cite, and on nothing else.
    package var evidence: [Citation] { [] }
    package var searchText: [(member: String, text: String)] { accounts.map { ("accounts", $0.claim) } }
    package var references: [(pointer: String, reference: Reference)] { [("/subject", subject)] }
    package var partEvidence: [(part: String, citations: [Citation])] {
        accounts.enumerated().map { ("accounts/\($0)", $1.evidence) }
    }

    package init(id: String, aspect: String, subject: Reference, kind: DiscrepancyKind, accounts: [Account]) {
        self.id = id
        self.aspect = aspect
        self.subject = subject
        self.kind = kind
        self.accounts = accounts
    }
}

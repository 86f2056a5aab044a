// SPDX-License-Identifier: Apache-2.0

/// What the sides talk or quarrel about, with the position each side takes. Issues form a tree.
package struct Issue: Fact {
    package struct Position: Sendable, Equatable {
        /// The side: an organization, usually a country.
        package let party: Reference
        package let gist: String
        package let evidence: [Citation]

        package init(party: Reference, gist: String, evidence: [Citation]) {
            self.party = party
            self.gist = gist
            self.evidence = evidence
        }
    }

    /// What follows from other records.
    package struct Surroundings: DerivedValues, Equatable {
        /// The issues directly below.
        package var narrower: [Reference] = []
        package var events = 0
        package var statements = 0
        package var people = 0
        package var articles = 0

        package init() {}
    }

    package static let type = FactType.issue
    package let id: String
    package let name: String
    package let aliases: [String]
    package let summary: String
    package let broader: Reference?
    package let positions: [Position]
    package let evidence: [Citation]

    package typealias Derived = Surroundings
    package var searchText: [(member: String, text: String)] {
        aliases.map { ("aliases", $0) } + [("summary", summary)] + positions.map { ("positions", $0.gist) }
    }
    package var references: [(pointer: String, reference: Reference)] {
        (broader.map { [("/broader", $0)] } ?? []) + positions.enumerated().map { ("/positions/\($0)/party", $1.party) }
    }
    package var partEvidence: [(part: String, citations: [Citation])] {
        positions.enumerated().map { ("positions/\($0)", $1.evidence) }
    }

    package init(
        id: String, name: String, aliases: [String], summary: String, broader: Reference?, positions: [Position],
        evidence: [Citation]
    ) {
        self.id = id
        self.name = name
        self.aliases = aliases
        self.summary = summary
        self.broader = broader
        self.positions = positions
        self.evidence = evidence
    }
}

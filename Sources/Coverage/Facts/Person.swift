// SPDX-License-Identifier: Apache-2.0

/// A named person: an official, a private person, or one who is detained.
package struct Person: Fact {
    package struct Office: Sendable, Equatable {
        package let title: String
        package let organization: Reference?
        package let evidence: [Citation]

        package init(title: String, organization: Reference?, evidence: [Citation]) {
            self.title = title
            self.organization = organization
            self.evidence = evidence
        }
    }

    /// How much the coverage has about a person.
    package struct Counts: DerivedValues, Equatable {
        package var events = 0
        package var statements = 0
        package var issues = 0
        package var articles = 0

        package init() {}
    }

    package static let type = FactType.person
    package let id: String
    package let name: String
    package let category: PersonCategory
    package let aliases: [String]
    package let country: Reference?
    package let offices: [Office]
    package let evidence: [Citation]

    package typealias Derived = Counts
    package var searchText: [(member: String, text: String)] {
        aliases.map { ("aliases", $0) } + offices.map { ("offices", $0.title) }
    }
    package var references: [(pointer: String, reference: Reference)] {
        var all: [(pointer: String, reference: Reference)] = []
        if let country { all.append(("/country", country)) }
        for (index, office) in offices.enumerated() {
            if let organization = office.organization { all.append(("/offices/\(index)/organization", organization)) }
        }
        return all
    }
    package var partEvidence: [(part: String, citations: [Citation])] {
        offices.enumerated().map { ("offices/\($0)", $1.evidence) }
    }

    package init(
        id: String, name: String, category: PersonCategory, aliases: [String], country: Reference?, offices: [Office],
        evidence: [Citation]
    ) {
        self.id = id
        self.name = name
        self.category = category
        self.aliases = aliases
        self.country = country
        self.offices = offices
        self.evidence = evidence
    }
}

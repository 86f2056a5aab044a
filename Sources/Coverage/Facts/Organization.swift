// SPDX-License-Identifier: Apache-2.0

/// Whoever acts without being a person: a country, a ministry, an alliance, a forum.
package struct Organization: Fact {
    package static let type = FactType.organization
    package let id: String
    package let name: String
    package let kind: OrganizationKind
    package let aliases: [String]
    /// The country it belongs to, itself an organization; nil for countries and international bodies.
    package let country: Reference?
    package let memberOf: [Reference]
    package let evidence: [Citation]

    package typealias Derived = NothingDerived
    package var searchText: [(member: String, text: String)] { aliases.map { ("aliases", $0) } }
    package var references: [(pointer: String, reference: Reference)] {
        (country.map { [("/country", $0)] } ?? []) + memberOf.enumerated().map { ("/memberOf/\($0)", $1) }
    }

    package init(
        id: String, name: String, kind: OrganizationKind, aliases: [String], country: Reference?,
        memberOf: [Reference], evidence: [Citation]
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.aliases = aliases
        self.country = country
        self.memberOf = memberOf
        self.evidence = evidence
    }
}

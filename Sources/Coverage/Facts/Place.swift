// SPDX-License-Identifier: Apache-2.0

/// Where things happen: a country as territory, a city, a sea, a building.
package struct Place: Fact {
    package static let type = FactType.place
    package let id: String
    package let name: String
    package let kind: PlaceKind
    package let aliases: [String]
    /// The place directly around it.
    package let within: Reference?
    /// Degrees north and east (WGS 84); both or neither.
    package let latitude: Double?
    package let longitude: Double?
    package let evidence: [Citation]

    package typealias Derived = NothingDerived
    package var searchText: [(member: String, text: String)] { aliases.map { ("aliases", $0) } }
    package var references: [(pointer: String, reference: Reference)] { within.map { [("/within", $0)] } ?? [] }

    package init(
        id: String, name: String, kind: PlaceKind, aliases: [String], within: Reference?, latitude: Double?,
        longitude: Double?, evidence: [Citation]
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.aliases = aliases
        self.within = within
        self.latitude = latitude
        self.longitude = longitude
        self.evidence = evidence
    }
}

// SPDX-License-Identifier: Apache-2.0

/// What the linker has to know of a record to find it in a text.
package struct KnownRecord: Sendable, Hashable {
    package struct Office: Sendable, Hashable {
        package let title: String
        /// The id of the organization; nil when it is not known.
        package let organization: String?

        package init(title: String, organization: String?) {
            self.title = title
            self.organization = organization
        }
    }

    /// Carries the name.
    package let reference: Reference
    package let aliases: [String]
    /// The id of a person's or an organization's country, itself an organization.
    package var country: String?
    package var offices: [Office] = []
    package var organizationKind: OrganizationKind?
    package var placeKind: PlaceKind?
    /// The id of the place around a place.
    package var within: String?

    package init(_ reference: Reference, aliases: [String] = []) {
        self.reference = reference
        self.aliases = aliases
    }

    package init(_ person: Person) {
        self.init(Reference(.person, person.id, name: person.name), aliases: person.aliases)
        country = person.country?.id
        offices = person.offices.map { Office(title: $0.title, organization: $0.organization?.id) }
    }

    package init(_ organization: Organization) {
        self.init(Reference(.organization, organization.id, name: organization.name), aliases: organization.aliases)
        organizationKind = organization.kind
        country = organization.country?.id
    }

    package init(_ place: Place) {
        self.init(Reference(.place, place.id, name: place.name), aliases: place.aliases)
        placeKind = place.kind
        within = place.within?.id
    }

    package init(_ issue: Issue) {
        self.init(Reference(.issue, issue.id, name: issue.name), aliases: issue.aliases)
    }

    package init(_ event: Event) {
        self.init(Reference(.event, event.id, name: event.title))
    }
}

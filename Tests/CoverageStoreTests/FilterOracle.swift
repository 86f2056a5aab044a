// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import TestSupport

/// Which values each record has for each filter, worked out from the seeds without SQL. A filter keeps the records that
/// have one of its values; `none` those that have no value at all.
struct FilterOracle {
    private let seeds: SeedRecords

    init() throws {
        seeds = try SeedRecords(EnvoyVisit.seeds())
    }

    var events: [Event] { seeds.events }
    var people: [Person] { seeds.people }
    var issues: [Issue] { seeds.issues }
    var statements: [Coverage.Statement] { seeds.statements }
    var discrepancies: [Discrepancy] { seeds.discrepancies }
    var organizations: [Organization] { seeds.organizations }
    var places: [Place] { seeds.places }
    var articles: [Article] { seeds.articles }

    private func articles(citedBy fact: some Fact) -> Set<String> {
        Set((fact.evidence + fact.partEvidence.flatMap(\.citations)).map(\.article.id))
    }

    /// The id itself and all above it.
    private func upwards(from id: String?, _ parent: (String) -> String?) -> Set<String> {
        var found: Set<String> = []
        var next = id
        while let current = next, found.insert(current).inserted { next = parent(current) }
        return found
    }

    private func around(place id: String?) -> Set<String> {
        upwards(from: id) { id in seeds.places.first { $0.id == id }?.within?.id }
    }

    private func above(issue id: String) -> Set<String> {
        upwards(from: id) { id in seeds.issues.first { $0.id == id }?.broader?.id }
    }

    private func officials(of event: Event) -> Set<String> {
        Set(
            event.participants.map(\.person.id).filter { id in
                seeds.people.contains { $0.id == id && $0.category == .official }
            })
    }

    /// Where it lies, and who takes part: countries themselves, and those of organizations and people.
    private func countries(of event: Event) -> Set<String> {
        let actors = seeds.organizations.filter { one in event.organizations.contains { $0.id == one.id } }
        let people = seeds.people.filter { one in event.participants.contains { $0.person.id == one.id } }
        return around(place: event.place?.id).union(actors.map(\.id)).union(actors.compactMap(\.country?.id))
            .union(people.compactMap(\.country?.id))
    }

    func values(_ field: Event.Field, of event: Event) -> Set<String> {
        switch field {
        case .article: articles(citedBy: event)
        case .official: officials(of: event)
        case .person: Set(event.participants.map(\.person.id))
        case .issue: event.issues.reduce(into: []) { $0.formUnion(above(issue: $1.id)) }
        case .organization: Set(event.organizations.map(\.id))
        case .place: around(place: event.place?.id)
        case .country: countries(of: event)
        case .kind: [event.kind.rawValue]
        case .status: Set([event.status?.rawValue].compactMap(\.self))
        case .partOf: Set([event.partOf?.id].compactMap(\.self))
        }
    }

    private func events(with person: Person) -> [Event] {
        seeds.events.filter { $0.participants.contains { $0.person.id == person.id } }
    }

    func values(_ field: Person.Field, of person: Person) -> Set<String> {
        switch field {
        case .article: articles(citedBy: person)
        case .category: [person.category.rawValue]
        case .country: Set([person.country?.id].compactMap(\.self))
        case .organization: Set(person.offices.compactMap(\.organization?.id))
        case .event: Set(events(with: person).map(\.id))
        case .issue: events(with: person).reduce(into: []) { $0.formUnion(values(.issue, of: $1)) }
        }
    }

    func values(_ field: Issue.Field, of issue: Issue) -> Set<String> {
        let touching = seeds.events.filter { $0.issues.contains { $0.id == issue.id } }
        return switch field {
        case .article: articles(citedBy: issue)
        case .broader: Set([issue.broader?.id].compactMap(\.self))
        case .official: touching.reduce(into: []) { $0.formUnion(officials(of: $1)) }
        case .event: Set(touching.map(\.id))
        case .party: Set(issue.positions.map(\.party.id))
        }
    }

    func values(_ field: Coverage.Statement.Field, of statement: Coverage.Statement) -> Set<String> {
        switch field {
        case .article: articles(citedBy: statement)
        case .speaker: Set([statement.speaker?.id].compactMap(\.self))
        case .issue: statement.issues.reduce(into: []) { $0.formUnion(above(issue: $1.id)) }
        case .event: Set([statement.event?.id].compactMap(\.self))
        case .form: [statement.form.rawValue]
        }
    }

    func values(_ field: Discrepancy.Field, of discrepancy: Discrepancy) -> Set<String> {
        switch field {
        case .article: articles(citedBy: discrepancy)
        case .subject: ["\(discrepancy.subject.type.rawValue):\(discrepancy.subject.id)"]
        case .kind: [discrepancy.kind.rawValue]
        }
    }

    func values(_ field: Organization.Field, of organization: Organization) -> Set<String> {
        switch field {
        case .article: articles(citedBy: organization)
        case .kind: [organization.kind.rawValue]
        case .country: Set([organization.country?.id].compactMap(\.self))
        case .event: Set(seeds.events.filter { $0.organizations.contains { $0.id == organization.id } }.map(\.id))
        }
    }

    func values(_ field: Place.Field, of place: Place) -> Set<String> {
        switch field {
        case .article: articles(citedBy: place)
        case .kind: [place.kind.rawValue]
        case .within: around(place: place.within?.id)
        case .event: Set(seeds.events.filter { $0.place?.id == place.id }.map(\.id))
        }
    }

    func values(_ field: Article.Field, of article: Article) -> Set<String> {
        switch field {
        case .article: [article.id]
        case .publisher: Set([article.publisher].compactMap(\.self))
        case .credit: Set([article.credit].compactMap(\.self))
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import SQLite

/// Records whose values in lists follow from another record, which has changed.
package struct Dependents {
    let type: FactType
    /// What they have from now on beside what they had; nil where all their values have to be found anew, since some may be
    /// lost.
    let gains: [Gain]?
    /// Selects their ids from those bound as `?1`; nil where they are these.
    private let sql: String?
    private let ids: [String]

    /// A value, by the name of its field. Nil says only that the record has some, where no value is a term.
    struct Gain: Hashable {
        let field: String
        let value: String?

        init(_ field: some FilterField, _ value: String?) {
            self.field = field.rawValue
            self.value = value
        }
    }

    /// - Parameter sql: selects ids from those bound as `?1`.
    init(
        _ type: FactType, of ids: [String], gaining gains: [Gain]? = nil,
        _ sql: String? = nil
    ) {
        self.type = type
        self.ids = ids
        self.gains = gains
        self.sql = sql
    }

    func load(from connection: Connection) throws -> [String] {
        guard let sql, !ids.isEmpty else { return ids }
        let rows = try connection.prepare(sql)
        try rows.bind(1, jsonArray(ids))
        var found: [String] = []
        while try rows.step() { found.append(rows.text(0)) }
        return found
    }
}

// What points at a record that is new does so in the same transaction, and is listed again anyway.

extension Event {
    /// Who takes part in it, what it touches and where it is are found by it. A new event gives these records values and takes
    /// none away; to find all that the rest of their events give them would take the longer the more they have.
    package func dependents(since old: Event?) -> [Dependents] {
        guard let old, !old.links.isSubset(of: links) else { return links == old?.links ? [] : gaining }
        return losing(besides: old)
    }

    package var dependentsAtItsEnd: [Dependents] { losing(besides: self) }

    private var links: Set<Reference> {
        Set(participants.map(\.person) + issues + organizations + [place].compactMap(\.self))
    }

    private var gaining: [Dependents] {
        let (people, issues) = (participants.map(\.person.id), issues.map(\.id))
        return [
            Dependents(
                .person, of: people,
                gaining: [.init(Person.Field.event, nil)] + issues.map { .init(Person.Field.issue, $0) }),
            Dependents(
                .issue, of: issues,
                gaining: [.init(Issue.Field.event, nil)] + people.map { .init(Issue.Field.official, $0) }),
            Dependents(
                .organization, of: organizations.map(\.id), gaining: [.init(Organization.Field.event, nil)]),
            Dependents(.place, of: [place?.id].compactMap(\.self), gaining: [.init(Place.Field.event, nil)]),
        ]
    }

    private func losing(besides old: Event) -> [Dependents] {
        let all = links.union(old.links)
        return [FactType.person, .issue, .organization, .place].map { type in
            Dependents(type, of: all.filter { $0.type == type }.map(\.id))
        }
    }
}

extension Issue {
    /// What touches it, or anything below it, touches all that is above.
    package func dependents(since old: Issue?) -> [Dependents] {
        guard let old, old.broader != broader else { return [] }
        let below = Tree.issues.below
        return [
            Dependents(
                .event, of: [id],
                "\(below) SELECT x.event_id FROM below JOIN event_issues AS x ON x.issue_id = below.id"),
            Dependents(
                .person, of: [id],
                """
                \(below) SELECT p.person_id FROM below JOIN event_issues AS x ON x.issue_id = below.id
                JOIN event_participants AS p ON p.event_id = x.event_id
                """),
            Dependents(
                .statement, of: [id],
                "\(below) SELECT x.statement_id FROM below JOIN statement_issues AS x ON x.issue_id = below.id"),
        ]
    }
}

extension Place {
    /// What lies in it, or in anything within it, lies in all that is around.
    package func dependents(since old: Place?) -> [Dependents] {
        guard let old, old.within != within else { return [] }
        let below = Tree.places.below
        return [
            Dependents(.place, of: [id], "\(below) SELECT id FROM below"),
            Dependents(.event, of: [id], "\(below) SELECT x.id FROM below JOIN events AS x ON x.place_id = below.id"),
        ]
    }
}

extension Person {
    /// Events have the countries of those who take part, and the officials among them.
    package func dependents(since old: Person?) -> [Dependents] {
        guard let old, old.country != country || old.category != category else { return [] }
        return [
            Dependents(
                .event, of: [id],
                """
                SELECT x.event_id FROM json_each(?1) AS wanted JOIN event_participants AS x ON x.person_id = wanted.value
                """)
        ]
    }
}

extension Organization {
    /// Events have the countries of the organizations that take part.
    package func dependents(since old: Organization?) -> [Dependents] {
        guard let old, old.country != country else { return [] }
        return [
            Dependents(
                .event, of: [id],
                """
                SELECT x.event_id FROM json_each(?1) AS wanted
                JOIN event_organizations AS x ON x.organization_id = wanted.value
                """)
        ]
    }
}

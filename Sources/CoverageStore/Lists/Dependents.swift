// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import SQLite

/// Records whose values in lists follow from another record, which has changed.
package struct Dependents {
    let type: FactType
    /// Selects their ids.
    private let sql: String
    private let ids: [String]

    /// - Parameter sql: selects ids from those bound as `?1`.
    init(_ type: FactType, of ids: [String], _ sql: String = "SELECT value FROM json_each(?1)") {
        self.type = type
        self.ids = ids
        self.sql = sql
    }

    func load(from connection: Connection) throws -> [String] {
        let rows = try connection.prepare(sql)
        try rows.bind(1, jsonArray(ids))
        var found: [String] = []
        while try rows.step() { found.append(rows.text(0)) }
        return found
    }
}

// What points at a record that is new does so in the same transaction, and is listed again anyway.

extension Event {
    /// Who takes part in it, what it touches and where it is are found by it.
    package func dependents(since old: Event?) -> [Dependents] {
        let both = [self] + (old.map { [$0] } ?? [])
        func changed(_ ids: (Event) -> [String]) -> [String] {
            let now = ids(self)
            return old.map(ids) == now ? [] : both.flatMap(ids)
        }
        let (people, issues) = (
            { (event: Event) in event.participants.map(\.person.id) }, { (event: Event) in event.issues.map(\.id) }
        )
        let isMoved = old.map { people($0) != people(self) || issues($0) != issues(self) } ?? true
        return [
            Dependents(.person, of: isMoved ? both.flatMap(people) : []),
            Dependents(.issue, of: isMoved ? both.flatMap(issues) : []),
            Dependents(.organization, of: changed { $0.organizations.map(\.id) }),
            Dependents(.place, of: changed { [$0.place?.id].compactMap(\.self) }),
        ]
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

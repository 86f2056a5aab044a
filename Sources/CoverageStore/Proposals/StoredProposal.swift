// SPDX-License-Identifier: Apache-2.0

package import Coverage
package import JSON
internal import SQLite

/// A proposal as the database holds it.
package struct StoredProposal: Sendable {
    /// In the order in which they were made.
    package let number: Int
    package let id: String
    package let kind: ProposalKind
    package let state: ProposalState
    package let name: String
    package let reason: String
    package let confidence: Double
    /// The record that it would change, or that was made of it.
    package let record: Reference?
    /// Whether that record was deleted since.
    package let isRecordGone: Bool
    package let content: JSONValue
    package let isEdited: Bool
    package private(set) var grounds: [Ground] = []
    /// Whether a paragraph that it stands on has changed or is gone since, or an article that it cites.
    package var isStale: Bool { isOutdated || citesWhatIsGone }
    /// Whether a paragraph that it stands on is not as it was read.
    private(set) var isOutdated = false
    /// Whether its content cites an article that was deleted, and so may say what none reports that is here.
    let citesWhatIsGone: Bool
    /// What the editor said to the decision.
    package let remark: String?
    /// RFC 3339.
    package let decidedAt: String?
    /// Whose token, or `operator`.
    package let decidedBy: String?
    package let revision: Int
    package let updatedAt: String

    /// From a row of the statement below, without its grounds.
    fileprivate init(_ row: borrowing Row) throws {
        number = row.int(0)
        id = row.text(1)
        kind = try row.closed(2)
        state = try row.closed(3)
        name = row.text(4)
        reason = row.text(5)
        confidence = row.double(6)
        let (target, targetName) = (row.text(8), row.optionalText(9))
        record = FactType(rawValue: row.text(7)).map { Reference($0, target, name: targetName ?? target) }
        isRecordGone = record != nil && targetName == nil
        content = try JSONReader.read(Array(row.text(10).utf8))
        isEdited = row.bool(11)
        remark = row.optionalText(12)
        decidedAt = row.optionalText(13)
        decidedBy = row.optionalText(14)
        revision = row.int(15)
        updatedAt = row.text(16)
        citesWhatIsGone = row.bool(24)
    }

    /// Adds the ground of such a row.
    fileprivate mutating func stand(on row: borrowing Row) {
        let (first, beyond) = (row.int(20), row.int(21))
        grounds.append(
            Ground(
                article: Reference(.article, row.text(17), name: row.text(18)), paragraph: row.int(19),
                range: row.isNull(20) || first > beyond ? nil : first..<beyond, digest: row.text(22)))
        if row.optionalText(23) != row.text(22) { isOutdated = true }
    }
}

/// Which proposals are asked for.
package struct ProposalQuery: Sendable {
    /// Empty for all.
    package var kinds: [ProposalKind] = []
    package var states: [ProposalState] = []
    /// The id of an article on which they stand.
    package var article: String?
    /// The number of the last one before.
    package var after = 0
    package var limit = 20

    package init() {}

    fileprivate var condition: String {
        var conditions = ["TRUE"]
        if !kinds.isEmpty { conditions.append("p.kind IN (SELECT value FROM json_each(?1))") }
        if !states.isEmpty { conditions.append("p.state IN (SELECT value FROM json_each(?2))") }
        if article != nil {
            conditions.append("p.number IN (SELECT proposal FROM grounds WHERE article_id = ?3)")
        }
        return conditions.joined(separator: " AND ")
    }

    fileprivate func bind(to statement: borrowing SQLite.Statement) throws {
        if !kinds.isEmpty { try statement.bind(1, jsonArray(kinds.map(\.rawValue))) }
        if !states.isEmpty { try statement.bind(2, jsonArray(states.map(\.rawValue))) }
        if let article { try statement.bind(3, article) }
    }
}

extension Reader {
    package func proposal(_ id: String) throws -> StoredProposal? {
        try proposals(where: "p.id = ?1", limit: 1) { try $0.bind(1, id) }.first
    }

    /// A page of proposals in the order in which they were made.
    package func proposals(_ query: ProposalQuery) throws -> [StoredProposal] {
        try proposals(where: "\(query.condition) AND p.number > ?4", limit: query.limit) { row in
            try query.bind(to: row)
            try row.bind(4, query.after)
        }
    }

    package func countProposals(_ query: ProposalQuery) throws -> ListTotal {
        let bound = ListTotal.bound
        let row = try connection.prepare(
            "SELECT count(*) FROM (SELECT 1 FROM proposals AS p WHERE \(query.condition) LIMIT ?5)")
        try query.bind(to: row)
        try row.bind(5, bound + 1)
        let count = try row.step() ? row.int(0) : 0
        return count > bound ? .atLeast(bound) : .exact(count)
    }

    /// Ids of about the length of one that was misspelt.
    package func proposalIDs(near id: String) throws -> [String] {
        let rows = try connection.prepare(
            "SELECT id FROM proposals WHERE abs(length(id) - length(?)) <= 3 LIMIT ?")
        try rows.bind(1, id)
        try rows.bind(2, Choices.bound)
        var ids: [String] = []
        while try rows.step() { ids.append(rows.text(0)) }
        return ids
    }

    /// - Parameter bind: gets the statement to bind what the condition asks for; the last parameter is the limit's.
    private func proposals(
        where condition: String, limit: Int, _ bind: (borrowing SQLite.Statement) throws -> Void
    ) throws -> [StoredProposal] {
        let rows = try connection.prepare(
            """
            SELECT p.number, p.id, p.kind, p.state, p.name, p.reason, p.confidence, p.target_type, p.target_id,
                \(ReferenceNames.expression("p.target_type", "p.target_id")), p.content, p.is_edited, p.remark, p.decided_at,
                a.actor, p.revision, p.updated_at, g.article_id, n.name, g.paragraph, g.first, g.beyond, g.digest,
                t.digest, p.cites_what_is_gone
            FROM (
                SELECT *, EXISTS (
                    SELECT 1 FROM json_each(p.content, '$.evidence') AS c WHERE NOT EXISTS (
                        SELECT 1 FROM articles AS x WHERE x.id = c.value ->> '$.article.id')) AS cites_what_is_gone
                FROM proposals AS p WHERE \(condition) ORDER BY p.number LIMIT ?5) AS p
            LEFT JOIN audit AS a ON a.number = p.audit CROSS JOIN grounds AS g ON g.proposal = p.number
            JOIN articles AS n ON n.id = g.article_id
            LEFT JOIN paragraphs AS t ON t.article_id = g.article_id AND t.number = g.paragraph
            ORDER BY p.number, g.position
            """)
        try bind(rows)
        try rows.bind(5, limit)
        var found: [StoredProposal] = []
        while try rows.step() {
            if found.last?.number != rows.int(0) { found.append(try StoredProposal(rows)) }
            found[found.count - 1].stand(on: rows)
        }
        return found
    }

    /// As much as may leave of what a proposal stands on; nil where the text is not at hand or none may leave.
    package func text(of ground: Ground, _ excerpts: Excerpts) throws -> String? {
        if excerpts == .none { return nil }
        let row = try connection.prepare(
            "SELECT text FROM paragraphs WHERE article_id = ? AND number = ? AND digest = ? AND text IS NOT NULL")
        try row.bind(1, ground.article.id)
        try row.bind(2, ground.paragraph)
        try row.bind(3, ground.digest)
        guard try row.step() else { return nil }
        let scalars = row.text(0).unicodeScalars
        guard let range = ground.range else { return excerpts.excerpt(of: row.text(0)) }
        return excerpts.excerpt(
            of: String(String.UnicodeScalarView(scalars.dropFirst(range.lowerBound).prefix(range.count))))
    }
}

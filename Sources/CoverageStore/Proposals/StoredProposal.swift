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
    package let content: JSONValue
    package let isEdited: Bool
    package let grounds: [Ground]
    /// Whether a paragraph it stands on has changed or is gone since.
    package let isStale: Bool
    /// What the editor said to the decision.
    package let remark: String?
    /// RFC 3339.
    package let decidedAt: String?
    /// Whose token, or `operator`.
    package let decidedBy: String?
    package let revision: Int
    package let updatedAt: String
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
            "SELECT count(*) FROM (SELECT 1 FROM proposals AS p WHERE \(query.condition) LIMIT \(bound + 1))")
        try query.bind(to: row)
        let count = try row.step() ? row.int(0) : 0
        return count > bound ? .atLeast(bound) : .exact(count)
    }

    /// Ids of about the length of one that was misspelt.
    package func proposalIDs(near id: String) throws -> [String] {
        let rows = try connection.prepare(
            "SELECT id FROM proposals WHERE abs(length(id) - length(?)) <= 3 LIMIT \(Self.candidateBound)")
        try rows.bind(1, id)
        var ids: [String] = []
        while try rows.step() { ids.append(rows.text(0)) }
        return ids
    }

    private func proposals(
        where condition: String, limit: Int, _ bind: (borrowing SQLite.Statement) throws -> Void
    ) throws -> [StoredProposal] {
        let rows = try connection.prepare(
            """
            SELECT p.number, p.id, p.kind, p.state, p.name, p.reason, p.confidence, p.target_type, p.target_id, p.content,
                p.is_edited, p.remark, p.decided_at, a.actor, p.revision, p.updated_at
            FROM proposals AS p LEFT JOIN audit AS a ON a.number = p.audit
            WHERE \(condition) ORDER BY p.number LIMIT \(limit)
            """)
        try bind(rows)
        var found: [StoredProposal] = []
        while try rows.step() {
            let (grounds, isStale) = try grounds(of: rows.int(0))
            let target = try FactType(rawValue: rows.text(7)).map { type in
                Reference(type, rows.text(8), name: try name(of: rows.text(8), type) ?? rows.text(8))
            }
            found.append(
                StoredProposal(
                    number: rows.int(0), id: rows.text(1), kind: try rows.closed(2), state: try rows.closed(3),
                    name: rows.text(4), reason: rows.text(5), confidence: rows.double(6), record: target,
                    content: try JSONReader.read(Array(rows.text(9).utf8)), isEdited: rows.bool(10), grounds: grounds,
                    isStale: isStale, remark: rows.optionalText(11), decidedAt: rows.optionalText(12),
                    decidedBy: rows.optionalText(13), revision: rows.int(14), updatedAt: rows.text(15)))
        }
        return found
    }

    /// - Returns: with them, whether a paragraph is not what it was.
    private func grounds(of proposal: Int) throws -> ([Ground], isStale: Bool) {
        let rows = try connection.prepare(
            """
            SELECT g.article_id, a.name, g.paragraph, g.first, g.beyond, g.digest, p.digest FROM grounds AS g
            JOIN articles AS a ON a.id = g.article_id
            LEFT JOIN paragraphs AS p ON p.article_id = g.article_id AND p.number = g.paragraph
            WHERE g.proposal = ? ORDER BY g.position
            """)
        try rows.bind(1, proposal)
        var grounds: [Ground] = []
        var isStale = false
        while try rows.step() {
            let (first, beyond) = (rows.int(3), rows.int(4))
            grounds.append(
                Ground(
                    article: Reference(.article, rows.text(0), name: rows.text(1)), paragraph: rows.int(2),
                    range: rows.isNull(3) || first > beyond ? nil : first..<beyond, digest: rows.text(5)))
            if rows.optionalText(6) != rows.text(5) { isStale = true }
        }
        return (grounds, isStale)
    }

    /// What a record is called; nil when it is not there.
    func name(of id: String, _ type: FactType) throws -> String? {
        let row = try connection.prepare("SELECT name FROM \(Self.table(of: type)) WHERE id = ?")
        try row.bind(1, id)
        return try row.step() ? row.text(0) : nil
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

// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import JSON
internal import SQLite

extension ProposalStore {
    /// Works out anew the lineages around these articles, has them count, and brings the proposals of them up to date.
    /// - Parameter gone: articles that were deleted just now, or have parted from these.
    /// - Returns: how many wait for an editor, by the article they are about.
    @discardableResult
    func renewLineages(around articles: [String], without gone: Set<String> = []) throws -> [String: Int] {
        let measured = try Lineages(connection).measure(around: articles) { try isRefused($0, without: gone) }
        var waiting: [String: Int] = [:]
        for (id, lineage) in measured.flatMap(\.changed) {
            guard let article = try reader.record(id, of: Article.self) else { continue }
            let drafts = lineage.flatMap { ProposalDraft($0, of: article) }.map { [$0] } ?? []
            waiting[id, default: 0] += try renew(drafts, of: id, kinds: [.lineage])
        }
        return waiting
    }

    /// Whether an editor has said that an article does not belong where the measure has it.
    ///
    /// A group is named for its first article, and has another name when that goes or an earlier one comes. So what was said of a
    /// group holds as long as the article it was named for is in it; and where that has gone, it holds for what is left of the
    /// group, whose name it takes.
    private func isRefused(_ belonging: Lineages.Belonging, without gone: Set<String>) throws -> Bool {
        let article = belonging.article
        let refusals = try refusals(of: article)
        let names = Set(belonging.members).subtracting([article]).union([belonging.lineage.group])
        let isKnown = refusals.contains { refusal in
            names.contains(refusal.group)
                || names.contains { ProposalDraft.id(.lineage, Lineages.identity($0, of: article)) == refusal.id }
        }
        if isKnown { return true }
        guard belonging.isNew, let last = refusals.first(where: { gone.contains($0.group) }) else { return false }
        try connection.run(
            """
            UPDATE proposals SET content = json_set(content, '$.lineage.group', ?), revision = revision + 1, updated_at = ?
            WHERE id = ?
            """, .text(belonging.lineage.group), .text(time), .text(last.id))
        return true
    }

    /// The proposals of an article's lineage that were rejected, with the groups they are about; the last first.
    private func refusals(of article: String) throws -> [(id: String, group: String)] {
        let rows = try connection.prepare(
            """
            SELECT p.id, coalesce(p.content ->> '$.lineage.group', '') FROM grounds AS g
            CROSS JOIN proposals AS p ON p.number = g.proposal
            WHERE g.article_id = ? AND p.kind = 'lineage' AND p.state = 'rejected'
            ORDER BY p.decided_at DESC, p.number DESC
            """)
        try rows.bind(1, article)
        var refusals: [(id: String, group: String)] = []
        while try rows.step() { refusals.append((rows.text(0), rows.text(1))) }
        return refusals
    }
}

extension ProposalDraft {
    /// That an article goes back to the source that others go back to.
    init?(_ lineage: Article.Lineage, of article: Stored<Article>) {
        let value = article.value
        guard let digest = value.digests.first else { return nil }
        self.init(
            kind: .lineage, name: "The source of '\(value.name)'", reason: lineage.reason,
            confidence: lineage.confidence, target: value.reference,
            content: [
                "lineage": [
                    "group": .string(lineage.group), "reason": .string(lineage.reason),
                    "confidence": .number(lineage.confidence),
                ]
            ], grounds: [Ground(article: value.reference, paragraph: 1, digest: digest)],
            identity: Lineages.identity(lineage.group, of: value.id))
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import JSON

extension ProposalStore {
    /// Works out anew the lineages around these articles, has them count, and brings the proposals of them up to date.
    /// - Returns: how many wait for an editor, by the article they are about.
    @discardableResult
    func renewLineages(around articles: [String]) throws -> [String: Int] {
        var waiting: [String: Int] = [:]
        for (id, lineage) in try articles.flatMap(Lineages(connection).measure(around:)) {
            guard let article = try reader.record(id, of: Article.self) else { continue }
            let drafts = lineage.flatMap { ProposalDraft($0, of: article) }.map { [$0] } ?? []
            waiting[id, default: 0] += try renew(drafts, of: id, kinds: [.lineage])
        }
        return waiting
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
            identity: Lineages.identity(lineage, of: value.id))
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import JSON

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

// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import JSON

extension Reader {
    /// What is left of an event that waits, as the articles tell it that it stands on, the first of them at least. Nil where they
    /// tell of none, or of one that is on record.
    func retold(_ proposal: StoredProposal, _ known: NameCache.Known) throws -> ProposalDraft? {
        var articles: [AnalysedArticle] = []
        for ground in proposal.grounds
        where articles.count < Neighbourhood.mostRead && !articles.contains(where: { $0.reference == ground.article }) {
            guard let article = try record(ground.article.id, of: Article.self),
                try (1...Neighbourhood.longestRead).contains(textSize(of: ground.article.id))
            else { continue }
            articles.append(
                analysed(article, ArticleText(try text(of: ground.article.id)), names: known.names))
        }
        guard let first = articles.first else { return nil }
        let maker = ProposalMaker(
            article: first, neighbours: Array(articles.dropFirst()),
            records: KnownRecords(known.records, events: known.events), waiting: [], reader: self,
            digests: ParagraphDigests(self))
        return try maker.retold(proposal)
    }
}

extension ProposalMaker {
    /// The event of a proposal, told by these articles alone. What others report of it stays its evidence.
    fileprivate func retold(_ proposal: StoredProposal) throws -> ProposalDraft? {
        guard let event = proposal.proposedEvent else { return nil }
        let articles = [article] + neighbours
        let candidates = Candidates(articles, records).events.filter { candidate in
            candidate.kind == event.kind && candidate.existing == nil
                && candidate.citations.contains { citation in
                    proposal.grounds.contains {
                        $0.article == citation.article && $0.paragraph == citation.paragraph
                    }
                }
        }
        // A paragraph may tell of several.
        let people = Set(event.participants.map(\.person))
        func inCommon(_ candidate: EventCandidate) -> Int {
            people.intersection(candidate.participants.map(\.person)).count
        }
        guard let candidate = candidates.max(by: { inCommon($0) < inCommon($1) }) else { return nil }
        let grounds = try candidate.citations.compactMap { try ground($0) }
        let others = proposal.grounds.filter { ground in !articles.contains { $0.reference == ground.article } }
        let evidence =
            candidate.citations.compactMap { citation($0, statuses: true) }
            + proposal.content.evidence { id in others.contains { $0.article.id == id } }
        return ProposalDraft(
            kind: .event, name: candidate.title, reason: Self.reason(candidate), confidence: candidate.confidence,
            target: nil, content: Self.content(candidate, evidence), grounds: grounds + others, identity: "",
            knownID: proposal.id)
    }
}

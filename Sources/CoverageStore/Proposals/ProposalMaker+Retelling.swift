// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import JSON

/// What becomes of an event that waits when one of the articles goes that tell it.
enum Retelling {
    /// None of the others could be read here, or not in time: it cites what is gone, and is stale by that.
    case unread
    /// They tell of none, or of one that is on record.
    case untold
    case told(ProposalDraft)
}

extension Reader {
    /// What is left of an event that waits, as the articles tell it that it stands on, the first of them at least.
    /// - Parameter budget: the bytes of texts that may still be read, less what is read for this.
    func retold(_ proposal: StoredProposal, _ known: NameCache.Known, budget: inout Int) throws -> Retelling {
        var articles: [AnalysedArticle] = []
        for ground in proposal.grounds
        where articles.count < Neighbourhood.mostRead && !articles.contains(where: { $0.reference == ground.article }) {
            let size = try textSize(of: ground.article.id)
            guard let article = try record(ground.article.id, of: Article.self),
                (1...Neighbourhood.longestRead).contains(size), size <= budget
            else { continue }
            budget -= size
            articles.append(
                analysed(article, ArticleText(try text(of: ground.article.id)), names: known.names))
        }
        guard let first = articles.first else { return .unread }
        let maker = ProposalMaker(
            article: first, neighbours: Array(articles.dropFirst()),
            records: KnownRecords(known.records, events: known.events), waiting: [], reader: self,
            digests: ParagraphDigests(self))
        return try maker.retold(proposal).map { .told($0) } ?? .untold
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
        // A paragraph may tell of several, and another edition of others. The countries that take part with their people are those
        // of many meetings: they tell of the same one only where nobody is named.
        let people = Set(event.participants.map(\.person))
        func inCommon(_ candidate: EventCandidate) -> Int {
            people.isEmpty
                ? Set(event.organizations).intersection(candidate.organizations).count
                : people.intersection(candidate.participants.map(\.person)).count
        }
        guard let candidate = candidates.max(by: { inCommon($0) < inCommon($1) }),
            inCommon(candidate) > 0 || (people.isEmpty && event.organizations.isEmpty)
        else { return nil }
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

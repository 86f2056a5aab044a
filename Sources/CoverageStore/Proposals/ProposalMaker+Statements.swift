// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import JSON
internal import SQLite

extension ProposalMaker {
    /// A statement that is not on record, with those on record that are the same words told differently.
    func statement(_ candidate: StatementCandidate) throws -> ProposalDraft? {
        let (speaker, description) = try Self.speaker(candidate.speaker, candidate.speakerAs)
        let paragraphs = Set(candidate.spans.map(\.paragraph))
        if try onRecord(speaker, article.reference.id, paragraphs) != nil { return nil }
        let grounds = try candidate.spans.compactMap { try ground($0, of: article.reference) }
        guard grounds.count == candidate.spans.count, !grounds.isEmpty,
            let evidence = citation(candidate.citation)
        else { return nil }
        let variants = try wordings().filter { $0.own.spans == candidate.spans }.compactMap {
            try onRecord(speaker, $0.other.article.id, [$0.other.paragraph])
        }
        let content: JSONValue = [
            "gist": .string(candidate.gist), "speaker": speaker.map { ["id": .string($0.id)] } ?? .null,
            "speakerAs": description.map { .string($0) } ?? .null, "form": .string(candidate.form.rawValue),
            "event": .null, "issues": Self.references(candidate.issues), "date": Self.date(candidate.date),
            "variants": Self.references(variants), "evidence": [evidence],
        ]
        let verb = candidate.form == .direct ? "quotes" : "tells"
        return ProposalDraft(
            kind: .statement, name: candidate.gist, reason: "The article \(verb) what is not on record.",
            confidence: candidate.confidence, target: nil, content: content, grounds: grounds,
            identity: grounds.map { "\($0.digest) \($0.range?.lowerBound ?? 0)" }.joined(separator: "\n"))
    }

    /// A person speaks as a record, anybody else in words.
    private static func speaker(
        _ reference: Reference?, _ description: String?
    ) throws -> (person: Reference?, description: String?) {
        guard let reference else { return (nil, description) }
        return reference.type == .person ? (reference, nil) : (nil, description ?? reference.name)
    }

    /// The statement of this speaker that cites one of these paragraphs.
    private func onRecord(_ speaker: Reference?, _ article: String, _ paragraphs: Set<Int>) throws -> Reference? {
        let row = try reader.connection.prepare(
            """
            SELECT s.id, s.name FROM citations AS c JOIN statements AS s ON s.id = c.id
            WHERE c.type = 'statement' AND c.article_id = ? AND s.speaker_id IS ?
            AND c.paragraph IN (SELECT value FROM json_each(?)) ORDER BY s.id LIMIT 1
            """)
        try row.bind(1, article)
        try row.bind(2, speaker?.id)
        try row.bind(3, "[\(paragraphs.sorted().map(String.init).joined(separator: ","))]")
        return try row.step() ? Reference(.statement, row.text(0), name: row.text(1)) : nil
    }

    // MARK: The same words elsewhere

    /// A quotation of the article and one of a neighbour that tell the same words of one speaker.
    private struct SharedWording {
        let own: Quotation
        let other: (article: Reference, paragraph: Int)
        let similarity: Double
    }

    private func wordings() throws -> [SharedWording] {
        let all = [article] + neighbours
        let quoted = all.flatMap { article in
            article.quotations.compactMap { quotation in
                QuotedWording(article: article.reference.id, text: article.text, quotation: quotation)
                    .map { (article: article.reference, wording: $0) }
            }
        }
        return QuotationVariants.pairs(quoted.map(\.wording)).compactMap { pair in
            let isFirst = quoted[pair.a].article == article.reference
            let (own, other) = isFirst ? (quoted[pair.a], quoted[pair.b]) : (quoted[pair.b], quoted[pair.a])
            guard own.article == article.reference, let span = other.wording.quotation.spans.first else { return nil }
            return SharedWording(
                own: own.wording.quotation, other: (other.article, span.paragraph), similarity: pair.diff.similarity)
        }
    }

    /// That two statements on record are the same words, where neither says so.
    func variants() throws -> [ProposalDraft] {
        try wordings().compactMap { shared in
            let (speaker, _) = try Self.speaker(shared.own.speaker, shared.own.speakerAs)
            let paragraphs = Set(shared.own.spans.map(\.paragraph))
            guard let span = shared.own.spans.first,
                let own = try onRecord(speaker, article.reference.id, paragraphs),
                let other = try onRecord(speaker, shared.other.article.id, [shared.other.paragraph]), own != other,
                let record = try reader.record(own.id, of: Coverage.Statement.self)?.value,
                !record.variants.contains(other), let ours = try ground(span, of: article.reference),
                let theirs = try ground(
                    Citation(article: shared.other.article, paragraph: shared.other.paragraph, anchors: []))
            else { return nil }
            return ProposalDraft(
                kind: .variant, name: record.gist,
                reason: "The same words of one speaker, \(Int((shared.similarity * 100).rounded())) % of them alike.",
                confidence: 0.5 + shared.similarity / 2, target: own,
                content: ["variants": Self.references([other])], grounds: [ours, theirs],
                identity: [own.id, other.id].sorted().joined(separator: "\n"))
        }
    }

    // MARK: Told differently

    /// What the article and others tell differently.
    func discrepancy(_ candidate: DiscrepancyCandidate) throws -> ProposalDraft? {
        let citations = candidate.accounts.flatMap(\.citations)
        guard citations.contains(where: { $0.article == article.reference }) else { return nil }
        let grounds = try citations.compactMap { try ground($0) }
        let accounts: [JSONValue] = candidate.accounts.compactMap { account in
            let evidence = account.citations.compactMap { citation($0) }
            return evidence.isEmpty
                ? nil : ["claim": .string(account.claim), "evidence": .array(evidence)]
        }
        guard grounds.count == citations.count, accounts.count == candidate.accounts.count else { return nil }
        let subject = candidate.subject ?? speaker(of: candidate)
        // An event that only waits cannot be the subject of anything yet.
        if let subject, waiting.contains(where: { $0.id == subject.id }) { return nil }
        let content: JSONValue = [
            "aspect": .string(candidate.aspect),
            "subject": subject.map { ["type": .string($0.type.rawValue), "id": .string($0.id)] } ?? .null,
            "kind": .string(candidate.kind.rawValue), "accounts": .array(accounts),
        ]
        // The article that was read comes first: it is its reading that makes the proposal.
        let ordered =
            grounds.filter { $0.article == article.reference } + grounds.filter { $0.article != article.reference }
        return ProposalDraft(
            kind: .discrepancy, name: candidate.aspect, reason: "Articles give it differently.",
            confidence: candidate.confidence, target: nil, content: content, grounds: ordered,
            identity: ([candidate.kind.rawValue] + Set(grounds.map(\.digest)).sorted()).joined(separator: "\n"))
    }

    /// Of words that differ, whose they are.
    private func speaker(of candidate: DiscrepancyCandidate) -> Reference? {
        guard candidate.kind == .wording else { return nil }
        let paragraphs = Set(
            candidate.accounts.flatMap(\.citations).filter { $0.article == article.reference }.map(\.paragraph))
        return article.quotations.first { quotation in
            quotation.speaker?.type == .person && quotation.spans.contains { paragraphs.contains($0.paragraph) }
        }?.speaker
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// What reading a text found, in numbers.
package struct Findings: Sendable, Equatable {
    /// Places where something known is named.
    package var mentions = 0
    /// What somebody is said to have said, quoted or told.
    package var quotations = 0
    /// Other articles with which it has passages in common.
    package var overlaps = 0
    /// What waits for an editor.
    package var proposals = 0

    package init() {}
}

/// Keeps the text of an article in the writer's transaction, reads it, and keeps all that follows from it. The work is bounded
/// by the text and by the few articles nearest to it, however many there are.
struct TextKeeper {
    /// With so many articles, those that share most, a text is held side by side.
    private static let neighbours = 64
    /// So many of them are read with it.
    private static let readNeighbours = 12
    /// A larger text, in bytes, is not read beside another.
    private static let neighbourSize = 256 << 10

    private let recorder: Recorder
    private let reader: Reader
    private var connection: Connection { recorder.connection }

    init(_ recorder: Recorder) {
        self.recorder = recorder
        reader = Reader(recorder.connection)
    }

    /// The article must be on record, with the text's edition.
    func keep(_ draft: ArticleDraft, of id: String) throws -> Findings {
        try ParagraphStore.store(draft.paragraphs, of: id, on: connection)
        guard let article = try reader.record(id, of: Article.self) else {
            throw LostRow(description: "the article '\(id)' is not there after it was written")
        }
        let known = try recorder.names.known(reader)
        let reading = reader.analysed(article, draft.text, names: known.names)
        let near = try nearest(to: draft, reading)
        let others = try near.prefix(Self.readNeighbours).compactMap { try read($0, known.names) }
        var findings = Findings()
        findings.mentions = reading.mentions.count
        findings.quotations = reading.quotations.count
        findings.overlaps = try measureOverlaps(draft.paragraphs, reading, near, others)
        findings.proposals = try propose(reading, others, near, known) + proposeLineages(around: id)
        return findings
    }

    // MARK: Neighbours

    /// The articles that share most with a text, in wording or in what is told.
    private func nearest(to draft: ArticleDraft, _ reading: AnalysedArticle) throws -> [String] {
        let keys = FingerprintStore.keys(draft.paragraphs, reading)
        let store = FingerprintStore(connection)
        try store.replace(of: reading.reference.id, with: keys)
        return try store.candidates(for: keys, except: reading.reference.id, limit: Self.neighbours)
    }

    private func read(_ id: String, _ names: KnownNames) throws -> AnalysedArticle? {
        guard try reader.textSize(of: id) <= Self.neighbourSize, let article = try reader.record(id, of: Article.self)
        else { return nil }
        return reader.analysed(article, ArticleText(try reader.text(of: id)), names: names)
    }

    // MARK: Overlap

    /// - Returns: with how many other articles it has passages in common.
    private func measureOverlaps(
        _ texts: [String], _ reading: AnalysedArticle, _ near: [String], _ others: [AnalysedArticle]
    ) throws -> Int {
        let id = reading.reference.id
        try forgetMeasured(of: id)
        let own = reading.factSequence
        let told = Dictionary(others.map { ($0.reference.id, $0.factSequence) }) { first, _ in first }
        var rarity = FactRarity()
        for sequence in [own] + told.values { rarity.add(sequence) }
        var count = 0
        for other in near {
            let theirs = try ParagraphStore.texts(of: other, on: connection)
            // Always seen from the same side, so that it does not matter which text came first.
            let overlap = id < other ? Overlap(texts, theirs) : Overlap(theirs, texts).turned
            let nothing = FactSequence(sentences: [], sketch: [])
            let alignment = FactAlignment(own, told[other] ?? nothing, rarity: rarity)
            let kinship = Kinship(overlap, alignment)
            if overlap.passages.isEmpty && kinship == nil { continue }
            try StoredOverlap(id, other, overlap).write(to: connection, kinship: kinship)
            if !overlap.passages.isEmpty { count += 1 }
        }
        return count
    }

    /// What was measured on another edition; what seeds say of articles whose texts are not here stays.
    private func forgetMeasured(of id: String) throws {
        for table in ["passages", "overlaps"] {
            for (own, other) in [("a_id", "b_id"), ("b_id", "a_id")] {
                try connection.run(
                    """
                    DELETE FROM \(table) WHERE \(own) = ? AND EXISTS (
                        SELECT 1 FROM paragraphs AS p WHERE p.article_id = \(table).\(other) AND p.text IS NOT NULL)
                    """, .text(id))
            }
        }
    }

    // MARK: Proposals

    /// - Returns: how many wait for an editor.
    private func propose(
        _ reading: AnalysedArticle, _ others: [AnalysedArticle], _ near: [String], _ known: NameCache.Known
    ) throws -> Int {
        let waiting = try reader.openEvents(on: near)
        let maker = ProposalMaker(
            article: reading, neighbours: others,
            records: KnownRecords(known.records, events: known.events + waiting.compactMap(\.proposedEvent)),
            waiting: waiting, reader: reader, digests: ParagraphDigests(reader))
        let kinds = Set(ProposalKind.allCases).subtracting([.lineage])
        return try ProposalStore(connection, at: recorder.time)
            .renew(maker.drafts(), of: reading.reference.id, kinds: kinds)
    }

    /// - Returns: how many proposals of the article's own lineage wait for an editor.
    private func proposeLineages(around id: String) throws -> Int {
        let store = ProposalStore(connection, at: recorder.time)
        var waiting = 0
        for (other, lineage) in try Lineages(connection).measure(around: id) {
            guard let article = try reader.record(other, of: Article.self),
                let draft = ProposalDraft(lineage, of: article)
            else { continue }
            let count = try store.renew([draft], of: other, kinds: [.lineage])
            if other == id { waiting += count }
        }
        return waiting
    }
}

extension Reader {
    /// The open proposals of events that the reading of these articles made.
    fileprivate func openEvents(on articles: [String]) throws -> [StoredProposal] {
        var query = ProposalQuery()
        query.kinds = [.event]
        query.states = [.open]
        query.limit = 1000
        return try articles.flatMap { article in
            query.article = article
            return try proposals(query).filter { $0.grounds.first?.article.id == article && !$0.isEdited }
        }
    }
}

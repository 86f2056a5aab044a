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

/// The articles that a text is held against, those that share most with it first. However many there are, and however long,
/// the work that comes of it is bounded.
struct Neighbourhood {
    struct Member {
        let id: String
        /// In bytes.
        let size: Int
        /// Whether it is read too, and not only compared word for word.
        let isRead: Bool
    }

    /// So many texts at most, of so many bytes in all.
    private static let most = 64
    private static let mostBytes = 8 << 20
    /// So many of them are read.
    static let mostRead = 12
    /// A larger text, in bytes, is not.
    static let longestRead = 256 << 10

    private let reader: Reader

    init(_ reader: Reader) { self.reader = reader }

    /// - Parameter keys: by which the text is found.
    func nearest(to keys: [Int], except article: String) throws -> [Member] {
        var bytes = 0
        var read = 0
        var members: [Member] = []
        let store = FingerprintStore(reader.connection)
        for id in try store.candidates(for: keys, except: article, limit: Self.most) {
            let size = try reader.textSize(of: id)
            if bytes + size > Self.mostBytes, !members.isEmpty { continue }
            bytes += size
            let isRead = read < Self.mostRead && size <= Self.longestRead
            if isRead { read += 1 }
            members.append(Member(id: id, size: size, isRead: isRead))
        }
        return members
    }
}

/// Keeps the text of an article in the writer's transaction, with all that follows from reading it.
struct TextKeeper {
    private let recorder: Recorder
    private let text: IncomingText
    private let reader: Reader
    private var draft: ArticleDraft { text.draft }
    private var connection: Connection { recorder.connection }

    init(_ recorder: Recorder, _ text: IncomingText) {
        self.recorder = recorder
        self.text = text
        reader = Reader(recorder.connection)
    }

    /// The article must be on record, with the text's edition.
    func keep(of id: String) throws -> Findings {
        try ParagraphStore.store(draft.paragraphs, of: id, on: connection)
        return try read(of: id)
    }

    /// Reads a text that is kept, with the names that are known now.
    func read(of id: String) throws -> Findings {
        guard let article = try reader.record(id, of: Article.self) else {
            throw LostRow(description: "the article '\(id)' is not there after it was written")
        }
        let known = try recorder.names.known(reader)
        let ahead = text.reading(of: article.value, namesVersion: known.version)
        let reading = ahead?.article ?? reader.analysed(article, draft.text, names: known.names)
        let near = try nearest(to: ahead?.keys ?? FingerprintStore.keys(draft.paragraphs, reading), reading)
        let others = try near.filter(\.isRead).compactMap { try read($0.id, known) }
        var findings = Findings()
        findings.mentions = reading.mentions.count
        findings.quotations = reading.quotations.count
        let linked = try Lineages(connection).linked(to: id)
        findings.overlaps = try measureOverlaps(reading, near.map(\.id), others)
        findings.proposals =
            try propose(reading, others, near.map(\.id), known) + proposeLineages(around: id, before: linked)
        return findings
    }

    // MARK: Neighbours

    private func nearest(to keys: [Int], _ reading: AnalysedArticle) throws -> [Neighbourhood.Member] {
        try FingerprintStore(connection).replace(of: reading.reference.id, with: keys)
        return try Neighbourhood(reader).nearest(to: keys, except: reading.reference.id)
    }

    private func read(_ id: String, _ known: NameCache.Known) throws -> AnalysedArticle? {
        guard let article = try reader.record(id, of: Article.self) else { return nil }
        return try text.reading(ofNeighbour: article.value, namesVersion: known.version)
            ?? reader.analysed(article, ArticleText(reader.text(of: id)), names: known.names)
    }

    // MARK: Overlap

    /// - Returns: with how many other articles it has passages in common.
    private func measureOverlaps(
        _ reading: AnalysedArticle, _ near: [String], _ others: [AnalysedArticle]
    ) throws -> Int {
        let id = reading.reference.id
        try forgetMeasured(of: id)
        let own = reading.factSequence
        let told = Dictionary(others.map { ($0.reference.id, $0.factSequence) }) { first, _ in first }
        var rarity = FactRarity()
        for sequence in [own] + told.values { rarity.add(sequence) }
        var count = 0
        for other in near {
            let overlap = try overlap(of: id, with: other)
            let nothing = FactSequence(sentences: [], sketch: [])
            let alignment = FactAlignment(own, told[other] ?? nothing, rarity: rarity)
            let kinship = Kinship(overlap, alignment)
            if overlap.passages.isEmpty && kinship == nil { continue }
            try StoredOverlap(id, other, overlap).write(to: connection, kinship: kinship)
            if !overlap.passages.isEmpty { count += 1 }
        }
        return count
    }

    private func overlap(of id: String, with other: String) throws -> Overlap {
        if let article = try reader.record(other, of: Article.self)?.value,
            let overlap = text.overlap(as: id, with: article)
        {
            return overlap
        }
        let theirs = try ParagraphStore.texts(of: other, on: connection)
        // Always seen from the same side, so that it does not matter which text came first.
        return id < other ? Overlap(draft.paragraphs, theirs) : Overlap(theirs, draft.paragraphs).turned
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

    /// - Parameter before: what was linked to the article before it was measured: what is no more has a lineage of its own to find.
    /// - Returns: how many proposals of the article's own lineage wait for an editor.
    private func proposeLineages(around id: String, before: Set<String>) throws -> Int {
        let proposals = ProposalStore(connection, at: recorder.time)
        let waiting = try proposals.renewLineages(around: [id])[id] ?? 0
        let parted = try before.subtracting(Lineages(connection).linked(to: id)).sorted()
        try proposals.renewLineages(around: parted, without: [id])
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

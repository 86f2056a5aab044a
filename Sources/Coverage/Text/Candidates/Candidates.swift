// SPDX-License-Identifier: Apache-2.0

/// What articles together suggest for the record: values only, nothing of it a fact before an editor says so.
package struct Candidates: Sendable {
    package let events: [EventCandidate]
    package let statements: [StatementCandidate]
    package let discrepancies: [DiscrepancyCandidate]

    /// - Parameters:
    ///   - articles: their order does not matter.
    ///   - records: what is known, by which a candidate is matched to an event that is on record.
    package init(_ articles: [AnalysedArticle], _ records: KnownRecords) {
        let articles = articles.sorted { $0.reference.id < $1.reference.id }
        let events = EventMerger.merged(articles.flatMap { EventFinder.candidates(in: $0, records) }, records)
        self.events = events
        statements = articles.flatMap(StatementCandidate.candidates(in:))
        discrepancies =
            DiscrepancyCandidate.ofEvents(events) + DiscrepancyCandidate.ofWording(articles)
            + DiscrepancyCandidate.ofReach(articles)
    }
}

/// A fact that articles seem to tell differently.
package struct DiscrepancyCandidate: Sendable, Equatable {
    /// One side of it, in our own words; of a quotation up to seven of its words.
    package struct Account: Sendable, Equatable {
        package let claim: String
        package let citations: [Citation]
    }

    package let aspect: String
    package let kind: DiscrepancyKind
    /// The known event, where it is one.
    package let subject: Reference?
    /// At least two.
    package let accounts: [Account]
    package let confidence: Double
}

extension DiscrepancyCandidate {
    /// Events that articles are not equally sure of.
    static func ofEvents(_ events: [EventCandidate]) -> [DiscrepancyCandidate] {
        let open: Set<EventStatus> = [.possible, .expected, .scheduled]
        return events.compactMap { event in
            // Each article by the furthest it goes.
            let byArticle = Dictionary(
                grouping: event.citations.filter { $0.status.map(open.contains) ?? false }, by: \.article)
            let furthest = byArticle.mapValues { $0.max { ($0.status?.stage ?? 0) < ($1.status?.stage ?? 0) } }
            let byStatus = Dictionary(grouping: furthest.values.compactMap { $0 }) { $0.status ?? .possible }
            guard byStatus.count > 1, byStatus[.possible] != nil else { return nil }
            let accounts = byStatus.sorted { $0.key.stage < $1.key.stage }.map { status, citations in
                Account(
                    claim: "It is \(status.rawValue).", citations: citations.sorted { $0.article.id < $1.article.id })
            }
            return DiscrepancyCandidate(
                aspect: "How sure this is: \(event.title)", kind: .hedging, subject: event.existing, accounts: accounts,
                confidence: 0.5)
        }
    }

    /// Quotations of one speaker that differ in their words.
    static func ofWording(_ articles: [AnalysedArticle]) -> [DiscrepancyCandidate] {
        let wordings = articles.flatMap { article in
            article.quotations.compactMap {
                QuotedWording(article: article.reference.id, text: article.text, quotation: $0)
            }
        }
        let byID = Dictionary(articles.map { ($0.reference.id, $0) }) { first, _ in first }
        return QuotationVariants.pairs(wordings).compactMap { pair in
            let (a, b) = (wordings[pair.a], wordings[pair.b])
            guard pair.diff.similarity < 1, let first = byID[a.article], let second = byID[b.article] else {
                return nil
            }
            let speaker = a.quotation.speaker?.name ?? a.quotation.speakerAs ?? "the speaker"
            return DiscrepancyCandidate(
                aspect: "The words of \(speaker)", kind: .wording, subject: nil,
                accounts: [
                    account(first, a.quotation, pair.diff.runs.filter { $0.kind == .deleted }.compactMap(\.a)),
                    account(second, b.quotation, pair.diff.runs.filter { $0.kind == .inserted }.compactMap(\.b)),
                ], confidence: Weight.rounded(min(0.95, 0.4 + pair.diff.similarity / 2)))
        }
    }

    /// The longest stretch that only this telling has, up to seven words of it.
    private static func account(_ article: AnalysedArticle, _ quotation: Quotation, _ spans: [TextSpan]) -> Account {
        let longest = spans.max { $0.end - $0.start < $1.end - $1.start }
        var claim = "Has no words of its own here."
        if let longest, let paragraph = article.text[number: longest.paragraph] {
            let tokens = paragraph.tokens(within: longest).filter { $0.kind == .word || $0.kind == .number }.prefix(7)
            if let first = tokens.first, let last = tokens.last { claim = "\"\(paragraph.surface(first, to: last))\"" }
        }
        let paragraph = longest?.paragraph ?? quotation.spans.first?.paragraph ?? 1
        return Account(
            claim: claim, citations: [Citation(article: article.reference, paragraph: paragraph, anchors: [])])
    }

    /// How far back a first or a highest is counted: 'in nearly five years' here, 'since 2019' there.
    static func ofReach(_ articles: [AnalysedArticle]) -> [DiscrepancyCandidate] {
        var claims: [String: [Citation]] = [:]
        for article in articles {
            for time in article.times where time.use == .since || time.use == .window {
                guard let start = time.date.edtf.earliest, let paragraph = article.text[number: time.span.paragraph],
                    let sentence = paragraph.sentences.first(where: { $0.end > time.span.start }),
                    paragraph.words(of: sentence).contains(where: { TimeLexicon.superlatives.contains($0.lower) })
                else { continue }
                let year = start.components.year
                let claim = time.use == .since ? "Counted since \(year)." : "Counted over the years from about \(year)."
                claims[claim, default: []].append(
                    Citation(article: article.reference, paragraph: time.span.paragraph, anchors: []))
            }
        }
        let accounts = claims.sorted { $0.key < $1.key }.map { Account(claim: $0.key, citations: $0.value) }
        guard accounts.count > 1, Set(accounts.flatMap(\.citations).map(\.article)).count > 1 else { return [] }
        return [
            DiscrepancyCandidate(
                aspect: "How far back it is without its like", kind: .number, subject: nil, accounts: accounts,
                confidence: 0.4)
        ]
    }
}

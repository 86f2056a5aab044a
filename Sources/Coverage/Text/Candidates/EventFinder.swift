// SPDX-License-Identifier: Apache-2.0

/// Finds the events that one article seems to tell of, sentence by sentence.
///
/// An event needs parties: a visit a person and a country or city, a meeting or call two people, a summit a forum with a
/// time or place. A word of an event without them is passed over: most of them go back to an event told before.
struct EventFinder {
    let article: AnalysedArticle
    let records: KnownRecords

    /// Whom 'his' and a missing subject go back to.
    private var antecedent: Reference?
    /// Whom 'both' means: at most two, the one named last at the end.
    private var lastNamed: [Reference] = []
    private var found: [EventCandidate] = []
    /// Where each visitor was last said to go, for 'the trip was postponed'.
    private var destinations: [Reference: Reference] = [:]
    private let mentions: SpanIndex<Mention>
    private let times: SpanIndex<TimeExpression>

    init(_ article: AnalysedArticle, _ records: KnownRecords) {
        self.article = article
        self.records = records
        mentions = SpanIndex(article.mentions.filter { $0.confidence >= 0.5 }, by: \.span)
        times = SpanIndex(article.times.filter { $0.use == .at }, by: \.span)
    }

    /// In the order of the article, not merged.
    static func candidates(in article: AnalysedArticle, _ records: KnownRecords) -> [EventCandidate] {
        var finder = EventFinder(article, records)
        for paragraph in article.text.paragraphs where article.text.boilerplate[paragraph.number] == nil {
            finder.read(paragraph)
        }
        return finder.found
    }

    private mutating func read(_ paragraph: ParagraphText) {
        var before: TimeExpression?
        for sentence in paragraph.sentences where sentence.isProse {
            let scene = EventScene(
                words: paragraph.words(of: sentence), paragraph: paragraph.number,
                mentions: mentions.within(paragraph.number, sentence.start, sentence.end),
                times: times.within(paragraph.number, sentence.start, sentence.end), published: article.published,
                timeBefore: before,
                antecedent: antecedent, lastNamed: lastNamed, destinations: destinations)
            for var event in scene.events(records, article.reference) {
                event.told = article.published
                if event.kind == .visit, let visitor = event.participants.first?.person {
                    destinations[visitor] = event.place
                }
                found.append(event)
            }
            if let subject = scene.subject { antecedent = subject }
            for person in scene.people.map(\.entity) {
                lastNamed.removeAll { $0 == person }
                lastNamed = lastNamed.suffix(1) + [person]
            }
            before = scene.times.last ?? before
        }
    }
}

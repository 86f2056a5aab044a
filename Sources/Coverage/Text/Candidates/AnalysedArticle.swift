// SPDX-License-Identifier: Apache-2.0

/// An article with everything that was found in its text.
package struct AnalysedArticle: Sendable {
    package private(set) var reference: Reference
    package let text: ArticleText
    package let mentions: [Mention]
    package let times: [TimeExpression]
    package let quotations: [Quotation]
    package let published: EDTF?
    /// What it tells, for finding re-written copies: things named, times, numbers and plain words of each sentence.
    package let factSequence: FactSequence

    /// - Parameter mentions: of the article's text, as the linker found them.
    package init(reference: Reference, published: EDTF?, text: ArticleText, mentions: [Mention]) {
        self.reference = reference
        self.published = published
        self.text = text
        self.mentions = mentions
        times = TimeReader.times(in: text, published: published)
        quotations = QuotationReader.quotations(in: text, mentions: mentions)
        factSequence = Self.factSequence(text, mentions, times)
    }

    /// The same as the article of another reference.
    package func named(_ reference: Reference) -> AnalysedArticle {
        var article = self
        article.reference = reference
        return article
    }

    private static func factSequence(
        _ text: ArticleText, _ mentions: [Mention], _ times: [TimeExpression]
    ) -> FactSequence {
        let mentions = SpanIndex(mentions, by: \.span)
        let times = SpanIndex(times, by: \.span)
        var sentences: [(span: TextSpan, items: [UInt32])] = []
        for paragraph in text.paragraphs where text.boilerplate[paragraph.number] == nil {
            for sentence in paragraph.sentences where sentence.isProse {
                let (number, start, end) = (paragraph.number, sentence.start, sentence.end)
                var items = mentions.within(number, start, end).map {
                    (start: $0.span.start, end: $0.span.end, key: "\($0.entity.type.rawValue) \($0.entity.id)")
                }
                items += times.within(number, start, end).map { ($0.span.start, $0.span.end, "time \($0.date.edtf)") }
                for word in paragraph.words(of: sentence) where word.isNumber || word.lower.utf8.count >= 5 {
                    if items.contains(where: { $0.start <= word.start && word.end <= $0.end }) { continue }
                    items.append((word.start, word.end, "word \(stem(word.lower))"))
                }
                let span = TextSpan(paragraph: paragraph.number, start: sentence.start, end: sentence.end)
                sentences.append((span, items.sorted { $0.start < $1.start }.map { StableHash.of($0.key) }))
            }
        }
        return FactSequence(sentences)
    }

    /// A word without the endings that a re-writer changes first.
    private static func stem(_ word: String) -> String {
        for ending in ["ations", "ation", "ings", "ing", "ers", "ies", "ed", "es", "s", "ly"]
        where word.hasSuffix(ending) && word.utf8.count - ending.utf8.count >= 4 {
            return String(word.dropLast(ending.count))
        }
        return word
    }
}

/// What the finders of candidates have to know of the records there are.
package struct KnownRecords: Sendable {
    private let byReference: [Reference: KnownRecord]
    package let events: [Event]

    package init(_ records: [KnownRecord], events: [Event] = []) {
        byReference = Dictionary(records.map { ($0.reference, $0) }) { first, _ in first }
        self.events = events
    }

    /// The same with its name, where it is known.
    func named(_ reference: Reference) -> Reference { byReference[reference]?.reference ?? reference }

    /// The place that a mention names: itself, or the territory of a country that is named as an actor.
    func place(_ reference: Reference) -> Reference? {
        if reference.type == .place { return byReference[reference]?.reference ?? reference }
        guard reference.type == .organization else { return nil }
        return byReference[Reference(.place, reference.id)]?.reference
    }

    /// The country that a person, an organization or a place belongs to.
    func country(of reference: Reference) -> Reference? {
        guard let record = byReference[reference] else { return nil }
        switch reference.type {
        case .place:
            var place = record
            for _ in 0..<8 {
                if place.placeKind == .country { return organization(place.reference.id) }
                guard let within = place.within, let next = byReference[Reference(.place, within)] else { return nil }
                place = next
            }
            return nil
        case .organization where record.organizationKind == .country: return reference
        default: return record.country.flatMap(organization)
        }
    }

    /// Whether one place lies in another, or is it.
    func lies(_ place: Reference, in other: Reference) -> Bool {
        var place: Reference? = place
        for _ in 0..<8 {
            guard let here = place else { return false }
            if here == other { return true }
            place = byReference[here]?.within.map { Reference(.place, $0) }
        }
        return false
    }

    func isForum(_ reference: Reference) -> Bool {
        byReference[reference]?.organizationKind == .forum
    }

    private func organization(_ id: String) -> Reference? { byReference[Reference(.organization, id)]?.reference }
}

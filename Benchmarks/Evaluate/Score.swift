// SPDX-License-Identifier: Apache-2.0

import Coverage

/// How many of some things were found, and how many of those found are right.
struct Tally {
    private(set) var right = 0
    private(set) var found = 0
    private(set) var expected = 0

    var precision: Double { found == 0 ? 1 : Double(right) / Double(found) }
    var recall: Double { expected == 0 ? 1 : Double(right) / Double(expected) }

    mutating func add(right: Int, found: Int, expected: Int) {
        self.right += right
        self.found += found
        self.expected += expected
    }
}

/// The figures of a corpus.
struct Score {
    private var entities = Tally()
    private var places = Tally()
    private var spans = Tally()
    private var quotations = Tally()
    private var speakers = Tally()
    private var dates = Tally()
    private var boilerplate = Tally()
    private var overlap = Tally()

    private struct Row {
        let name: String
        let tally: Tally
        let goal: Double?
    }

    private var rows: [Row] {
        [
            Row(name: "people and organizations, per paragraph", tally: entities, goal: 0.95),
            Row(name: "places, per paragraph", tally: places, goal: nil),
            Row(name: "mentions of all three, by exact place", tally: spans, goal: nil),
            Row(name: "direct quotations, four fifths of them", tally: quotations, goal: 0.95),
            Row(name: "speakers of those found", tally: speakers, goal: 0.9),
            Row(name: "dates in words, with their EDTF", tally: dates, goal: nil),
            Row(name: "lines that are no prose, with their kind", tally: boilerplate, goal: nil),
            Row(name: "related pairs of articles, on top", tally: overlap, goal: 1),
        ]
    }

    var keepsGoals: Bool {
        rows.allSatisfy { row in row.goal.map { row.tally.precision >= $0 && row.tally.recall >= $0 } ?? true }
    }

    init(of corpus: Corpus, isListing: Bool) {
        for annotated in corpus.articles {
            entities(annotated, corpus, isListing)
            quotations(annotated, corpus, isListing)
            dates(annotated, isListing)
            boilerplate(annotated, isListing)
        }
        overlap(corpus)
        if isListing { listEvents(corpus) }
    }

    /// What the articles together propose, for reading: there is no measure for it but the events that an editor took.
    private func listEvents(_ corpus: Corpus) {
        for event in Candidates(corpus.articles.map(\.article), corpus.records).events {
            let places = event.citations.map { "\($0.article.id) \($0.paragraph)" }.joined(separator: ", ")
            let date = event.date?.edtf.description ?? "no date"
            Swift.print(
                "  proposed: \(event.title), \(event.status?.rawValue ?? "no status"), \(date), "
                    + "\(event.confidence): \(places)")
        }
    }

    // MARK: Mentions

    private struct Named: Hashable {
        let paragraph: Int
        let entity: String
    }

    private struct Spanned: Hashable {
        let paragraph: Int
        let start: Int
        let end: Int
        let entity: String

        var told: String { "paragraph \(paragraph), \(start) to \(end): \(entity)" }
    }

    private mutating func entities(_ annotated: Corpus.Annotated, _ corpus: Corpus, _ isListing: Bool) {
        let found = annotated.article.mentions.map {
            Spanned(
                paragraph: $0.span.paragraph, start: $0.span.start, end: $0.span.end,
                entity: corpus.key($0.entity))
        }
        let expected = annotated.annotation.mentions.map {
            Spanned(paragraph: $0.paragraph, start: $0.start, end: $0.end, entity: corpus.key($0.entity))
        }
        func named(_ all: [Spanned], _ types: [String]) -> Set<Named> {
            Set(
                all.filter { mention in types.contains { mention.entity.hasPrefix($0) } }
                    .map { Named(paragraph: $0.paragraph, entity: $0.entity) })
        }
        func compare(_ types: [String]) -> (right: Int, found: Int, expected: Int) {
            let (a, b) = (named(found, types), named(expected, types))
            if isListing {
                for extra in a.subtracting(b) {
                    tell("not annotated", annotated, "paragraph \(extra.paragraph): \(extra.entity)")
                }
                for missed in b.subtracting(a) {
                    tell("missed", annotated, "paragraph \(missed.paragraph): \(missed.entity)")
                }
            }
            return (a.intersection(b).count, a.count, b.count)
        }
        let acting = compare(["person:", "organization:"])
        entities.add(right: acting.right, found: acting.found, expected: acting.expected)
        let located = compare(["place:"])
        places.add(right: located.right, found: located.found, expected: located.expected)
        let kinds = ["person:", "organization:", "place:"]
        let (a, b) = (
            Set(found.filter { mention in kinds.contains { mention.entity.hasPrefix($0) } }),
            Set(expected.filter { mention in kinds.contains { mention.entity.hasPrefix($0) } })
        )
        spans.add(right: a.intersection(b).count, found: a.count, expected: b.count)
        if isListing {
            for extra in a.subtracting(b) { tell("not annotated there", annotated, extra.told) }
            for missed in b.subtracting(a) { tell("missed there", annotated, missed.told) }
        }
    }

    private func tell(_ what: String, _ annotated: Corpus.Annotated, _ detail: String) {
        Swift.print("  \(what): \(annotated.source) \(detail)")
    }

    // MARK: Quotations and dates

    private mutating func quotations(_ annotated: Corpus.Annotated, _ corpus: Corpus, _ isListing: Bool) {
        let expected = annotated.annotation.quotations.filter { $0.form == "direct" }
        var found = annotated.article.quotations.filter { $0.form == .direct }
        var (right, rightSpeakers) = (0, 0)
        let count = found.count
        for quotation in expected {
            let spans = quotation.spans.map { TextSpan(paragraph: $0.paragraph, start: $0.start, end: $0.end) }
            guard let index = found.firstIndex(where: { Self.likeness($0.spans, spans) >= 0.8 }) else {
                if isListing { tell("missed quotation", annotated, Self.told(spans)) }
                continue
            }
            let match = found.remove(at: index)
            right += 1
            if match.speaker.map(corpus.key) == quotation.speaker.map(corpus.key) {
                rightSpeakers += 1
            } else if isListing {
                let names = "\(match.speaker.map(corpus.key) ?? "nobody"), not \(quotation.speaker ?? "nobody")"
                tell("speaker", annotated, "\(Self.told(spans)): \(names)")
            }
        }
        if isListing { for extra in found { tell("no quotation", annotated, Self.told(extra.spans)) } }
        quotations.add(right: right, found: count, expected: expected.count)
        speakers.add(right: rightSpeakers, found: right, expected: right)
    }

    private static func told(_ spans: [TextSpan]) -> String {
        spans.map { "paragraph \($0.paragraph), \($0.start) to \($0.end)" }.joined(separator: "; ")
    }

    /// What two sets of spans have in common, as a share of what they cover together (Jaccard).
    private static func likeness(_ a: [TextSpan], _ b: [TextSpan]) -> Double {
        let common = a.flatMap { one in
            b.map { $0.paragraph == one.paragraph ? max(0, min($0.end, one.end) - max($0.start, one.start)) : 0 }
        }.reduce(0, +)
        let all = (a + b).reduce(0) { $0 + $1.end - $1.start } - common
        return all == 0 ? 0 : Double(common) / Double(all)
    }

    private mutating func dates(_ annotated: Corpus.Annotated, _ isListing: Bool) {
        // How long since something was last so ('in five years') dates nothing.
        var found = annotated.article.times.filter { $0.use != .window }
        let count = found.count
        var right = 0
        for date in annotated.annotation.dates {
            let match = found.firstIndex { time in
                time.span.paragraph == date.paragraph && time.span.start < date.end && date.start < time.span.end
                    && Self.named(time) == date.edtf
            }
            if let match {
                found.remove(at: match)
                right += 1
            } else if isListing {
                tell("missed date", annotated, "paragraph \(date.paragraph), \(date.start): \(date.edtf)")
            }
        }
        if isListing {
            for time in found { tell("other date", annotated, "\(Self.told([time.span])): \(Self.named(time))") }
        }
        dates.add(right: right, found: count, expected: annotated.annotation.dates.count)
    }

    /// What the words alone stand for: of 'since 2019' the year.
    private static func named(_ time: TimeExpression) -> String {
        let edtf = time.date.edtf.description
        switch time.use {
        case .since: return edtf.hasSuffix("/..") ? String(edtf.dropLast(3)) : edtf
        case .until: return edtf.hasPrefix("../") ? String(edtf.dropFirst(3)) : edtf
        case .at, .window: return edtf
        }
    }

    // MARK: Overlap

    /// How many of the related pairs are among as many pairs as there are related ones, the most alike first.
    private mutating func overlap(_ corpus: Corpus) {
        let facts = corpus.articles.map(\.article.factSequence)
        var rarity = FactRarity()
        for sequence in facts { rarity.add(sequence) }
        var ranked: [(pair: Set<String>, confidence: Double)] = []
        for a in corpus.articles.indices {
            for b in corpus.articles.indices.dropFirst(a + 1) {
                let overlap = Overlap(
                    corpus.articles[a].article.text.paragraphs.map(\.raw),
                    corpus.articles[b].article.text.paragraphs.map(\.raw))
                let kinship = Kinship(overlap, FactAlignment(facts[a], facts[b], rarity: rarity))
                ranked.append(
                    ([corpus.articles[a].source, corpus.articles[b].source], kinship?.confidence ?? 0))
            }
        }
        ranked.sort { $0.confidence > $1.confidence }
        let here = ranked.filter { corpus.related.contains($0.pair) }.count
        let top = ranked.prefix(here).count { corpus.related.contains($0.pair) }
        overlap.add(right: top, found: here, expected: here)
    }

    // MARK: Lines

    private mutating func boilerplate(_ annotated: Corpus.Annotated, _ isListing: Bool) {
        guard let lines = annotated.annotation.boilerplate else { return }
        let expected = Set(lines.map { Named(paragraph: $0.paragraph, entity: $0.kind) })
        let found = Set(
            annotated.article.text.boilerplate.values.map { Named(paragraph: $0.paragraph, entity: Self.name($0.kind)) }
        )
        boilerplate.add(
            right: found.intersection(expected).count, found: found.count, expected: expected.count)
        if isListing {
            for extra in found.subtracting(expected) {
                tell("not annotated", annotated, "paragraph \(extra.paragraph): \(extra.entity)")
            }
            for missed in expected.subtracting(found) {
                tell("missed", annotated, "paragraph \(missed.paragraph): \(missed.entity)")
            }
        }
    }

    /// As the annotations call it.
    private static func name(_ kind: Boilerplate.Kind) -> String {
        switch kind {
        case .repeatedTitle: "title"
        case .caption, .imageCredit: "caption"
        case .tableOfContents: "contents"
        case .relatedLink: "related"
        case .creditLine: "credit"
        case .commentPrompt: "comment"
        case .pageNotice: "notice"
        }
    }

    // MARK: The table

    func print(withGoals: Bool) {
        Swift.print("| | precision | recall | right / found / expected |\(withGoals ? " goal |" : "")")
        Swift.print("| --- | --- | --- | --- |\(withGoals ? " --- |" : "")")
        for row in rows {
            let tally = row.tally
            let goal = row.goal.map { goal in
                let isKept = tally.precision >= goal && tally.recall >= goal
                return "\(goal), \(isKept ? "kept" : "missed")"
            }
            let counts = "\(tally.right) / \(tally.found) / \(tally.expected)"
            Swift.print(
                "| \(row.name) | \(percent(tally.precision)) | \(percent(tally.recall)) | \(counts) |"
                    + (withGoals ? " \(goal ?? "") |" : ""))
        }
    }

    private func percent(_ share: Double) -> String {
        let thousandths = Int((share * 1000).rounded())
        return "\(thousandths / 10).\(thousandths % 10) %"
    }
}

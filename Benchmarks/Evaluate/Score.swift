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
    private var boilerplate = Tally()

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
            Row(name: "lines that are no prose, with their kind", tally: boilerplate, goal: nil),
        ]
    }

    var keepsGoals: Bool {
        rows.allSatisfy { row in row.goal.map { row.tally.precision >= $0 && row.tally.recall >= $0 } ?? true }
    }

    init(of corpus: Corpus, isListing: Bool) {
        for article in corpus.articles {
            let mentions = corpus.names.mentions(in: article.text)
            entities(article, mentions, corpus, isListing)
            boilerplate(article, isListing)
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
    }

    private mutating func entities(
        _ article: Corpus.Annotated, _ mentions: [Mention], _ corpus: Corpus, _ isListing: Bool
    ) {
        /// The two records of a country are one.
        func key(_ entity: String) -> String {
            let parts = entity.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0] == "organization" || parts[0] == "place" else { return entity }
            return corpus.countries.contains(String(parts[1])) ? "organization:\(parts[1])" : entity
        }
        let found = mentions.map {
            Spanned(
                paragraph: $0.span.paragraph, start: $0.span.start, end: $0.span.end,
                entity: key("\($0.entity.type.rawValue):\($0.entity.id)"))
        }
        let expected = article.annotation.mentions.map {
            Spanned(paragraph: $0.paragraph, start: $0.start, end: $0.end, entity: key($0.entity))
        }
        func named(_ all: [Spanned], _ types: [String]) -> Set<Named> {
            Set(
                all.filter { mention in types.contains { mention.entity.hasPrefix($0) } }
                    .map { Named(paragraph: $0.paragraph, entity: $0.entity) })
        }
        func compare(_ types: [String]) -> (right: Int, found: Int, expected: Int) {
            let (a, b) = (named(found, types), named(expected, types))
            if isListing {
                for extra in a.subtracting(b) { tell("not annotated", article, extra) }
                for missed in b.subtracting(a) { tell("missed", article, missed) }
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
            for extra in a.subtracting(b) { tell("not annotated there", article, extra) }
            for missed in b.subtracting(a) { tell("missed there", article, missed) }
        }
    }

    private func tell(_ what: String, _ article: Corpus.Annotated, _ mention: Spanned) {
        let place = "paragraph \(mention.paragraph), \(mention.start) to \(mention.end)"
        Swift.print("  \(what): \(article.annotation.source) \(place): \(mention.entity)")
    }

    private func tell(_ what: String, _ article: Corpus.Annotated, _ named: Named) {
        Swift.print("  \(what): \(article.annotation.source) paragraph \(named.paragraph): \(named.entity)")
    }

    // MARK: Lines

    private mutating func boilerplate(_ article: Corpus.Annotated, _ isListing: Bool) {
        guard let lines = article.annotation.boilerplate else { return }
        let expected = Set(lines.map { Named(paragraph: $0.paragraph, entity: $0.kind) })
        let found = Set(
            article.text.boilerplate.values.map { Named(paragraph: $0.paragraph, entity: Self.name($0.kind)) })
        boilerplate.add(
            right: found.intersection(expected).count, found: found.count, expected: expected.count)
        if isListing {
            for extra in found.subtracting(expected) { tell("not annotated", article, extra) }
            for missed in expected.subtracting(found) { tell("missed", article, missed) }
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

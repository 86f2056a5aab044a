// SPDX-License-Identifier: Apache-2.0

/// What speaks for two articles going back to one source.
package struct Kinship: Sendable, Equatable {
    package let confidence: Double
    /// In a sentence.
    package let reason: String

    package init(confidence: Double, reason: String) {
        self.confidence = confidence
        self.reason = reason
    }

    /// Weighs what two articles share. Nil where that is no more than two reports of one story share anyway.
    ///
    /// Copied words are the stronger sign: nobody hits upon a fifth of another's wording by chance. What is told in the
    /// same order strengthens it, and by itself never reaches 0.8: two reporters of one press conference tell the same
    /// things in the same order too.
    package init?(_ overlap: Overlap, _ alignment: FactAlignment) {
        let copied = max(overlap.copiedA, overlap.copiedB)
        let told = max(alignment.shareA, alignment.shareB)
        let byWords = copied < 0.04 ? 0 : min(0.98, 0.5 + 1.5 * copied + 0.5 * told)
        let byOrder = told < 0.2 || alignment.pairs.count < 3 ? 0 : min(0.75, 0.35 + told)
        let confidence = Weight.rounded(max(byWords, byOrder))
        guard confidence > 0 else { return nil }
        self.confidence = confidence
        let sentences = "\(alignment.pairs.count) sentence\(alignment.pairs.count == 1 ? "" : "s")"
        let passages = "\(overlap.passages.count) passage\(overlap.passages.count == 1 ? "" : "s")"
        reason =
            byWords >= byOrder
            ? "Shared wording: \(passages) of eight or more words, \(Self.percent(copied)) of the shorter telling."
            : "The same things told in the same order, in other words: \(sentences), \(Self.percent(told)) by weight."
    }

    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}

/// Groups articles that go back to one source.
package struct LineageFinder: Sendable {
    /// From here on two articles count as one report.
    package static let certain = 0.8
    /// Below this nothing is proposed.
    package static let worthTelling = 0.5

    private struct Link {
        let a: Int
        let b: Int
        let kinship: Kinship
    }

    private var articles: [(id: String, credit: String?)] = []
    private var places: [String: Int] = [:]
    private var links: [Link] = []

    package init() {}

    /// - Parameters:
    ///   - article: its id; articles are added earliest first, since a group without a credit is named for the first.
    ///   - credit: whom it names as its own source.
    package mutating func add(_ article: String, credit: String?) {
        guard places[article] == nil else { return }
        places[article] = articles.count
        articles.append((article, credit.flatMap { Slug.make(from: $0)?.description }))
    }

    /// Both must have been added.
    package mutating func link(_ a: String, _ b: String, _ kinship: Kinship) {
        guard let first = places[a], let second = places[b], first != second,
            kinship.confidence >= Self.worthTelling
        else { return }
        links.append(Link(a: min(first, second), b: max(first, second), kinship: kinship))
    }

    /// The lineage of each article that has one.
    ///
    /// Articles of one credit are a group, and what is certainly akin joins it, the surest link first. Two groups of
    /// different credits are never made one: an article credited to one agency stays with it. A weaker link then brings
    /// an article that stands alone to a group, with the link's confidence, and never joins two groups.
    package var lineages: [String: Article.Lineage] {
        var found = [Article.Lineage?](repeating: nil, count: articles.count)
        for (place, article) in articles.enumerated() {
            guard let credit = article.credit else { continue }
            found[place] = Article.Lineage(
                group: credit, reason: "A line of the article credits its source.", confidence: 0.95)
        }
        // Surest first; then in the order of the articles, so that the outcome does not hang on the order of links.
        var open = links.sorted {
            ($1.kinship.confidence, $0.a, $0.b) < ($0.kinship.confidence, $1.a, $1.b)
        }
        while let place = open.firstIndex(where: { extends(found, $0) }) {
            let link = open.remove(at: place)
            join(link, &found)
        }
        var lineages: [String: Article.Lineage] = [:]
        for (place, lineage) in found.enumerated() { lineages[articles[place].id] = lineage }
        return lineages
    }

    /// Whether a link reaches an article that has no group yet, from one that certainly has, or founds a group.
    private func extends(_ found: [Article.Lineage?], _ link: Link) -> Bool {
        switch (found[link.a], found[link.b]) {
        case (nil, nil): true
        case (let lineage?, nil), (nil, let lineage?): lineage.confidence >= Self.certain
        default: false
        }
    }

    private func join(_ link: Link, _ found: inout [Article.Lineage?]) {
        let confidence = link.kinship.confidence
        func lineage(_ group: String) -> Article.Lineage {
            Article.Lineage(group: group, reason: link.kinship.reason, confidence: confidence)
        }
        if let group = found[link.a]?.group {
            found[link.b] = lineage(group)
        } else if let group = found[link.b]?.group {
            found[link.a] = lineage(group)
        } else {
            found[link.a] = lineage(articles[link.a].id)
            found[link.b] = lineage(articles[link.a].id)
        }
    }
}

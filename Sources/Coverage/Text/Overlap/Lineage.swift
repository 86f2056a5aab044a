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
        let byOrder = told < 0.1 || alignment.pairs.count < 4 ? 0 : min(0.75, 0.4 + 1.5 * told)
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
    /// an article that stands alone to a group, or two such together, with the link's confidence; it never joins groups,
    /// and nothing hangs on an article that is brought so.
    package var lineages: [String: Article.Lineage] {
        // Surest first, then in the order of the articles, so that the outcome does not hang on the order of links.
        let links = links.sorted {
            ($1.kinship.confidence, $0.a, $0.b, $0.kinship.reason) < (
                $0.kinship.confidence, $1.a, $1.b, $1.kinship.reason
            )
        }
        var groups = SourceGroups(credits: articles.map(\.credit))
        var found = articles.map { article in
            article.credit.map {
                Article.Lineage(group: $0, reason: "A line of the article credits its source.", confidence: 0.95)
            }
        }
        for link in links where link.kinship.confidence >= Self.certain && groups.join(link.a, link.b) {
            for place in [link.a, link.b] where found[place] == nil { found[place] = lineage("", link.kinship) }
        }
        for place in found.indices {
            let first = groups.first(of: place)
            guard let lineage = found[place] else { continue }
            found[place] = Article.Lineage(
                group: groups.credit(of: place) ?? articles[first].id, reason: lineage.reason,
                confidence: lineage.confidence)
        }
        let sure = found
        for link in links where link.kinship.confidence < Self.certain {
            switch (found[link.a], found[link.b]) {
            case (nil, nil):
                found[link.a] = lineage(articles[link.a].id, link.kinship)
                found[link.b] = found[link.a]
            case (nil, _):
                if let group = sure[link.b]?.group { found[link.a] = lineage(group, link.kinship) }
            case (_, nil):
                if let group = sure[link.a]?.group { found[link.b] = lineage(group, link.kinship) }
            default: break
            }
        }
        var lineages: [String: Article.Lineage] = [:]
        for (place, lineage) in found.enumerated() { lineages[articles[place].id] = lineage }
        return lineages
    }

    private func lineage(_ group: String, _ kinship: Kinship) -> Article.Lineage {
        Article.Lineage(group: group, reason: kinship.reason, confidence: kinship.confidence)
    }
}

/// Disjoint sets of articles, none of which has two credits. The first article of a set stands for it.
private struct SourceGroups {
    private var parents: [Int]
    private var credits: [String?]

    init(credits: [String?]) {
        self.credits = credits
        parents = Array(credits.indices)
        var firsts: [String: Int] = [:]
        for (place, credit) in credits.enumerated() {
            guard let credit else { continue }
            parents[place] = firsts[credit] ?? place
            firsts[credit] = firsts[credit] ?? place
        }
    }

    func first(of place: Int) -> Int {
        var place = place
        while parents[place] != place { place = parents[place] }
        return place
    }

    func credit(of place: Int) -> String? { credits[first(of: place)] }

    /// Whether both are in one set now.
    mutating func join(_ a: Int, _ b: Int) -> Bool {
        let (first, second) = (first(of: a), first(of: b))
        if first == second { return true }
        if let credit = credits[first], let other = credits[second], credit != other { return false }
        let (kept, joined) = (min(first, second), max(first, second))
        parents[joined] = kept
        credits[kept] = credits[kept] ?? credits[joined]
        return true
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Which articles of many share fingerprints with one: an inverted index, so that an article meets only those with
/// which it has something in common, and never all pairs are formed.
///
/// Memory is some 20 bytes for each fingerprint of an article. What stands in more than `bound` articles is common
/// property: only the first `bound` are remembered, which bounds the work of a question, and still leads a late copy
/// of a much copied story to earlier ones. The weight of a shared fingerprint is one over the number of articles
/// remembered with it.
package struct OverlapIndex: Sendable {
    package static let bound = 64

    /// An article that shares fingerprints.
    package struct Candidate: Sendable, Equatable {
        package let article: String
        /// How many fingerprints.
        package let shared: Int
        /// The sum of their weights.
        package let weight: Double
    }

    /// One article of a fingerprint's list, which runs backwards from the latest.
    private struct Posting {
        let article: UInt32
        /// The one before, as its place in `postings`; none when it is itself.
        let previous: UInt32
        /// How long the list is up to here.
        let length: UInt32
    }

    private var latest: [UInt32: UInt32] = [:]
    private var postings: [Posting] = []
    /// By number, in the order in which they were added; nil for an edition that a later one has replaced.
    private var articles: [String?] = []
    private var numbers: [String: UInt32] = [:]

    package init() {}

    /// How many articles it knows.
    package var count: Int { numbers.count }

    /// Takes an article in, in place of what was known under the same id.
    package mutating func add(_ article: String, _ hashes: [UInt32]) {
        guard articles.count < Int(UInt32.max), postings.count + hashes.count < Int(UInt32.max) else { return }
        if let old = numbers[article] { articles[Int(old)] = nil }
        let number = UInt32(articles.count)
        numbers[article] = number
        articles.append(article)
        for hash in hashes {
            let place = UInt32(postings.count)
            let previous = latest[hash]
            let length = previous.map { postings[Int($0)].length + 1 } ?? 1
            guard length <= Self.bound else { continue }
            postings.append(Posting(article: number, previous: previous ?? place, length: length))
            latest[hash] = place
        }
    }

    package mutating func add(_ article: String, _ fingerprint: ArticleFingerprint) {
        add(article, fingerprint.hashes)
    }

    /// In how many articles a fingerprint is remembered, replaced editions included.
    package func frequency(of hash: UInt32) -> Int {
        latest[hash].map { Int(postings[Int($0)].length) } ?? 0
    }

    /// The articles that share most with one, the one itself left out, the heaviest first, then by id.
    package func candidates(for hashes: [UInt32], except article: String? = nil, limit: Int) -> [Candidate] {
        var found: [UInt32: (shared: Int, weight: Double)] = [:]
        for hash in hashes {
            guard var place = latest[hash] else { continue }
            let weight = 1 / Double(postings[Int(place)].length)
            while true {
                let posting = postings[Int(place)]
                let sum = found[posting.article] ?? (0, 0)
                found[posting.article] = (sum.shared + 1, sum.weight + weight)
                if posting.previous == place { break }
                place = posting.previous
            }
        }
        return found.compactMap { number, sum in
            guard let id = articles[Int(number)], id != article else { return nil }
            return Candidate(article: id, shared: sum.shared, weight: sum.weight)
        }
        .sorted { ($1.weight, $1.shared, $0.article) < ($0.weight, $0.shared, $1.article) }
        .prefix(max(0, limit)).map { $0 }
    }

    package func candidates(
        for fingerprint: ArticleFingerprint, except article: String? = nil, limit: Int
    ) -> [Candidate] {
        candidates(for: fingerprint.hashes, except: article, limit: limit)
    }
}

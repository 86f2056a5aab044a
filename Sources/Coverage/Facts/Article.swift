// SPDX-License-Identifier: Apache-2.0

/// One piece of the coverage. Its text is the publisher's and enters a database only by import.
package struct Article: Fact {
    /// The articles it shares an upstream source with, and why we think so.
    package struct Lineage: Sendable, Equatable {
        /// The articles of one group count as one independent report.
        package let group: String
        package let reason: String
        /// 0 to 1; from 0.8 on the group counts.
        package let confidence: Double

        package init(group: String, reason: String, confidence: Double) {
            self.group = group
            self.reason = reason
            self.confidence = confidence
        }
    }

    package static let type = FactType.article
    package let id: String
    /// The name of the file it came in.
    package let source: String
    package let headline: String?
    package let publisher: String?
    /// Whom it names as its own source.
    package let credit: String?
    package let published: DateStatement?
    /// Where its publisher has it, by http or https.
    package let url: String?
    package let lineage: Lineage?
    /// White-space separated words of the whole file.
    package let words: Int
    /// Lower-case hexadecimal SHA-256 of the file's bytes.
    package let sha256: String
    /// The same of each paragraph's UTF-8, in order.
    package let digests: [String]

    /// Whether the text has been imported.
    package struct Holdings: DerivedValues, Equatable {
        package var hasText = false

        package init() {}
    }

    package typealias Derived = Holdings
    package var name: String { headline ?? Self.name(withoutHeadline: id) }
    package var evidence: [Citation] { [] }
    package var searchText: [(member: String, text: String)] {
        [("source", source)] + (publisher.map { [("publisher", $0)] } ?? []) + (credit.map { [("credit", $0)] } ?? [])
    }
    package var references: [(pointer: String, reference: Reference)] { [] }

    /// The words of the id as a title has them; what is no word, such as a part of a digest, is left as it is.
    package static func name(withoutHeadline id: String) -> String {
        let words = id.split(separator: "-").map { word in
            word.count > 3 && word.allSatisfy(\.isLetter)
                ? word.prefix(1).uppercased() + word.dropFirst() : String(word)
        }
        return "\(words.joined(separator: " ")) (no headline)"
    }

    /// The same article with another state of its file.
    package func edition(words: Int, sha256: String, digests: [String]) -> Article {
        Article(
            id: id, source: source, headline: headline, publisher: publisher, credit: credit, published: published,
            url: url, lineage: lineage, words: words, sha256: sha256, digests: digests)
    }

    package init(
        id: String, source: String, headline: String?, publisher: String?, credit: String?, published: DateStatement?,
        url: String?, lineage: Lineage?, words: Int, sha256: String, digests: [String]
    ) {
        self.id = id
        self.source = source
        self.headline = headline
        self.publisher = publisher
        self.credit = credit
        self.published = published
        self.url = url
        self.lineage = lineage
        self.words = words
        self.sha256 = sha256
        self.digests = digests
    }
}

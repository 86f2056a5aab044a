// SPDX-License-Identifier: Apache-2.0

/// Where a fact stands: one paragraph of one article, and what lets a reader check that it is still the same paragraph.
package struct Citation: Sendable, Equatable {
    package let article: Reference
    /// The n-th line of the article that is not blank, from 1.
    package let paragraph: Int
    /// One to three single words that stand in the paragraph.
    package let anchors: [String]
    /// How that paragraph has an event; nil for other facts, or where the paragraph does not tell.
    package let status: EventStatus?
    /// The paragraph's text, where it was asked for, is at hand and may leave.
    package let text: String?

    package init(
        article: Reference, paragraph: Int, anchors: [String], status: EventStatus? = nil, text: String? = nil
    ) {
        self.article = article
        self.paragraph = paragraph
        self.anchors = anchors
        self.status = status
        self.text = text
    }
}

/// A citation held against what the database has of the article today.
package struct Evidence: Sendable {
    package enum State: String, Sendable, CaseIterable {
        /// The text is here, has the digest it had when it was cited, and holds the anchors.
        case verified
        /// The paragraph is gone, has other bytes, or does not hold the anchors.
        case stale
        /// The article's text was never imported, so that there is nothing to check against.
        case textAbsent
    }

    package let citation: Citation
    /// Which part of the fact it supports: empty for the fact as a whole, else `offices/0`, `positions/2` …
    package let part: String
    /// Lower-case hexadecimal SHA-256 of the paragraph when it was cited.
    package let digest: String
    package let state: State

    package init(citation: Citation, part: String, digest: String, state: State) {
        self.citation = citation
        self.part = part
        self.digest = digest
        self.state = state
    }
}

/// How widely a fact is reported.
package struct CoverageCount: Sendable, Equatable {
    package var articles: Int
    /// Articles that copy each other, or one upstream source, counted once.
    package var independent: Int

    package init(articles: Int = 0, independent: Int = 0) {
        self.articles = articles
        self.independent = independent
    }
}

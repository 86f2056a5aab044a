// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import Digests
internal import SQLite

/// What became of one imported file.
package struct ImportReport: Sendable, Equatable {
    package enum Outcome: String, Sendable, CaseIterable {
        /// A known article's text, stored now.
        case stored
        /// The text was there already.
        case unchanged
        /// An article nobody knew, with its text.
        case created
        /// A known article's new edition, stored because replacing was asked for.
        case replaced
        /// A known article's file with other bytes: nothing was stored.
        case differs
        /// The text of an article that was deleted: nothing was stored.
        case deleted
    }

    package let source: String
    package let article: String
    package let outcome: Outcome
    /// The citations of this article by what they are now.
    package let verified: Int
    package let stale: Int
    package let textAbsent: Int
}

/// A file that cannot be an article.
package struct UnusableArticle: Error, CustomStringConvertible {
    package let description: String
}

/// Brings the texts of articles into the database, where they stay.
package struct ArticleImport {
    private let recorder: Recorder
    private let reader: Reader

    package init(with recorder: Recorder) {
        self.recorder = recorder
        reader = Reader(recorder.connection)
    }

    /// Stores one text and checks every citation of its article again.
    /// - Parameters:
    ///   - source: the file's name without its folder.
    ///   - bytes: the file: UTF-8 text.
    ///   - replace: whether a known source with other bytes becomes a new edition.
    package func store(source: String, bytes: [UInt8], replace: Bool) throws -> ImportReport {
        let text = try Self.text(of: bytes)
        let paragraphs = Paragraphs(of: text)
        let texts = paragraphs.all.map(String.init)
        let sha256 = SHA256.hex(of: bytes)
        let digests = texts.map { SHA256.hex(of: $0) }

        if let id = try articleID("sha256", sha256) {
            // Also where a text was there and has been tampered with.
            let isNew = try ParagraphStore.texts(of: id, on: recorder.connection) != texts
            if isNew {
                try keep(texts, of: id)
                try recorder.touch(Reference(.article, id), in: Article.table)
            }
            return try report(source, id, isNew ? .stored : .unchanged)
        }
        if let id = try deletedArticle(sha256) { return try report(source, id, .deleted) }
        if let id = try articleID("source", source) {
            guard replace else { return try report(source, id, .differs) }
            guard let known = try reader.record(id, of: Article.self) else { throw Self.vanished(id) }
            _ = try recorder.record(known.value.edition(words: paragraphs.words, sha256: sha256, digests: digests))
            try keep(texts, of: id)
            return try report(source, id, .replaced)
        }
        let headline = Self.headline(of: texts.first ?? "")
        let id = try reader.freeID(for: headline ?? Self.stem(of: source), of: .article)
        let article = Article(
            id: id, source: source, headline: headline, publisher: nil, credit: nil, published: nil, lineage: nil,
            words: paragraphs.words, sha256: sha256, digests: digests)
        _ = try recorder.record(article)
        try keep(texts, of: id)
        return try report(source, id, .created)
    }

    /// Stores the paragraphs' texts, and what they share with those of other articles.
    func keep(_ texts: [String], of id: String) throws {
        try ParagraphStore.store(texts, of: id, on: recorder.connection)
        for other in try ParagraphStore.articlesWithText(recorder.connection) where other != id {
            let others = try ParagraphStore.texts(of: other, on: recorder.connection)
            // Always seen from the same side, so that it does not matter which text came first.
            let overlap = id < other ? Overlap(texts, others) : Overlap(others, texts).turned
            try StoredOverlap(id, other, overlap).write(to: recorder.connection)
        }
    }

    /// The largest file taken for an article, in bytes.
    private static let limit = 16 << 20

    static func text(of bytes: [UInt8]) throws -> String {
        guard bytes.count <= limit else {
            throw UnusableArticle(description: "is larger than an article can be: \(limit >> 20) MiB")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw UnusableArticle(description: "is not UTF-8 text")
        }
        guard !text.utf8.contains(0) else {
            throw UnusableArticle(description: "holds NUL characters: not a text file")
        }
        guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw UnusableArticle(description: "holds no text")
        }
        return text
    }

    private static func vanished(_ id: String) -> UnreadableRecord {
        UnreadableRecord(description: "the article '\(id)' vanished while it was read")
    }

    private func articleID(_ column: String, _ value: String) throws -> String? {
        let row = try recorder.connection.prepare("SELECT id FROM articles WHERE \(column) = ?")
        try row.bind(1, value)
        return try row.step() ? row.text(0) : nil
    }

    /// The article that had this text once, and is no more.
    private func deletedArticle(_ sha256: String) throws -> String? {
        let row = try recorder.connection.prepare(
            """
            SELECT t.id FROM tombstones AS t JOIN revisions AS r ON r.type = t.type AND r.id = t.id
            WHERE t.type = 'article' AND r.content ->> '$.sha256' = ?
            """)
        try row.bind(1, sha256)
        return try row.step() ? row.text(0) : nil
    }

    /// A first line that is short enough to be a title. Anything longer is the publisher's text, which must not leave.
    static func headline(of line: String) -> String? {
        let words = line.split { $0.isWhitespace || $0 == "\u{FEFF}" }
        let text = words.joined(separator: " ")
        return (1...20).contains(words.count) && text.unicodeScalars.count <= 200 ? text : nil
    }

    /// A file's name without its ending.
    private static func stem(of source: String) -> String {
        source.lastIndex(of: ".").map { String(source[..<$0]) } ?? source
    }

    private func report(_ source: String, _ id: String, _ outcome: ImportReport.Outcome) throws -> ImportReport {
        var states: [Evidence.State: Int] = [:]
        try reader.forEachCitation(where: "c.article_id = ?", .text(id)) { _, evidence, _ in
            states[evidence.state, default: 0] += 1
        }
        return ImportReport(
            source: source, article: id, outcome: outcome, verified: states[.verified] ?? 0,
            stale: states[.stale] ?? 0, textAbsent: states[.textAbsent] ?? 0)
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// Which articles share wording with one, without all of them being looked at: an inverted index of their fingerprints.
///
/// Its work and its size are bounded: a fingerprint is kept of so many articles only, and an article has so many only.
struct FingerprintStore {
    /// Moves on when fingerprints are made otherwise.
    private static let definition = 1
    /// Of so many articles the same fingerprint is kept; what more of them have is common property.
    private static let articlesBound = OverlapIndex.bound
    /// The most of one article, those of the least hashes: of two long articles these are the same where they share text.
    private static let hashesBound = 20_000

    private let connection: Connection

    init(_ connection: Connection) {
        self.connection = connection
    }

    /// By what an article is found: runs of its words, and, in a space of their own, what its sentences tell.
    static func keys(_ paragraphs: [String], _ reading: AnalysedArticle) -> [Int] {
        let words = ArticleFingerprint(paragraphs).hashes.prefix(hashesBound).map { Int($0) }
        return words + reading.factSequence.sketch.prefix(hashesBound).map { Int($0) + 1 << 32 }
    }

    /// Makes an article be found by these keys and no others.
    func replace(of article: String, with keys: [Int]) throws {
        guard let document = try SearchDocument.number(of: Reference(.article, article), on: connection) else {
            throw LostRow(description: "the article '\(article)' has no search document")
        }
        try connection.run("DELETE FROM fingerprints WHERE document = ?", .integer(Int64(document)))
        for key in keys {
            try connection.run(
                """
                INSERT INTO fingerprints (hash, document) SELECT ?1, ?2 WHERE (SELECT count(*) FROM (
                    SELECT 1 FROM fingerprints WHERE hash = ?1 LIMIT \(Self.articlesBound))) < \(Self.articlesBound)
                """, .integer(Int64(key)), .integer(Int64(document)))
        }
    }

    /// The articles that share most with one, each shared fingerprint weighing the less the more articles have it; then by
    /// id.
    func candidates(for keys: [Int], except article: String, limit: Int) throws -> [String] {
        let list = "[\(keys.map(String.init).joined(separator: ","))]"
        let rows = try connection.prepare(
            """
            WITH found AS (SELECT f.hash, f.document FROM json_each(?1) AS h JOIN fingerprints AS f ON f.hash = h.value),
                weights AS (SELECT hash, 1.0 / count(*) AS weight FROM found GROUP BY hash)
            SELECT d.id FROM found JOIN weights USING (hash) JOIN documents AS d ON d.number = found.document
            WHERE d.id <> ?2 GROUP BY d.id ORDER BY sum(weight) DESC, d.id LIMIT ?3
            """)
        try rows.bind(1, list)
        try rows.bind(2, article)
        try rows.bind(3, limit)
        var ids: [String] = []
        while try rows.step() { ids.append(rows.text(0)) }
        return ids
    }

    /// Makes the fingerprints of all texts anew if they were made by another definition than this program's.
    static func renew(on connection: Connection, report: (String) -> Void) throws {
        let known = try connection.scalar("SELECT value FROM counters WHERE name = 'fingerprints'")
        if known == .integer(Int64(definition)) { return }
        report("all texts are read anew, since this program compares them by another definition")
        try connection.transaction {
            try connection.run("DELETE FROM fingerprints")
            let (store, reader) = (FingerprintStore(connection), Reader(connection))
            let names = try NameCache().names(reader)
            for id in try ParagraphStore.articlesWithText(connection) {
                guard let article = try reader.record(id, of: Article.self) else { continue }
                let reading = reader.analysed(article, ArticleText(try reader.text(of: id)), names: names)
                let texts = try ParagraphStore.texts(of: id, on: connection)
                try store.replace(of: id, with: keys(texts, reading))
            }
            try connection.run(
                "UPDATE counters SET value = ? WHERE name = 'fingerprints'", .integer(Int64(definition)))
        }
    }
}

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

    /// Makes an article be found by these hashes and no others.
    func replace(of article: String, with hashes: [UInt32]) throws {
        guard let document = try SearchDocument.number(of: Reference(.article, article), on: connection) else {
            throw LostRow(description: "the article '\(article)' has no search document")
        }
        try connection.run("DELETE FROM fingerprints WHERE document = ?", .integer(Int64(document)))
        for hash in hashes.prefix(Self.hashesBound) {
            try connection.run(
                """
                INSERT INTO fingerprints (hash, document) SELECT ?1, ?2 WHERE (SELECT count(*) FROM (
                    SELECT 1 FROM fingerprints WHERE hash = ?1 LIMIT \(Self.articlesBound))) < \(Self.articlesBound)
                """, .integer(Int64(hash)), .integer(Int64(document)))
        }
    }

    /// The articles that share most with one, each shared fingerprint weighing the less the more articles have it; then by
    /// id.
    func candidates(for hashes: [UInt32], except article: String, limit: Int) throws -> [String] {
        let list = "[\(hashes.prefix(Self.hashesBound).map(String.init).joined(separator: ","))]"
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
    static func renew(on connection: Connection) throws {
        let known = try connection.scalar("SELECT value FROM counters WHERE name = 'fingerprints'")
        if known == .integer(Int64(definition)) { return }
        try connection.transaction {
            try connection.run("DELETE FROM fingerprints")
            let store = FingerprintStore(connection)
            for article in try ParagraphStore.articlesWithText(connection) {
                let texts = try ParagraphStore.texts(of: article, on: connection)
                try store.replace(of: article, with: ArticleFingerprint(texts).hashes)
            }
            try connection.run(
                "UPDATE counters SET value = ? WHERE name = 'fingerprints'", .integer(Int64(definition)))
        }
    }
}

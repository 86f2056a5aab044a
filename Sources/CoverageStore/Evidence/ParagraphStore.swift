// SPDX-License-Identifier: Apache-2.0

internal import SQLite

/// The paragraphs of articles: always their digests, and their text where it was imported.
enum ParagraphStore {
    /// Makes an article have paragraphs of these digests. A text stays where its digest does.
    static func replace(of article: String, with digests: [String], on connection: Connection) throws {
        for (index, digest) in digests.enumerated() {
            let row = try connection.prepare(
                """
                INSERT INTO paragraphs (article_id, number, digest) VALUES (?, ?, ?)
                ON CONFLICT (article_id, number) DO UPDATE SET
                    text = CASE WHEN digest = excluded.digest THEN text END, digest = excluded.digest
                """)
            try row.bind(1, article)
            try row.bind(2, index + 1)
            try row.bind(3, digest)
            try row.run()
        }
        try connection.run(
            "DELETE FROM paragraphs WHERE article_id = ? AND number > ?", .text(article),
            .integer(Int64(digests.count)))
    }

    /// Adds the texts of paragraphs that are there already.
    static func store(_ texts: [String], of article: String, on connection: Connection) throws {
        for (index, text) in texts.enumerated() {
            try connection.run(
                "UPDATE paragraphs SET text = ? WHERE article_id = ? AND number = ?", .text(text), .text(article),
                .integer(Int64(index + 1)))
        }
    }

    static func articlesWithText(_ connection: Connection) throws -> [String] {
        let rows = try connection.prepare(
            "SELECT DISTINCT article_id FROM paragraphs WHERE text IS NOT NULL ORDER BY 1")
        var articles: [String] = []
        while try rows.step() { articles.append(rows.text(0)) }
        return articles
    }

    static func texts(of article: String, on connection: Connection) throws -> [String] {
        let rows = try connection.prepare(
            "SELECT coalesce(text, '') FROM paragraphs WHERE article_id = ? ORDER BY number")
        try rows.bind(1, article)
        var texts: [String] = []
        while try rows.step() { texts.append(rows.text(0)) }
        return texts
    }
}

// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import SQLite

/// What may leave of the paragraphs that some records cite.
package struct ParagraphTexts: Sendable {
    private struct Key: Hashable {
        let article: String
        let paragraph: Int
    }

    private var texts: [Key: String] = [:]

    package subscript(citation: Citation) -> String? {
        texts[Key(article: citation.article.id, paragraph: citation.paragraph)]
    }

    /// Reads the texts behind every citation of these records and their parts by one statement.
    init(of type: FactType, ids: [String], excerpts: Excerpts, from connection: Connection) throws {
        if excerpts == .none { return }
        let rows = try connection.prepare(
            """
            SELECT DISTINCT p.article_id, p.number, p.text FROM json_each(?1) AS wanted
            JOIN citations AS c ON c.type = ?2 AND c.id = wanted.value
            JOIN paragraphs AS p ON p.article_id = c.article_id AND p.number = c.paragraph WHERE p.text IS NOT NULL
            """)
        try rows.bind(1, jsonArray(ids))
        try rows.bind(2, type.rawValue)
        while try rows.step() {
            texts[Key(article: rows.text(0), paragraph: rows.int(1))] = excerpts.excerpt(of: rows.text(2))
        }
    }
}

extension Reader {
    package func texts(citedBy ids: [String], of type: FactType, excerpts: Excerpts) throws -> ParagraphTexts {
        try ParagraphTexts(of: type, ids: ids, excerpts: excerpts, from: connection)
    }
}

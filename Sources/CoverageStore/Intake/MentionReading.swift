// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import SQLite

extension Reader {
    /// Where an article names what is known, in its order; none where its text is not here.
    package func mentions(of article: String, names: KnownNames) throws -> [Mention] {
        names.mentions(in: ArticleText(try text(of: article)))
    }

    /// An article with everything that is found in its text, with the names that are known.
    func analysed(_ article: Stored<Article>, _ text: ArticleText, names: KnownNames) -> AnalysedArticle {
        AnalysedArticle(
            reference: article.value.reference, published: article.value.published?.edtf, text: text,
            mentions: names.mentions(in: text))
    }

    /// The paragraphs of an article, a line each; empty where they are not here.
    func text(of article: String) throws -> String {
        try ParagraphStore.texts(of: article, on: connection).joined(separator: "\n")
    }

    /// How large the text of an article is, in bytes.
    package func textSize(of article: String) throws -> Int {
        let row = try connection.prepare(
            "SELECT coalesce(sum(length(CAST(text AS BLOB))), 0) FROM paragraphs WHERE article_id = ?")
        try row.bind(1, article)
        return try row.step() ? row.int(0) : 0
    }

    /// The words by which each of these records is known: of its name, its aliases and its offices, in lower case.
    package func knownWords(of references: Set<Reference>) throws -> [Reference: Set<String>] {
        var words: [Reference: Set<String>] = [:]
        for reference in references {
            let rows = try connection.prepare(
                """
                SELECT name FROM \(Self.table(of: reference.type)) WHERE id = ?1
                UNION ALL SELECT alias FROM aliases WHERE type = ?2 AND id = ?1
                UNION ALL SELECT title FROM offices WHERE ?2 = 'person' AND person_id = ?1
                """)
            try rows.bind(1, reference.id)
            try rows.bind(2, reference.type.rawValue)
            while try rows.step() { words[reference, default: []].formUnion(Self.words(of: rows.text(0))) }
        }
        return words
    }

    /// A text's words in lower case, without possessive endings.
    package static func words(of text: String) -> [String] {
        text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init).filter { $0 != "s" }
    }
}

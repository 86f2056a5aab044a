// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import SQLite

/// What two articles share word for word, as the database keeps it: the smaller id is `a`.
package struct StoredOverlap: Sendable, Equatable {
    package let a: String
    package let b: String
    package let overlap: Overlap

    /// Puts the pair in order.
    package init(_ first: String, _ second: String, _ overlap: Overlap) {
        if first < second {
            (a, b, self.overlap) = (first, second, overlap)
        } else {
            (a, b, self.overlap) = (second, first, overlap.turned)
        }
    }

    func write(to connection: Connection) throws {
        try connection.run("DELETE FROM passages WHERE a_id = ? AND b_id = ?", .text(a), .text(b))
        try connection.run(
            """
            INSERT INTO overlaps (a_id, b_id, a_copied, b_copied) VALUES (?, ?, ?, ?)
            ON CONFLICT (a_id, b_id) DO UPDATE SET a_copied = excluded.a_copied, b_copied = excluded.b_copied
            """, .text(a), .text(b), .real(overlap.copiedA), .real(overlap.copiedB))
        for (position, passage) in overlap.passages.enumerated() {
            let row = try connection.prepare("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            try row.bind(1, a)
            try row.bind(2, b)
            let numbers = [
                position, passage.words, passage.a.paragraph, passage.a.start, passage.a.end, passage.b.paragraph,
                passage.b.start, passage.b.end,
            ]
            for (index, number) in numbers.enumerated() { try row.bind(Int32(3 + index), number) }
            try row.run()
        }
    }
}

/// How one article stands to another.
package struct ArticleRelation: Sendable {
    package let article: Reference
    /// The share of this article's words that it has in common with the other, in passages of eight or more.
    package let copied: Double
    /// The share of this article's facts that the other reports too.
    package let sharedFacts: Double
    /// The lineage both belong to, counted as one source when both belong to it for certain.
    package let group: String?
    package let reason: String
    package let confidence: Double
}

extension Reader {
    /// What an article shares with another, seen from the first; nil when nothing is known.
    package func overlap(of first: String, with second: String) throws -> Overlap? {
        let (a, b) = first < second ? (first, second) : (second, first)
        let shares = try connection.prepare("SELECT a_copied, b_copied FROM overlaps WHERE a_id = ? AND b_id = ?")
        try shares.bind(1, a)
        try shares.bind(2, b)
        guard try shares.step() else { return nil }
        let rows = try connection.prepare(
            """
            SELECT words, a_paragraph, a_start, a_end, b_paragraph, b_start, b_end FROM passages
            WHERE a_id = ? AND b_id = ? ORDER BY position
            """)
        try rows.bind(1, a)
        try rows.bind(2, b)
        var passages: [Passage] = []
        while try rows.step() {
            passages.append(
                Passage(
                    a: TextSpan(paragraph: rows.int(1), start: rows.int(2), end: rows.int(3)),
                    b: TextSpan(paragraph: rows.int(4), start: rows.int(5), end: rows.int(6)), words: rows.int(0)))
        }
        let overlap = Overlap(passages: passages, copiedA: shares.double(0), copiedB: shares.double(1))
        return first == a ? overlap : overlap.turned
    }

    /// Every overlap there is, for comparing them with what the texts say.
    package func overlaps() throws -> [StoredOverlap] {
        let rows = try connection.prepare("SELECT a_id, b_id FROM overlaps ORDER BY a_id, b_id")
        var pairs: [(String, String)] = []
        while try rows.step() { pairs.append((rows.text(0), rows.text(1))) }
        return try pairs.compactMap { a, b in try overlap(of: a, with: b).map { StoredOverlap(a, b, $0) } }
    }

    /// How this article stands to each of the others, the nearest first.
    package func relations(of article: Stored<Article>) throws -> [ArticleRelation] {
        let id = article.value.id
        let facts = try sharedFacts(of: id)
        var relations: [ArticleRelation] = []
        for reference in try articles() where reference.id != id {
            guard let other = try record(reference.id, of: Article.self) else { continue }
            let copied = try overlap(of: id, with: reference.id)?.copiedA ?? 0
            let kinship = Kinship(article.value.lineage, other.value.lineage)
            relations.append(
                ArticleRelation(
                    article: reference, copied: copied, sharedFacts: facts[reference.id] ?? 0, group: kinship.group,
                    reason: kinship.reason, confidence: kinship.confidence))
        }
        return relations.sorted { ($1.copied, $1.sharedFacts) < ($0.copied, $0.sharedFacts) }
    }

    /// The share of an article's facts that each other article reports too.
    private func sharedFacts(of article: String) throws -> [String: Double] {
        let rows = try connection.prepare(
            """
            WITH own AS (SELECT DISTINCT type, id FROM citations WHERE article_id = ?1 AND type <> 'discrepancy')
            SELECT c.article_id, count(DISTINCT c.type || ' ' || c.id), (SELECT count(*) FROM own)
            FROM own JOIN citations AS c ON c.type = own.type AND c.id = own.id
            WHERE c.article_id <> ?1 GROUP BY c.article_id
            """)
        try rows.bind(1, article)
        var shares: [String: Double] = [:]
        while try rows.step() {
            shares[rows.text(0)] = (rows.double(1) / max(rows.double(2), 1) * 1000).rounded() / 1000
        }
        return shares
    }
}

/// What two lineages say of each other.
private struct Kinship {
    let group: String?
    let reason: String
    let confidence: Double

    init(_ a: Article.Lineage?, _ b: Article.Lineage?) {
        guard let a, let b, a.group == b.group else {
            group = nil
            reason = "No common source is known."
            confidence = 0
            return
        }
        group = a.group
        reason = a.reason == b.reason ? a.reason : "\(a.reason) \(b.reason)"
        confidence = min(a.confidence, b.confidence)
    }
}

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

    /// - Parameter kinship: what it says of a common source; nil where it says nothing.
    func write(to connection: Connection, kinship: Kinship? = nil) throws {
        try connection.run("DELETE FROM passages WHERE a_id = ? AND b_id = ?", .text(a), .text(b))
        try connection.run(
            """
            INSERT INTO overlaps (a_id, b_id, a_copied, b_copied, kinship, kinship_reason) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (a_id, b_id) DO UPDATE SET a_copied = excluded.a_copied, b_copied = excluded.b_copied,
                kinship = excluded.kinship, kinship_reason = excluded.kinship_reason
            """, .text(a), .text(b), .real(overlap.copiedA), .real(overlap.copiedB),
            kinship.map { .real($0.confidence) } ?? .null, kinship.map { .text($0.reason) } ?? .null)
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

    /// How this article stands to each of those that it has something in common with, the nearest first.
    package func relations(of article: Stored<Article>) throws -> [ArticleRelation] {
        let id = article.value.id
        let facts = try sharedFacts(of: id)
        let own = try lineages(of: [id])[id]
        let kin = try kin(of: id, group: own?.lineage?.group)
        var relations: [ArticleRelation] = []
        for (other, found) in try lineages(of: Array(Set(facts.keys).union(kin.keys))) {
            let kinship = SharedLineage(own?.lineage, found.lineage, measured: kin[other]?.kinship)
            relations.append(
                ArticleRelation(
                    article: Reference(.article, other, name: found.name), copied: kin[other]?.copied ?? 0,
                    sharedFacts: facts[other] ?? 0, group: kinship.group, reason: kinship.reason,
                    confidence: kinship.confidence))
        }
        return relations.sorted {
            ($1.copied, $1.sharedFacts, $0.article.id) < ($0.copied, $0.sharedFacts, $1.article.id)
        }
    }

    /// What each of these articles is called, and the lineage that counts: the record's own, else the one measured.
    func lineages(of articles: [String]) throws -> [String: (name: String, lineage: Article.Lineage?)] {
        let rows = try connection.prepare(
            """
            SELECT id, name, coalesce(lineage_group, measured_group),
                CASE WHEN lineage_group IS NULL THEN measured_reason ELSE lineage_reason END,
                CASE WHEN lineage_group IS NULL THEN measured_confidence ELSE lineage_confidence END
            FROM articles WHERE id IN (SELECT value FROM json_each(?))
            """)
        try rows.bind(1, jsonArray(articles))
        var found: [String: (name: String, lineage: Article.Lineage?)] = [:]
        while try rows.step() {
            let lineage = rows.optionalText(2).map {
                Article.Lineage(group: $0, reason: rows.text(3), confidence: rows.double(4))
            }
            found[rows.text(0)] = (rows.text(1), lineage)
        }
        return found
    }

    /// The articles with which one has passages in common, or its group.
    private func kin(
        of id: String, group: String?
    ) throws -> [String: (copied: Double, kinship: Kinship?)] {
        let rows = try connection.prepare(
            """
            SELECT b_id, a_copied, kinship, kinship_reason FROM overlaps WHERE a_id = ?1
            UNION ALL SELECT a_id, b_copied, kinship, kinship_reason FROM overlaps WHERE b_id = ?1
            """)
        try rows.bind(1, id)
        var kin: [String: (copied: Double, kinship: Kinship?)] = [:]
        while try rows.step() {
            let kinship = rows.optionalDouble(2).map { Kinship(confidence: $0, reason: rows.text(3)) }
            if rows.double(1) > 0 || kinship != nil { kin[rows.text(0)] = (rows.double(1), kinship) }
        }
        guard let group else { return kin }
        let members = try connection.prepare(
            """
            SELECT id FROM articles WHERE lineage_group = ?1
            UNION SELECT id FROM articles WHERE measured_group = ?1 AND lineage_group IS NULL LIMIT \(Self.groupBound)
            """)
        try members.bind(1, group)
        while try members.step() {
            if members.text(0) != id, kin[members.text(0)] == nil { kin[members.text(0)] = (0, nil) }
        }
        return kin
    }

    /// Of so many articles of a group it is told that they belong to it.
    private static var groupBound: Int { 1000 }

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

/// What two lineages say of each other, or else what was measured on the texts.
private struct SharedLineage {
    let group: String?
    let reason: String
    let confidence: Double

    init(_ a: Article.Lineage?, _ b: Article.Lineage?, measured: Kinship?) {
        guard let a, let b, a.group == b.group else {
            group = nil
            reason = measured?.reason ?? "No common source is known."
            confidence = measured?.confidence ?? 0
            return
        }
        group = a.group
        reason = a.reason == b.reason ? a.reason : "\(a.reason) \(b.reason)"
        confidence = min(a.confidence, b.confidence)
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import JSON
internal import SQLite

/// The lineages that were measured on texts. They count without an editor, until one refuses them.
struct Lineages {
    /// Of so many articles at most, found from one by what they share, lineages are worked out together.
    static let bound = 200

    private let connection: Connection

    init(_ connection: Connection) {
        self.connection = connection
    }

    // MARK: Measuring

    /// What is known of an article; of one whose record says where it comes from, that goes before its credit.
    struct Member {
        let id: String
        let credit: String?
        /// Whether the record says of what lineage it is.
        let isSettled: Bool
        let measured: Article.Lineage?
    }

    /// Where an article would belong by what was measured.
    struct Belonging {
        let article: String
        let lineage: Article.Lineage
        /// All articles of the lineage, this one too.
        let members: [String]
        /// Whether it belonged to none until now.
        let isNew: Bool
    }

    /// What was worked out of articles that are linked to each other.
    struct Measurement {
        let articles: [String]
        /// The lineages of articles whose records do not say, that are others than before; nil where none counts any more.
        let changed: [(article: String, lineage: Article.Lineage?)]
    }

    /// Works out anew the lineages of some articles and of those that they are linked to, each but once where that will do, and has
    /// them count.
    /// - Parameter isRefused: whether an editor has said that an article does not belong there.
    func measure(around articles: [String], unless isRefused: (Belonging) throws -> Bool) throws -> [Measurement] {
        var measured: Set<String> = []
        return try articles.compactMap { article in
            if measured.contains(article) { return nil }
            let members = try members(around: article, after: measured)
            measured.formUnion(members.map(\.id))
            return try measure(members, unless: isRefused)
        }
    }

    private func measure(_ members: [Member], unless isRefused: (Belonging) throws -> Bool) throws -> Measurement {
        var finder = LineageFinder()
        for member in members { finder.add(member.id, credit: member.credit) }
        for (a, b, kinship) in try links(among: members.map(\.id)) { finder.link(a, b, kinship) }
        let found = finder.lineages
        let groups = Dictionary(grouping: found.keys) { found[$0]?.group }
        var changed: [(article: String, lineage: Article.Lineage?)] = []
        for member in members where !member.isSettled && found[member.id] != member.measured {
            var lineage = found[member.id]
            if let known = lineage {
                let belonging = Belonging(
                    article: member.id, lineage: known, members: groups[known.group] ?? [],
                    isNew: member.measured == nil)
                if try isRefused(belonging) { lineage = nil }
            }
            if lineage == member.measured { continue }
            try set(lineage, of: member.id)
            changed.append((member.id, lineage))
        }
        return Measurement(articles: members.map(\.id), changed: changed)
    }

    /// The articles that share so much with one that they may be of one source with it.
    func linked(to article: String) throws -> Set<String> {
        let rows = try connection.prepare(
            """
            SELECT CASE WHEN a_id = ?1 THEN b_id ELSE a_id END FROM overlaps
            WHERE (a_id = ?1 OR b_id = ?1) AND kinship >= \(LineageFinder.worthTelling)
            """)
        try rows.bind(1, article)
        var linked: Set<String> = []
        while try rows.step() { linked.insert(rows.text(0)) }
        return linked
    }

    /// The article and those that links lead to from it, the nearest first. Of those equally near, the ones that were not worked
    /// out yet come first: so all of many copies are in few neighbourhoods.
    private func neighbourhood(of article: String, after measured: Set<String>) throws -> [String] {
        var near = [article]
        var known: Set = [article]
        var next = 0
        while next < near.count, near.count < Self.bound {
            let linked = try linked(to: near[next]).subtracting(known)
            let new = linked.subtracting(measured).sorted() + linked.intersection(measured).sorted()
            near += new.prefix(Self.bound - near.count)
            known.formUnion(new)
            next += 1
        }
        return near
    }

    /// These articles, the earliest first: a group is named for its first.
    private func members(around article: String, after measured: Set<String>) throws -> [Member] {
        let rows = try connection.prepare(
            """
            SELECT a.id, coalesce(a.lineage_group, a.credit), a.lineage_group IS NOT NULL, a.measured_group,
                a.measured_reason, a.measured_confidence
            FROM json_each(?1) AS near CROSS JOIN articles AS a ON a.id = near.value ORDER BY a.earliest_max, a.id
            """)
        try rows.bind(1, jsonArray(neighbourhood(of: article, after: measured)))
        var members: [Member] = []
        while try rows.step() {
            let measured = rows.optionalText(3).map {
                Article.Lineage(group: $0, reason: rows.text(4), confidence: rows.double(5))
            }
            members.append(
                Member(
                    id: rows.text(0), credit: rows.optionalText(1), isSettled: rows.bool(2), measured: measured))
        }
        return members
    }

    private func links(among articles: [String]) throws -> [(a: String, b: String, kinship: Kinship)] {
        let rows = try connection.prepare(
            """
            SELECT a_id, b_id, kinship, kinship_reason FROM overlaps WHERE kinship IS NOT NULL
            AND a_id IN (SELECT value FROM json_each(?1)) AND b_id IN (SELECT value FROM json_each(?1))
            """)
        try rows.bind(1, jsonArray(articles))
        var links: [(a: String, b: String, kinship: Kinship)] = []
        while try rows.step() {
            links.append((rows.text(0), rows.text(1), Kinship(confidence: rows.double(2), reason: rows.text(3))))
        }
        return links
    }

    /// What makes a lineage the same proposal again.
    static func identity(_ group: String, of article: String) -> String { "\(article)\n\(group)" }

    // MARK: Counting

    /// Has what a proposal says of an article's lineage count.
    func setMeasured(_ content: JSONValue, of article: String) throws {
        guard case .object(let object) = content, case .object(let lineage)? = object["lineage"],
            case .string(let group)? = lineage["group"], case .string(let reason)? = lineage["reason"]
        else { return }
        let confidence: Double =
            switch lineage["confidence"] {
            case .number(let number)?: number
            case .integer(let number)?: Double(number)
            default: 0
            }
        try set(Article.Lineage(group: group, reason: reason, confidence: confidence), of: article)
    }

    /// Has what a proposal says of an article's lineage count no more: the group that it names, and that which it was made for. What
    /// was measured since of another group stays.
    func forget(_ content: JSONValue, of article: String, proposal: String) throws {
        let row = try connection.prepare("SELECT measured_group FROM articles WHERE id = ?")
        try row.bind(1, article)
        guard try row.step(), let group = row.optionalText(0) else { return }
        let isProposed = ProposalDraft.id(.lineage, Self.identity(group, of: article)) == proposal
        guard case .object(let object) = content, case .object(let lineage)? = object["lineage"],
            isProposed || lineage["group"] == .string(group)
        else { return }
        try set(nil, of: article)
    }

    private func set(_ lineage: Article.Lineage?, of article: String) throws {
        try connection.run(
            "UPDATE articles SET measured_group = ?, measured_reason = ?, measured_confidence = ? WHERE id = ?",
            lineage.map { .text($0.group) } ?? .null, lineage.map { .text($0.reason) } ?? .null,
            lineage.map { .real($0.confidence) } ?? .null, .text(article))
    }
}

// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import SQLite

/// What two articles report, held against each other.
package struct Comparison: Sendable {
    /// Facts that only the first reports, only the second, and both.
    package var onlyA: [Reference] = []
    package var onlyB: [Reference] = []
    package var both: [Reference] = []
    /// The discrepancies in which they give accounts that are not the same.
    package var differ: [Reference] = []
}

/// Which articles report which facts.
package struct CoverageMatrix: Sendable {
    package struct Row: Sendable {
        package let fact: Reference
        /// One for each article, in their order.
        package let reportedBy: [Bool]
    }

    package let articles: [Reference]
    package let rows: [Row]
    package let total: ListTotal
    /// The last row's type, name and id when more follow.
    package let next: [SortValue]?
}

extension Reader {
    /// All facts but discrepancies, which are about facts, by who cites them; and the discrepancies in which one article
    /// gives an account and the other one another.
    package func compare(_ a: String, _ b: String) throws -> Comparison {
        let rows = try connection.prepare(
            """
            SELECT f.type, f.id, \(ReferenceNames.expression("f.type", "f.id")) AS name, f.byA, f.byB,
                   f.type = 'discrepancy' AND EXISTS (
                       SELECT 1 FROM citations AS x JOIN citations AS y ON y.type = x.type AND y.id = x.id
                       WHERE x.type = f.type AND x.id = f.id AND x.article_id = ?1 AND y.article_id = ?2
                           AND x.part <> y.part) AS differ
            FROM (
                SELECT type, id, max(article_id = ?1) AS byA, max(article_id = ?2) AS byB FROM citations
                WHERE article_id IN (?1, ?2) GROUP BY type, id) AS f ORDER BY f.type, name, f.id
            """)
        try rows.bind(1, a)
        try rows.bind(2, b)
        var comparison = Comparison()
        while try rows.step() {
            let reference = try rows.anyReference(0)
            switch (reference.type, rows.bool(3), rows.bool(4)) {
            case (.discrepancy, _, _): if rows.bool(5) { comparison.differ.append(reference) }
            case (_, true, true): comparison.both.append(reference)
            case (_, true, false): comparison.onlyA.append(reference)
            default: comparison.onlyB.append(reference)
            }
        }
        return comparison
    }

    /// Every article, in the order of publication.
    package func articles() throws -> [Reference] {
        let rows = try connection.prepare("SELECT id, name FROM articles ORDER BY earliest_max, latest_max, id")
        var articles: [Reference] = []
        while try rows.step() { articles.append(Reference(.article, rows.text(0), name: rows.text(1))) }
        return articles
    }

    /// A page of the matrix of facts and articles, by type, name and id.
    package func coverage(_ types: [FactType], limit: Int, after: [SortValue]?) throws -> CoverageMatrix {
        let articles = try articles()
        var page: [Reference] = []
        // Type by type, each in the order of its names, so that no more is read than the page shows.
        for type in types.sorted(by: { $0.rawValue < $1.rawValue }) where page.count <= limit {
            var condition: SQL = ""
            if case .text(let last)? = after?.first {
                if type.rawValue < last { continue }
                if type.rawValue == last {
                    let place = (after ?? []).dropFirst().map { "\($0.value)" as SQL }.joined(by: ", ")
                    condition = "WHERE (name, id) > (\(place)) "
                }
            }
            let statement: SQL = """
                SELECT id, name FROM \(name: Self.table(of: type)) \(condition)ORDER BY name, id
                LIMIT \(limit + 1 - page.count)
                """
            let rows = try statement.prepare(on: connection)
            while try rows.step() { page.append(Reference(type, rows.text(0), name: rows.text(1))) }
        }
        let more = page.count > limit
        page = Array(page.prefix(limit))

        let reports = try reports(of: page)
        let next: [SortValue]? = more ? page.last.map { [.text($0.type.rawValue), .text($0.name), .text($0.id)] } : nil
        let number = try types.reduce(0) { try $0 + connection.count(of: $1) }
        return CoverageMatrix(
            articles: articles,
            rows: page.map { fact in
                CoverageMatrix.Row(fact: fact, reportedBy: articles.map { reports[fact]?.contains($0.id) ?? false })
            },
            total: number > ListTotal.bound ? .atLeast(ListTotal.bound) : .exact(number), next: next)
    }

    /// The articles that cite each of these facts.
    private func reports(of facts: [Reference]) throws -> [Reference: Set<String>] {
        var reports: [Reference: Set<String>] = [:]
        for (type, group) in Dictionary(grouping: facts, by: \.type) {
            let rows = try connection.prepare(
                """
                SELECT DISTINCT c.id, c.article_id FROM json_each(?1) AS wanted
                JOIN citations AS c ON c.type = ?2 AND c.id = wanted.value
                """)
            try rows.bind(1, jsonArray(group.map(\.id)))
            try rows.bind(2, type.rawValue)
            while try rows.step() { reports[Reference(type, rows.text(0)), default: []].insert(rows.text(1)) }
        }
        return reports
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// The SQL of a list: which rows, and the values bound to it. Only its shape depends on the request; what clients send
/// is always bound.
struct ListStatement<Record: StoredFact> {
    private(set) var source: String
    private(set) var conditions: [String] = []
    private(set) var values: [Value] = []
    private let reporter: String?

    init(_ query: ListQuery<Record>) {
        source = "\(Record.table) AS t"
        reporter = query.reporter
        if let search = query.search { match(search, scored: query.order.name == ListOrder.relevance.name) }
        if let reporter { keepReported(by: reporter) }
        for filter in query.filters { add(filter, in: query) }
        if let window = query.window { add(window) }
    }

    private mutating func bind(_ value: Value) -> String {
        values.append(value)
        return "?\(values.count)"
    }

    /// Only what the article cites.
    private mutating func keepReported(by article: String) {
        conditions.append(
            """
            t.id IN (SELECT c.id FROM citations AS c
                     WHERE c.type = '\(Record.type.rawValue)' AND c.article_id = \(bind(.text(article))))
            """)
    }

    private mutating func bindReporter(in sql: String) -> String {
        guard let reporter, sql.contains(FilterTest.reporter) else { return sql }
        return sql.replacing(FilterTest.reporter, with: bind(.text(reporter)))
    }

    private mutating func match(_ search: SearchExpression, scored: Bool) {
        let expression = bind(.text(search.expression))
        let type = bind(.text(Record.type.rawValue))
        guard scored else {
            conditions.append(
                """
                t.id IN (SELECT d.id FROM search JOIN documents AS d ON d.number = search.rowid
                         WHERE search MATCH \(expression) AND d.type = \(type))
                """)
            return
        }
        source = """
            (SELECT x.*, bm25(search, 8.0, 4.0, 1.0) AS score FROM search
             JOIN documents AS d ON d.number = search.rowid AND d.type = \(type)
             JOIN \(Record.table) AS x ON x.id = d.id WHERE search MATCH \(expression)) AS t
            """
    }

    private mutating func add(_ filter: Filter<Record.Field>, in query: ListQuery<Record>) {
        let test = query.test(of: filter.field)
        var alternatives: [String] = []
        if !filter.values.isEmpty {
            let list = bind(.text(jsonArray(filter.values)))
            alternatives.append(bindReporter(in: test.match.replacing(FilterTest.placeholder, with: list)))
        }
        if filter.allowsAbsent { alternatives.append(bindReporter(in: test.absent ?? "FALSE")) }
        let condition = "(\(alternatives.joined(separator: " OR ")))"
        // What is not known to match is part of the complement, also where the column is null.
        conditions.append(filter.isNegated ? "\(condition) IS NOT TRUE" : condition)
    }

    /// The same rules as `DateFilter`, over the sort keys; qualifiers and unknown ends show in the EDTF text.
    private mutating func add(_ window: DateWindow) {
        let from = bind(.integer(Int64(window.bounds.lowerBound)))
        let to = bind(.integer(Int64(window.bounds.upperBound)))
        conditions.append("t.date_edtf IS NOT NULL")
        guard window.isCertain else {
            conditions.append("t.latest_max >= \(from) AND t.earliest_min <= \(to)")
            return
        }
        conditions.append(
            """
            t.earliest_min >= \(from) AND t.latest_max <= \(to)
            AND t.date_edtf NOT GLOB '*[?~%]*' AND t.date_edtf NOT GLOB '/*' AND t.date_edtf NOT GLOB '*/'
            """)
    }

    private var whereClause: String {
        conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    }

    /// Counts to one past the bound.
    func count(upTo bound: Int) -> String {
        "SELECT count(*) FROM (SELECT 1 FROM \(source)\(whereClause) LIMIT \(bound + 1))"
    }

    /// Selects ids that are about as long as this one, in no order.
    mutating func ids(near id: String, upTo bound: Int) -> String {
        conditions.append("abs(length(t.id) - length(\(bind(.text(id))))) <= 3")
        return "SELECT t.id FROM \(source)\(whereClause) LIMIT \(bound)"
    }

    /// Selects each value and the number of rows that have it.
    mutating func facet(_ source: FacetSource) -> String {
        switch source {
        case .expression(let value):
            return """
                SELECT \(bindReporter(in: value)) AS value, count(*) AS number FROM \(self.source)\(whereClause)
                GROUP BY 1 HAVING value IS NOT NULL
                """
        case .pairs(let query):
            return """
                SELECT pairs.value AS value, count(DISTINCT pairs.id) AS number FROM (\(query)) AS pairs
                WHERE pairs.value IS NOT NULL AND pairs.id IN (SELECT t.id FROM \(self.source)\(whereClause)) GROUP BY 1
                """
        }
    }

    /// Selects a row if the record of this id is in the list.
    mutating func existence(of id: String) -> String {
        conditions.append("t.id = \(bind(.text(id)))")
        return "SELECT 1 FROM \(source)\(whereClause)"
    }

    /// Selects the sort values, the id last, of one more row than the page holds.
    mutating func page(of query: ListQuery<Record>) -> String {
        let columns = query.order.columns(descending: query.isDescending).map { "t.\($0)" }
        if let after = query.after {
            let marks = after.map { bind($0.value) }
            let comparison = query.isDescending ? "<" : ">"
            conditions.append(
                "(\(columns.joined(separator: ", "))) \(comparison) (\(marks.joined(separator: ", ")))")
        }
        let direction = query.isDescending ? " DESC" : ""
        return """
            SELECT \(columns.joined(separator: ", ")) FROM \(source)\(whereClause)
            ORDER BY \(columns.map { $0 + direction }.joined(separator: ", ")) LIMIT \(query.limit + 1)
            """
    }
}

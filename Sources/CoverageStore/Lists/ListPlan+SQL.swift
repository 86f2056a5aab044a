// SPDX-License-Identifier: Apache-2.0

internal import Coverage

/// The parts of the statements. Every row is called `t`, be it of the record's own table or of a listing.
extension ListPlan {
    /// A `FROM` with its conditions, the columns that place a row in the order, and whether rows may come twice.
    typealias Rows = (source: String, columns: [String], mayRepeat: Bool)

    /// The columns of the record's own table that place it in the order of a listing.
    var tableColumns: [String] {
        order.listing == .name ? order.listing.columns : order.columns(descending: isDescending)
    }

    /// The rows of one range after a place in the order.
    func rows(of range: ListRange, after: [SortValue]?, _ values: inout BoundValues) -> Rows {
        let own = order.columns(descending: isDescending)
        var source = "\(Record.table) AS t"
        var keys = tableColumns
        var columns = own
        var conditions: [String] = []
        var mayRepeat = false
        var isPassed = false
        switch range.kind {
        case .found: source = found(&values)
        case .everything: break
        case .begun(let days, let end, let term):
            if let term {
                source = "\(order.listing.rawValue) AS t"
                (keys, columns) = (order.listing.columns, order.listing.columns)
                conditions.append("t.term = \(values.bind(term.number))")
                // A missing end stands beyond the last day either way.
                if let end { conditions.append("t.latest > \(Int32.min) AND t.latest <= \(values.bind(Int(end)))") }
                if let guardian = order.listing.guardian(descending: isDescending, isIndexed: false) {
                    conditions.append(guardian)
                }
            }
            let begun = begun(days, columns[0], after: after, &values)
            conditions += begun.conditions
            isPassed = begun.isPassed
        case .listed(let term):
            source = "\(order.listing.rawValue) AS t"
            (keys, columns) = (order.listing.columns, order.listing.columns)
            conditions.append("t.term = \(values.bind(term.number))")
            // The place to go on from is the nearer bound to search by.
            if let guardian = order.listing.guardian(descending: isDescending, isIndexed: after == nil) {
                conditions.append(guardian)
            }
        case .linked(let links):
            source = """
                json_each(\(values.bind(jsonArray(links.values)))) AS wanted
                CROSS JOIN \(links.link.table) AS x ON x.\(links.link.to) = wanted.value
                CROSS JOIN \(Record.table) AS t ON t.id = x.\(links.link.from)
                """
            mayRepeat = true
        }
        if let after, !isPassed {
            let marks = after.map { values.bind($0.value) }.joined(separator: ", ")
            let place = columns.map { "t.\($0)" }.joined(separator: ", ")
            conditions.append("(\(place)) \(isDescending ? "<" : ">") (\(marks))")
        }
        if let test = range.window { conditions += condition(test, keys: keys, &values) }
        conditions += self.conditions(keys: keys, &values)
        return ("FROM \(source)\(Self.whereClause(conditions))", columns.map { "t.\($0)" }, mayRepeat)
    }

    /// What begins between two days. Of two lower bounds the index could be searched by either, so only the higher one
    /// is written; likewise of two upper ones.
    /// - Returns: the conditions, and whether they stand for the place to go on from too.
    private func begun(
        _ days: ClosedRange<Int32>, _ column: String, after: [SortValue]?, _ values: inout BoundValues
    ) -> (conditions: [String], isPassed: Bool) {
        let column = "t.\(column)"
        let (first, last) = (Int(days.lowerBound), Int(days.upperBound))
        guard case .integer(let place)? = after?.first else {
            return (["\(column) BETWEEN \(values.bind(first)) AND \(values.bind(last))"], false)
        }
        let isPassed = isDescending ? place > Int64(last) : place < Int64(first)
        var conditions: [String] = []
        if isPassed || isDescending { conditions.append("\(column) >= \(values.bind(first))") }
        if isPassed || !isDescending { conditions.append("\(column) <= \(values.bind(last))") }
        return (conditions, isPassed)
    }

    private func found(_ values: inout BoundValues) -> String {
        let score = order.name == ListOrder.relevance.name ? ", bm25(search, 8.0, 4.0, 1.0) AS score" : ""
        return """
            (SELECT x.*\(score) FROM search
             CROSS JOIN documents AS d ON d.number = search.rowid AND d.type = \(values.bind(Record.type.rawValue))
             CROSS JOIN \(Record.table) AS x ON x.id = d.id
             WHERE search MATCH \(values.bind(search?.expression ?? ""))) AS t
            """
    }

    // MARK: Tests

    /// What a row has to fulfil beside being in the range.
    /// - Parameter keys: the columns of the row that place it in a listing.
    func conditions(keys: [String], _ values: inout BoundValues) -> [String] {
        var all = tests.map { condition($0, keys: keys, &values) }
        if testsWindow { all += condition(.whole, keys: keys, &values) }
        return all
    }

    private func condition(_ test: DatePlan.Test, keys: [String], _ values: inout BoundValues) -> [String] {
        guard let window else { return [] }
        if keys == ListOrder.Listing.date.columns,
            let condition = window.listedCondition(test, descending: isDescending, &values)
        {
            return [condition]
        }
        return [window.condition(test, of: Record.table, &values)]
    }

    /// What is not known to match is part of the complement.
    private func condition(_ test: ListCondition, keys: [String], _ values: inout BoundValues) -> String {
        var alternatives: [String] = []
        switch test.kind {
        case .among(let terms, let links, _):
            if !terms.isEmpty { alternatives.append(listed(terms, keys: keys, &values)) }
            if let links {
                alternatives.append(
                    """
                    EXISTS (SELECT 1 FROM \(links.link.table) AS x WHERE x.\(links.link.from) = t.id
                            AND x.\(links.link.to) IN \(values.bind(each: links.values)))
                    """)
            }
        case .computed(let expression, let wanted, let allowsAbsent):
            let value = expression.replacing(FilterTest.reporter, with: values.bind(reporter ?? ""))
            if !wanted.isEmpty { alternatives.append("\(value) IN \(values.bind(each: wanted))") }
            if allowsAbsent { alternatives.append("\(value) IS NULL") }
        }
        let condition = alternatives.isEmpty ? "FALSE" : "(\(alternatives.joined(separator: " OR ")))"
        return test.isNegated ? "\(condition) IS NOT TRUE" : condition
    }

    /// A look-up by the whole key: a record has the same place under each of its terms.
    private func listed(_ terms: [ListTerm], keys: [String], _ values: inout BoundValues) -> String {
        let wanted = terms.count == 1 ? "= \(values.bind(terms[0].number))" : "IN \(values.bind(each: terms))"
        let place = zip(order.listing.columns, keys).map { "x.\($0) = t.\($1)" }.joined(separator: " AND ")
        return "EXISTS (SELECT 1 FROM \(order.listing.rawValue) AS x WHERE x.term \(wanted) AND \(place))"
    }

    static func whereClause(_ conditions: [String]) -> String {
        conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    }
}

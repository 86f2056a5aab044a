// SPDX-License-Identifier: Apache-2.0

internal import Coverage

/// The parts of the statements. Every row is called `t`, be it of the record's own table or of a listing.
extension ListPlan {
    /// A `FROM` with its conditions, the columns of `t` that place a row in the order, and whether rows may come twice.
    typealias Rows = (source: SQL, columns: [String], mayRepeat: Bool)

    /// The columns of the record's own table that place it in the order of a listing.
    var tableColumns: [String] {
        order.listing == .name ? order.listing.columns : order.columns(descending: isDescending)
    }

    /// The rows of one range after a place in the order.
    func rows(of range: ListRange, after: [SortValue]?) -> Rows {
        let own = order.columns(descending: isDescending)
        let listed = order.listing.columns
        var source: SQL = "\(name: Record.table) AS t"
        var (keys, columns) = (tableColumns, own)
        var conditions: [SQL] = []
        var mayRepeat = false
        var isWhollyAfter = false
        switch range.kind {
        case .found: source = found
        case .everything: break
        case .begun(let days, let end, let term):
            if let term {
                source = "\(name: order.listing.rawValue) AS t"
                (keys, columns) = (listed, listed)
                conditions.append("t.term = \(term.number)")
                let direction = order.listing.endCondition(descending: isDescending)
                // A missing end is none that lies before a day, in either direction.
                conditions.append(
                    end.map { "t.latest > \(ListOrder.Listing.firstDay) AND t.latest <= \($0)" } ?? direction)
            }
            let begun = begun(days, columns[0], after: after)
            conditions += begun.conditions
            isWhollyAfter = begun.isWhollyAfter
        case .listed(let term):
            source = "\(name: order.listing.rawValue) AS t"
            (keys, columns) = (listed, listed)
            conditions.append("t.term = \(term.number)")
            // The place to go on from is the nearer bound to search by.
            if let direction = order.listing.directionCondition(descending: isDescending, isIndexed: after == nil) {
                conditions.append(direction)
            }
        case .linked(let links):
            source = """
                json_each(\(jsonArray(links.values))) AS wanted
                CROSS JOIN \(name: links.link.table) AS x ON x.\(name: links.link.to) = wanted.value
                CROSS JOIN \(source) ON t.id = x.\(name: links.link.from)
                """
            mayRepeat = true
        }
        if let after, !isWhollyAfter {
            let place = after.map { "\($0.value)" as SQL }.joined(by: ", ")
            let comparison: SQL = isDescending ? "<" : ">"
            conditions.append("(\(columns: columns)) \(comparison) (\(place))")
        }
        if let test = range.window { conditions += condition(test, keys: keys) }
        conditions += self.conditions(keys: keys)
        return ("FROM \(source)\(conditions.whereClause)", columns, mayRepeat)
    }

    /// What begins between two days. Of two lower bounds the index could be searched by either, so only the higher one
    /// is written; likewise of two upper ones.
    /// - Returns: the conditions, and whether they stand for the place to go on from too.
    private func begun(
        _ days: ClosedRange<Int32>, _ column: String, after: [SortValue]?
    ) -> (conditions: [SQL], isWhollyAfter: Bool) {
        let (first, last) = (days.lowerBound, days.upperBound)
        guard case .integer(let place)? = after?.first else {
            return (["t.\(name: column) BETWEEN \(first) AND \(last)"], false)
        }
        let isWhollyAfter = isDescending ? place > Int64(last) : place < Int64(first)
        var conditions: [SQL] = []
        if isWhollyAfter || isDescending { conditions.append("t.\(name: column) >= \(first)") }
        if isWhollyAfter || !isDescending { conditions.append("t.\(name: column) <= \(last)") }
        return (conditions, isWhollyAfter)
    }

    private var found: SQL {
        let score: SQL = order.name == ListOrder.relevance.name ? ", bm25(search, 8.0, 4.0, 1.0) AS score" : ""
        return """
            (SELECT x.*\(score) FROM search
             CROSS JOIN documents AS d ON d.number = search.rowid AND d.type = \(Record.type.rawValue)
             CROSS JOIN \(name: Record.table) AS x ON x.id = d.id
             WHERE search MATCH \(search?.expression ?? "")) AS t
            """
    }

    // MARK: Tests

    /// What a row has to fulfil beside being in the range.
    /// - Parameter keys: the columns of the row that place it in a listing.
    func conditions(keys: [String]) -> [SQL] {
        var all = tests.map { condition($0, keys: keys) }
        if testsWindow { all += condition(.whole, keys: keys) }
        return all
    }

    private func condition(_ test: DatePlan.Test, keys: [String]) -> [SQL] {
        guard let window else { return [] }
        if keys == ListOrder.Listing.date.columns,
            let condition = window.listedCondition(test, descending: isDescending)
        {
            return [condition]
        }
        return [window.condition(test, of: Record.table)]
    }

    /// What is not known to match is part of the complement.
    private func condition(_ test: ListCondition, keys: [String]) -> SQL {
        var alternatives: [SQL] = []
        switch test.kind {
        case .among(let terms, let links, _):
            if !terms.isEmpty { alternatives.append(listed(terms, keys: keys)) }
            if let links {
                alternatives.append(
                    """
                    EXISTS (SELECT 1 FROM \(name: links.link.table) AS x WHERE x.\(name: links.link.from) = t.id
                            AND x.\(name: links.link.to) IN \(each: links.values))
                    """)
            }
        case .computed(let value, let wanted, let allowsAbsent):
            if !wanted.isEmpty { alternatives.append("\(value) IN \(each: wanted)") }
            if allowsAbsent { alternatives.append("\(value) IS NULL") }
        }
        let condition: SQL = alternatives.isEmpty ? "FALSE" : "(\(alternatives.joined(by: " OR ")))"
        return test.isNegated ? "\(condition) IS NOT TRUE" : condition
    }

    /// A look-up by the whole key: a record has the same place under each of its terms.
    private func listed(_ terms: [ListTerm], keys: [String]) -> SQL {
        let wanted: SQL = terms.count == 1 ? "= \(terms[0].number)" : "IN \(each: terms)"
        let place = zip(order.listing.columns, keys).map { "x.\(name: $0) = t.\(name: $1)" as SQL }
        return """
            EXISTS (SELECT 1 FROM \(name: order.listing.rawValue) AS x WHERE x.term \(wanted) AND \(place.joined(by: " AND ")))
            """
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// How one list is read: from which ordered ranges, whose rows are merged, and what each row is held against on the way.
///
/// The ranges are those of the filter that keeps the fewest records, or those of the dates, where that filter keeps many and they
/// have fewer; every other filter is a test by key. So a list by one filter reads a page's worth of rows from each of its values,
/// and one by several, or by dates too, at most all records of the rarest. Of one value with many records, in the order of dates,
/// only those are read that are between the dates, and what lasts of those that began before. An exclusion passes over what it
/// excludes, but where the values are a closed set the others are read instead.
///
/// Only the shape of the SQL depends on the request; what clients send is always bound.
struct ListPlan<Record: StoredFact> {
    /// Where the rows come from.
    private(set) var ranges: [ListRange] = []
    /// Whether a record may be in more than one of the ranges.
    private(set) var mayRepeat = false
    /// Whether the ranges are the parts of what one term has, one after the other.
    private(set) var isParted = false
    let order: ListOrder
    let isDescending: Bool

    let search: SearchExpression?
    /// What each row is held against.
    private(set) var tests: [ListCondition]
    let window: DatePlan?
    private(set) var testsWindow = true

    /// So many records are held against the dates for less than it takes to look up whether these have fewer.
    private static var few: Int { 200 }
    /// So many rows that stand together are read for what it takes to look one record up by its key.
    private static var rowsPerLookup: Int { 50 }

    /// - Parameters:
    ///   - order: another order than the query's, for counting.
    ///   - isSought: whether ranges are chosen; else there are only tests.
    init(
        _ query: ListQuery<Record>, order: ListOrder? = nil, isSought: Bool = true, on connection: Connection
    ) throws {
        let order = order ?? query.order
        self.order = order
        isDescending = query.isDescending
        search = query.search
        tests = try query.filters.map { try ListCondition($0, in: query, on: connection) }
        if let reporter = query.reporter {
            let terms = try connection.terms([reporter], of: "article", Record.type)
            tests.append(ListCondition(.among(terms, links: nil, isSingle: true)))
        }
        window = query.window.map(DatePlan.init)
        if isSought { try chooseRanges(on: connection) }
    }

    private mutating func chooseRanges(on connection: Connection) throws {
        guard search == nil else {
            ranges = [ListRange(.found)]
            return
        }
        var choice: (index: Int, records: Int)?
        for (index, test) in tests.enumerated() {
            guard let records = test.records, records < choice?.records ?? .max else { continue }
            choice = (index, records)
        }
        guard let choice else {
            let found = try window?.ranges(of: Record.self, order: order, on: connection)
            (ranges, testsWindow) = (found?.ranges ?? [ListRange(.everything)], found == nil)
            return
        }
        let parts = parts(of: tests[choice.index])
        // What there may be of the dates for them to be read instead.
        let bound = parts == nil ? choice.records : choice.records / Self.rowsPerLookup
        if bound > Self.few, let found = try window?.ranges(of: Record.self, order: order, on: connection),
            found.records < bound
        {
            (ranges, testsWindow) = (found.ranges, false)
            return
        }
        (ranges, mayRepeat) = tests.remove(at: choice.index).ranges
        if let parts { (ranges, isParted, testsWindow) = (parts, true, false) }
    }

    /// What has a term, in the order of dates, parted by the window; nil where that cannot be, or is of no use.
    private func parts(of condition: ListCondition) -> [ListRange]? {
        guard order.listing == .date, let window, !window.window.isCertain, let term = condition.onlyTerm,
            term.records > Self.few
        else { return nil }
        return window.ranges(of: term, descending: isDescending)
    }

    /// How many records match, where that is known without reading any: all of a value, or all but those of one.
    func knownCount(on connection: Connection) throws -> Int? {
        guard search == nil, window == nil, !mayRepeat else { return nil }
        let terms = ranges.compactMap(\.term)
        if terms.count == ranges.count { return tests.isEmpty ? terms.reduce(0) { $0 + $1.records } : nil }
        guard ranges.count == 1, case .everything = ranges[0].kind, tests.count <= 1 else { return nil }
        let all = try connection.count(of: Record.type)
        guard let test = tests.first else { return all }
        guard test.isNegated, case .among(let excluded, nil, let isSingle) = test.kind, excluded.count < 2 || isSingle
        else { return nil }
        return excluded.reduce(all) { $0 - $1.records }
    }

    // MARK: Statements

    /// Selects the sort values, the id last, of the first rows of a range.
    /// - Parameter after: the place in the order to go on from.
    func rows(of range: ListRange, after: [SortValue]?, limit: Int) -> SQL {
        let rows = rows(of: range, after: after)
        return """
            SELECT \(distinct(rows.mayRepeat))\(columns: rows.columns) \(rows.source)
            ORDER BY \(columns: rows.columns, isDescending ? " DESC" : "") LIMIT \(limit)
            """
    }

    /// Selects the ids of all that match, each once.
    /// - Parameter limit: how many at most.
    func ids(limit: Int? = nil) -> SQL { matches(parts, limit: limit, isCounted: false) }

    /// Counts all that match.
    /// - Parameter limit: how far at most.
    func count(limit: Int) -> SQL {
        let parts = parts
        guard !parts.mayRepeat, isParted || ranges.allSatisfy({ $0.term != nil }) else {
            return "SELECT count(*) FROM (\(matches(parts, limit: limit, isCounted: true)))"
        }
        // Where there cannot be more, no row is handed on to be held against the limit.
        let counts = parts.all.map { rows, records -> SQL in
            records ?? .max <= limit
                ? "SELECT count(*) \(rows)" : "SELECT count(*) FROM (SELECT 1 \(rows) LIMIT \(limit))"
        }
        if counts.count == 1 { return counts[0] }
        return "SELECT min(\(limit), 0\(counts.map { " + (\($0))" as SQL }.joined(by: "")))"
    }

    /// - Parameter isCounted: the ids are not read where each row counts.
    private func matches(_ parts: Parts, limit: Int?, isCounted: Bool) -> SQL {
        let column: SQL = isCounted && !parts.mayRepeat ? "1 AS id" : "t.id"
        let selections = parts.all.map { "SELECT \(column) \($0.rows)" as SQL }
        let all: SQL =
            selections.isEmpty ? "SELECT '' AS id WHERE FALSE" : selections.joined(by: " UNION ALL ")
        let bound: SQL = if let limit { " LIMIT \(limit)" } else { "" }
        return "SELECT \(distinct(parts.mayRepeat))id FROM (\(all))\(bound)"
    }

    /// The rows of all that match, in parts, with the most that each can have, and whether a record may be in two.
    private typealias Parts = (all: [(rows: SQL, records: Int?)], mayRepeat: Bool)

    private var parts: Parts {
        var parts: Parts = ([], mayRepeat)
        let terms = ranges.compactMap(\.term)
        if !terms.isEmpty { parts.all.append((rows(of: terms), terms.reduce(0) { $0 + $1.records })) }
        for range in ranges where range.term == nil {
            let rows = rows(of: range, after: nil)
            parts.mayRepeat = parts.mayRepeat || rows.mayRepeat
            parts.all.append((rows.source, range.records))
        }
        return parts
    }

    /// The rows of any number of terms, which are one part of a statement however many a client asks for.
    private func rows(of terms: [ListTerm]) -> SQL {
        let listing = order.listing
        var conditions: [SQL] = [terms.count == 1 ? "t.term = \(terms[0].number)" : "t.term IN \(each: terms)"]
        if let direction = listing.directionCondition(descending: isDescending) { conditions.append(direction) }
        conditions += self.conditions(keys: listing.columns)
        return "FROM \(name: listing.rawValue) AS t\(conditions.whereClause)"
    }

    private func distinct(_ mayRepeat: Bool) -> SQL { mayRepeat ? "DISTINCT " : "" }

    /// Selects a row if the record of this id is in the list; of a plan for which no ranges were sought.
    func existence(of id: String) -> SQL {
        let conditions: [SQL] = ["t.id = \(id)"] + conditions(keys: tableColumns)
        return "SELECT 1 FROM \(name: Record.table) AS t\(conditions.whereClause)"
    }
}

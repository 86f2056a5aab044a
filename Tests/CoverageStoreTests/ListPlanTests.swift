// SPDX-License-Identifier: Apache-2.0

import Coverage
import LargeCoverage
import SQLite
import TestSupport
import Testing

@testable import CoverageStore

/// How lists are read: each list by each single filter in each order from an index, and every combination within a bound of
/// rows. The plans do not depend on how much there is, since nothing ever counts what the indexes hold for SQLite.
@Suite(.serialized) struct ListPlanTests {
    private static let shared = Result { try TestCoverage(sample) }
    private static let sample = LargeCoverage(events: 1200, officials: 150, issues: 60, places: 50, articles: 60)
    private let coverage: TestCoverage

    init() throws {
        coverage = try Self.shared.get()
    }

    // MARK: Every list by itself

    /// Each way of asking for one field: a value, two, all but one, none, all but none.
    private func filters<Record: StoredFact>(_ type: Record.Type) throws -> [Filter<Record.Field>] {
        try Record.Field.allCases.flatMap { field in
            let values = try coverage.database.read { try $0.sampleValues(of: field, Record.self) }
            #expect(!values.isEmpty, "few to ask \(Record.type).\(field) for")
            var filters = [values.prefix(1), values.prefix(2)].flatMap { values in
                [false, true].map { Filter<Record.Field>(field, values: Array(values), isNegated: $0) }
            }
            if field.test.canBeAbsent {
                filters += [false, true].map { Filter(field, values: [], allowsAbsent: true, isNegated: $0) }
                filters.append(Filter(field, values: Array(values.prefix(1)), allowsAbsent: true))
            }
            return filters
        }
    }

    private func expectIndexedPlans<Record: StoredFact>(_ type: Record.Type) throws {
        var queries = try filters(type).map { ListQuery<Record>(filters: [$0]) } + [ListQuery<Record>()]
        if Record.orders.contains(where: { $0.name == "date" }) {
            let windows = try Self.windows.map { try DateWindow($0, $1, isCertain: $2) }
            queries += windows.map { ListQuery<Record>(window: $0) }
            queries += queries.filter { !$0.filters.isEmpty }.flatMap { query in
                windows.map { ListQuery<Record>(filters: query.filters, window: $0) }
            }
        }
        for query in queries {
            for order in [ListOrder.name] + Record.orders {
                for isDescending in [false, true] {
                    var query = query
                    (query.order, query.isDescending) = (order, isDescending)
                    try expectIndexedPlan(query)
                    let first = try coverage.database.read { try $0.items(query) }
                    guard let next = first.next else { continue }
                    query.after = next
                    try expectIndexedPlan(query)
                }
            }
        }
    }

    private func expectIndexedPlan<Record: StoredFact>(_ query: ListQuery<Record>) throws {
        let label = "\(Record.type) \(query.filters) \(query.order.name) \(query.isDescending)"
        try coverage.database.read { reader in
            let plan = try ListPlan(query, on: reader.connection)
            for range in plan.ranges {
                let statement = plan.rows(of: range, after: query.after, limit: 21)
                var isBounded = false
                var isWhole = false
                switch range.kind {
                case .linked, .found: isBounded = true
                case .everything: isWhole = true
                case .listed, .begun: break
                }
                for step in try statement.explain(on: reader.connection) {
                    // What is walked from its beginning is walked in the order of an index, to the end of the page.
                    let isRead = step.isSearch || (isWhole && step.isScanInOrder)
                    #expect(isRead || (isBounded && step.isSort), "\(label): \(step)\n\(statement.text)")
                }
            }
            guard try plan.knownCount(on: reader.connection) == nil else { return }
            for step in try plan.count(limit: 10_001).explain(on: reader.connection) {
                #expect(step.isSearch || step.isScanInOrder || step.isDistinct, "\(label), counted: \(step)")
            }
        }
    }

    private static let windows: [(from: String?, to: String?, isCertain: Bool)] = [
        ("2005-03-07", "2011-09-20", false), ("2005-03-07", nil, false), (nil, "2011-09-20", true),
        ("2006", "2006", true),
    ]

    @Test func readsEventsByIndex() throws { try expectIndexedPlans(Event.self) }
    @Test func readsPeopleByIndex() throws { try expectIndexedPlans(Person.self) }
    @Test func readsIssuesByIndex() throws { try expectIndexedPlans(Issue.self) }
    @Test func readsStatementsByIndex() throws { try expectIndexedPlans(Coverage.Statement.self) }
    @Test func readsOrganizationsByIndex() throws { try expectIndexedPlans(Organization.self) }
    @Test func readsPlacesByIndex() throws { try expectIndexedPlans(Place.self) }
    @Test func readsDiscrepanciesByIndex() throws { try expectIndexedPlans(Discrepancy.self) }
    @Test func readsArticlesByIndex() throws { try expectIndexedPlans(Article.self) }

    /// A search is where its list begins, whatever else is asked for: only what it finds is looked at.
    @Test func readsWhatTheSearchFinds() throws {
        let search = try #require(SearchExpression("grain"))
        let filters = try [[]] + filters(Event.self).map { [$0] }
        for (filters, order) in filters.flatMap({ filters in
            [ListOrder.relevance, .name, .date].map { (filters, $0) }
        }) {
            try coverage.database.read { reader in
                let query = ListQuery<Event>(filters: filters, search: search, order: order)
                let plan = try ListPlan(query, on: reader.connection)
                let statements =
                    plan.ranges.map { plan.rows(of: $0, after: nil, limit: 21) }
                    + [plan.ids(limit: 10_001), plan.count(limit: 10_001)]
                for statement in statements {
                    let steps = try statement.explain(on: reader.connection).map(\.description)
                    let tables = steps.filter { $0.hasPrefix("SCAN ") || $0.hasPrefix("SEARCH ") }
                    #expect(tables.first?.hasPrefix("SCAN search VIRTUAL TABLE INDEX") == true, "\(filters): \(steps)")
                    // Rows that one part hands on to the next are no table.
                    let scanned = tables.dropFirst().filter {
                        $0.hasPrefix("SCAN ") && !$0.contains("VIRTUAL TABLE") && !$0.hasPrefix("SCAN (subquery")
                    }
                    #expect(scanned.isEmpty, "\(filters): \(steps)")
                }
            }
        }
    }

    // MARK: Rows visited

    /// Instructions of SQLite that one row of a range may take, and those that one test of it may take.
    private static let stepsPerRow = 12
    private static let stepsPerTest = 14
    private static let stepsPerStatement = 60

    /// A single filter that excludes nothing visits a page of rows from each of its values, and no row more.
    @Test func visitsAPageForOneFilter() throws {
        for filter in try filters(Event.self) where !filter.isNegated && filter.field.test.isListed {
            for order in [ListOrder.name, .date] {
                for isDescending in [false, true] {
                    let query = ListQuery<Event>(filters: [filter], order: order, isDescending: isDescending)
                    let visit = try visit(query)
                    let rows = visit.ranges * (query.limit + 1)
                    #expect(visit.steps <= visit.ranges * Self.stepsPerStatement + rows * Self.stepsPerRow, "\(filter)")
                    #expect(visit.scans == 0)
                }
            }
        }
    }

    /// Filters together visit at most the records of the rarest one, each tested once by every other filter; with nothing
    /// but exclusions, at most what is excluded and a page.
    @Test func visitsTheRarestForSeveralFilters() throws {
        try forEachCombination { query, sets in
            let visit = try visit(query)
            let positive = zip(query.filters, sets).filter { !$0.0.isNegated }.map(\.1.count)
            let excluded = zip(query.filters, sets).filter(\.0.isNegated).reduce(0) {
                $0 + Self.sample.events - $1.1.count
            }
            let rows = (positive.min() ?? excluded) + query.limit + 1
            let values = query.filters.reduce(0) { $0 + $1.values.count + 1 }
            let bound = visit.ranges * Self.stepsPerStatement + rows * (Self.stepsPerRow + values * Self.stepsPerTest)
            #expect(visit.steps <= bound, "\(query.filters): \(visit) > \(bound)")
            #expect(visit.scans == 0 || positive.isEmpty)
        }
    }

    /// Together they keep what each keeps by itself, in the same order, whatever the pages.
    @Test func keepsWhatEachKeeps() throws {
        var orders: [String: [String]] = [:]
        try forEachCombination { query, sets in
            let key = "\(query.order.name) \(query.isDescending)"
            let all =
                try orders[key] ?? walk(ListQuery(order: query.order, isDescending: query.isDescending, limit: 100))
            orders[key] = all
            let expected = all.filter { id in sets.allSatisfy { $0.contains(id) } }
            #expect(try walk(query) == expected, "\(query.filters) \(query.order.name) \(query.isDescending)")
            #expect(try coverage.database.read { try $0.page(query).total } == .exact(expected.count))
        }
    }

    /// A window of dates keeps what `DateFilter` does, in either order, page by page, alone and with a filter.
    @Test func keepsWhatTheWindowKeeps() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("ListPlanTests: seed \(seed)")
        var numbers = SeededGenerator(seed: seed)
        func day() -> String {
            let (year, month) = (Int.random(in: 1998...2022, using: &numbers), Int.random(in: 1...12, using: &numbers))
            let text = "\(year)-\(month < 10 ? "0" : "")\(month)-\(Int.random(in: 10...28, using: &numbers))"
            return String(text.prefix([4, 7, 10].randomElement(using: &numbers) ?? 4))
        }
        var orders: [String: [Stored<Event>]] = [:]
        // Of few records, of as many as dates have, and of most; of one value and several, which may share records.
        let issues = try coverage.database.read { try $0.sampleValues(of: .issue, Event.self) }
        let occurred = Filter<Event.Field>(.status, values: ["occurred"])
        let choices: [[Filter<Event.Field>]] = [
            [], [Filter(.kind, values: ["policy"])], [Filter(.kind, values: ["visit", "policy"])],
            [Filter(.kind, values: ["meeting", "call", "visit", "activity"])], [Filter(.issue, values: issues)],
            [occurred], [Filter(.status, values: ["occurred"], allowsAbsent: true)],
            [occurred, Filter(.issue, values: Array(issues.prefix(1)), isNegated: true)],
        ]
        var kept: [String: Set<String>] = [:]
        for _ in 0..<60 {
            let ends = [day(), day()].sorted()
            let (from, to) = (Int.random(in: 0...3, using: &numbers), Int.random(in: 0...3, using: &numbers))
            guard from > 0 || to > 0, !ends[1].hasPrefix(ends[0]) else { continue }
            let window = try DateWindow(
                from > 0 ? ends[0] : nil, to > 0 ? ends[1] : nil, isCertain: Bool.random(using: &numbers))
            let filters = choices.randomElement(using: &numbers) ?? []
            let order = Bool.random(using: &numbers) ? ListOrder.name : .date
            let isDescending = Bool.random(using: &numbers)
            let key = "\(order.name) \(isDescending)"
            let all = try orders[key] ?? records(ListQuery(order: order, isDescending: isDescending, limit: 100))
            orders[key] = all
            let ids = try kept["\(filters)"] ?? Set(walk(ListQuery(filters: filters, limit: 100)))
            kept["\(filters)"] = ids
            let expected = all.filter { event in
                guard let date = event.value.date?.edtf, ids.contains(event.value.id) else { return false }
                return window.isCertain ? window.bounds.certainlyWithin(date) : window.bounds.mayOverlap(date)
            }
            let query = ListQuery<Event>(
                filters: filters, window: window, order: order, isDescending: isDescending, limit: 40)
            #expect(try walk(query) == expected.map(\.value.id), "\(window) \(filters) \(key)")
            #expect(try coverage.database.read { try $0.page(query).total } == .exact(expected.count))
        }
    }

    /// As far as asked for, whether or not there may be more: of one listing, parts of one and several, whose records may be in more
    /// than one.
    @Test(arguments: [1, 5, 10_001]) func countsUpToItsLimit(limit: Int) throws {
        let window = try DateWindow("2005", nil, isCertain: false)
        let issues = try coverage.database.read { try $0.sampleValues(of: .issue, Event.self) }
        for (filters, order) in [
            ([Filter<Event.Field>(.kind, values: ["policy"])], ListOrder.date),
            ([Filter(.kind, values: ["visit", "policy"])], .date), ([Filter(.issue, values: issues)], .date),
            ([Filter(.status, values: ["occurred"])], .date), ([], .name),
        ] {
            try coverage.database.read { reader in
                let query = ListQuery<Event>(filters: filters, window: window, order: order)
                let plan = try ListPlan(query, on: reader.connection)
                let all = try plan.ids().prepare(on: reader.connection)
                var number = 0
                while try all.step() { number += 1 }
                let count = try plan.count(limit: limit).prepare(on: reader.connection)
                #expect(try count.step() && count.int(0) == min(number, limit), "\(filters)")
                #expect(number > 5)
            }
        }
    }

    /// Where a filter keeps few records these are held against the dates; else the rarer of the two is read.
    @Test func readsTheRarerOfFilterAndWindow() throws {
        func reads(_ kinds: [String], _ window: DateWindow) throws -> (byDate: Bool, records: Int) {
            try coverage.database.read { reader in
                let filter = Filter<Event.Field>(.kind, values: kinds)
                let plan = try ListPlan(ListQuery<Event>(filters: [filter], window: window), on: reader.connection)
                let terms = try reader.connection.terms(kinds, of: filter.field.rawValue, .event)
                return (!plan.testsWindow, terms.reduce(0) { $0 + $1.records })
            }
        }
        let (day, all) = (
            try DateWindow("2005-03-07", "2005-03-07", isCertain: false), try DateWindow("1900", nil, isCertain: false)
        )
        let few = try reads(["policy"], day)
        #expect(!few.byDate && 1...200 ~= few.records, "\(few)")
        let many = try reads(["meeting", "call", "visit", "activity"], day)
        #expect(many.byDate && many.records > 200, "\(many)")
        #expect(try !reads(["meeting", "call", "visit", "activity"], all).byDate)
    }

    /// Of a filter that keeps many only what is between the dates is read, and of what began before only what lasts beyond a day.
    @Test(arguments: [false, true]) func readsWhatIsBetweenTheDates(isDescending: Bool) throws {
        let filter = Filter<Event.Field>(.status, values: ["occurred"])
        let all = try records(ListQuery(filters: [filter], order: .date, isDescending: isDescending, limit: 100))
        let lasting = all.filter { event in
            guard let date = event.value.date?.edtf else { return false }
            return date.earliest != date.latest
        }
        #expect(all.count > 500 && lasting.count < all.count / 2, "\(lasting.count) of \(all.count)")
        for ends in [("2019", nil), ("2010-05-02", "2010-09-30"), (nil, "1999-06")] as [(String?, String?)] {
            let window = try DateWindow(ends.0, ends.1, isCertain: false)
            let query = ListQuery<Event>(
                filters: [filter], window: window, order: .date, isDescending: isDescending, limit: 10)
            let expected = all.filter { $0.value.date.map { window.bounds.mayOverlap($0.edtf) } ?? false }
            #expect(try walk(query) == expected.map(\.value.id), "\(ends)")
            #expect(try coverage.database.read { try $0.page(query).total } == .exact(expected.count))
            let visit = try visit(query)
            let rows = visit.ranges * (query.limit + 1) + lasting.count
            #expect(visit.steps <= visit.ranges * Self.stepsPerStatement + rows * Self.stepsPerRow, "\(ends) \(visit)")
            try coverage.database.read { reader in
                let plan = try ListPlan(query, on: reader.connection)
                #expect(plan.isParted && !plan.testsWindow && plan.tests.isEmpty)
                let count = try plan.count(limit: 10_001).prepare(on: reader.connection)
                _ = count.takeCost()
                let number = try count.step() ? count.int(0) : 0
                let cost = count.takeCost()
                let bound = visit.ranges * Self.stepsPerStatement + (number + lasting.count) * Self.stepsPerRow
                #expect(number > 0 && cost.vmSteps <= bound, "\(ends), counted: \(cost.vmSteps) > \(bound)")
                #expect(cost.fullScanSteps == 0)
            }
        }
    }

    /// Of a value that very many records have a day is read by itself, which has a few of them.
    @Test func readsTheDatesOfAVeryLargeValue() throws {
        let coverage = try TestCoverage(LargeCoverage(events: 300, officials: 40, issues: 20, places: 10, articles: 10))
        let window = try DateWindow("2005-03", "2005-04", isCertain: false)
        func read(_ isDescending: Bool) throws -> (readsDates: Bool, isParted: Bool, ids: [String], total: ListTotal) {
            try coverage.database.read { reader in
                let query = ListQuery<Event>(
                    filters: [Filter(.status, values: ["occurred"])], window: window, order: .date,
                    isDescending: isDescending, limit: 100)
                let (plan, page) = (try ListPlan(query, on: reader.connection), try reader.page(query))
                return (!plan.testsWindow && plan.tests.count == 1, plan.isParted, page.ids, page.total)
            }
        }
        let parted = try [false, true].map(read)
        // The lists stay as they are: what is told of their size decides.
        try coverage.database.writer.perform { connection in
            try connection.run("UPDATE terms SET records = 1000000 WHERE type = 'event' AND value = 'occurred'")
        }
        let byDate = try [false, true].map(read)
        #expect(parted.allSatisfy { $0.isParted && !$0.readsDates })
        #expect(byDate.allSatisfy { !$0.isParted && $0.readsDates })
        #expect(parted.map(\.ids) == byDate.map(\.ids) && parted.map(\.total) == byDate.map(\.total))
        #expect(parted.allSatisfy { !$0.ids.isEmpty })
    }

    /// Two to four filters on events, with the ids that each keeps by itself.
    private func forEachCombination(_ body: (ListQuery<Event>, [Set<String>]) throws -> Void) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("ListPlanTests: seed \(seed)")
        var numbers = SeededGenerator(seed: seed)
        let all = try filters(Event.self)
        var kept: [String: Set<String>] = [:]
        for _ in 0..<30 {
            let filters = (0..<Int.random(in: 2...4, using: &numbers)).compactMap { _ in
                all.randomElement(using: &numbers)
            }
            let order = Bool.random(using: &numbers) ? ListOrder.name : .date
            let query = ListQuery<Event>(
                filters: filters, order: order, isDescending: Bool.random(using: &numbers), limit: 50)
            let sets = try filters.map { filter in
                let key = "\(filter)"
                if let known = kept[key] { return known }
                let ids = Set(try walk(ListQuery<Event>(filters: [filter], limit: 100)))
                kept[key] = ids
                return ids
            }
            try body(query, sets)
        }
    }

    private func walk(_ query: ListQuery<Event>) throws -> [String] { try records(query).map(\.value.id) }

    private func records(_ query: ListQuery<Event>) throws -> [Stored<Event>] {
        var query = query
        var records: [Stored<Event>] = []
        repeat {
            let page = try coverage.database.read { try $0.items(query) }
            records += page.items
            query.after = page.next
        } while query.after != nil
        return records
    }

    private func visit(_ query: ListQuery<Event>) throws -> (ranges: Int, steps: Int, scans: Int) {
        try coverage.database.read { reader in
            let plan = try ListPlan(query, on: reader.connection)
            var (steps, scans) = (0, 0)
            for range in plan.ranges {
                let statement = plan.rows(of: range, after: query.after, limit: query.limit + 1)
                let rows = try statement.prepare(on: reader.connection)
                _ = rows.takeCost()
                while try rows.step() {}
                let cost = rows.takeCost()
                steps += cost.vmSteps
                scans += cost.fullScanSteps
            }
            return (plan.ranges.count, steps, scans)
        }
    }
}

extension FilterTest {
    fileprivate var isListed: Bool {
        if case .listed = access { true } else { false }
    }
}

extension DateWindow {
    fileprivate init(_ from: String?, _ to: String?, isCertain: Bool) throws {
        self.init(try DateFilter(from: from.map { try EDTF($0) }, to: to.map { try EDTF($0) }), isCertain: isCertain)
    }
}

extension Reader {
    /// Values of a field, one that many records have first.
    fileprivate func sampleValues<Record: StoredFact>(of field: Record.Field, _ type: Record.Type) throws -> [String] {
        if case .linked(let link) = field.test.access {
            let rows = try connection.prepare("SELECT DISTINCT \(link.to) FROM \(link.table) LIMIT 3")
            var values: [String] = []
            while try rows.step() { values.append(rows.text(0)) }
            return values
        }
        let terms = try connection.terms(between: ""..<"\u{10FFFF}", of: field.rawValue, Record.type).filter {
            $0.value != ListTerm.absent
        }
        return terms.sorted { ($1.records, $0.value) < ($0.records, $1.value) }.prefix(3).map(\.value)
    }
}

/// One line of `EXPLAIN QUERY PLAN`.
private struct PlanStep: CustomStringConvertible {
    let description: String

    /// Looks rows up by a key or a range of one, or holds what a parameter lists.
    var isSearch: Bool {
        description.hasPrefix("SEARCH ") || description.contains("VIRTUAL TABLE INDEX")
            || [
                "LIST SUBQUERY", "CORRELATED", "CO-ROUTINE", "MATERIALIZE", "COMPOUND", "UNION ALL", "LEFT-MOST",
                "SCALAR",
            ]
            .contains { description.hasPrefix($0) } || description.hasPrefix("SCAN (subquery")
            || description == "SCAN CONSTANT ROW"
    }
    var isScanInOrder: Bool { description.hasPrefix("SCAN t USING") }
    var isDistinct: Bool { description == "USE TEMP B-TREE FOR DISTINCT" }
    var isSort: Bool { description.hasPrefix("USE TEMP B-TREE FOR") }
}

extension SQL {
    fileprivate func explain(on connection: Connection) throws -> [PlanStep] {
        let rows = try connection.prepare("EXPLAIN QUERY PLAN \(text)")
        try rows.bind(all: values)
        var steps: [PlanStep] = []
        while try rows.step() { steps.append(PlanStep(description: rows.text(3))) }
        return steps
    }
}

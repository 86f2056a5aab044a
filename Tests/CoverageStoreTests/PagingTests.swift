// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import TestSupport
import Testing

@Suite struct PagingTests {
    /// Goes through a list page by page.
    /// - Parameter between: called after each page but the last.
    private func walk<Record: StoredFact>(
        _ query: ListQuery<Record>, in coverage: TestCoverage, between: (Int) throws -> Void = { _ in }
    ) throws -> [String] {
        var query = query
        var ids: [String] = []
        for number in 1... {
            let page = try coverage.database.read { try $0.page(query) }
            #expect(page.ids.count <= query.limit)
            ids += page.ids
            guard let next = page.next else { return ids }
            #expect(page.ids.count == query.limit)
            #expect(next.count == query.order.keyCount)
            query.after = next
            try between(number)
        }
        return ids
    }

    private func expectEachOnce<Record: StoredFact>(_ orders: [ListOrder], of type: Record.Type, search: String) throws
    {
        let coverage = try TestCoverage()
        for order in orders {
            for isDescending in [false, true] {
                let expression = order.name == ListOrder.relevance.name ? SearchExpression(search) : nil
                var query = ListQuery<Record>(
                    search: expression, order: order, isDescending: isDescending, limit: 100)
                let all = try coverage.ids(query)
                #expect(all.count > 1)
                for limit in 1...all.count + 1 {
                    query.limit = limit
                    #expect(try walk(query, in: coverage) == all, "\(order.name), descending \(isDescending), \(limit)")
                }
            }
        }
    }

    @Test func readsEachEventOnce() throws {
        try expectEachOnce([.name, .relevance] + Event.orders, of: Event.self, search: "t*")
    }

    @Test func readsEachArticleOnce() throws {
        try expectEachOnce([.name, .relevance] + Article.orders, of: Article.self, search: "txt")
    }

    @Test func readsEachStatementOnce() throws {
        try expectEachOnce([.name, .relevance, .date], of: Coverage.Statement.self, search: "a*")
    }

    @Test func readsEachDiscrepancyOnce() throws {
        try expectEachOnce([.name, .relevance], of: Discrepancy.self, search: "t*")
    }

    @Test func readsEachPersonOnce() throws {
        try expectEachOnce([.name, .relevance], of: Person.self, search: "o*")
    }

    /// What is added meanwhile may be seen or not; what was there is neither skipped nor repeated.
    @Test(arguments: [false, true])
    func readsEachOnceWhileOthersAreAdded(isDescending: Bool) throws {
        let coverage = try TestCoverage()
        let date = try #require(Event.orders.first)
        for order in [ListOrder.name, date] {
            let query = ListQuery<Event>(order: order, isDescending: isDescending, limit: 2)
            var all = query
            all.limit = 100
            let before = try coverage.ids(all)
            let seen = try walk(query, in: coverage) { number in
                let event = """
                    {"id": "added-\(order.name)-\(isDescending)-\(number)", "title": "T\(number % 2 == 0 ? "a" : "z")",
                    "summary": "Added.", "kind": "activity", "date": {"edtf": "20\(10 + number * 3)", "basis": "stated"},
                    "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 1, "anchors": ["salt"]}]}
                    """
                _ = try coverage.database.load(EnvoyVisit.seeds(with: ["events.json": "[\(event)]"]))
            }
            #expect(seen.filter { before.contains($0) } == before)
            #expect(Set(seen).count == seen.count)
        }
    }

    @Test func endsWhereTheListEnds() throws {
        let coverage = try TestCoverage()
        let exact = try coverage.database.read { try $0.page(ListQuery<Event>(limit: 13)) }
        #expect(exact.next == nil)
        #expect(exact.total == .exact(13))
        let nothing = try coverage.database.read {
            try $0.page(
                ListQuery<Event>(filters: [Filter(.kind, values: ["summit"]), Filter(.kind, values: ["call"])]))
        }
        #expect(nothing.ids.isEmpty && nothing.next == nil && nothing.total == .exact(0))
        let beyond = try coverage.database.read {
            try $0.page(ListQuery<Event>(after: [.text("\u{10FFFF}"), .text("")]))
        }
        #expect(beyond.ids.isEmpty && beyond.total == .exact(13))
    }

    /// A place in an order is a text like any other, never SQL.
    @Test func takesAnyPlaceToGoOnFrom() throws {
        let coverage = try TestCoverage()
        for text in ["' OR 1=1 --", "", "\0", "Zz\u{301}"] {
            let query = ListQuery<Event>(limit: 100, after: [.text(text), .text("x")])
            let names = try coverage.database.read { try $0.items(query).items.map(\.value.name) }
            #expect(names.allSatisfy { precedes(text, $0) })
        }
    }
}

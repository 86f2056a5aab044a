// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import TestSupport
import Testing

@Suite struct OrderTests {
    private let coverage: TestCoverage

    init() throws {
        coverage = try TestCoverage()
    }

    /// Earliest, latest, id; what has no known beginning stands last, and among these what has no end.
    @Test func ordersEventsByDate() throws {
        let date = try #require(Event.orders.first)
        #expect(
            try coverage.ids(ListQuery<Event>(order: date)) == [
                "league-founded", "salt-duty", "freighter-stopped", "quill-held", "envoy-call", "envoy-visit",
                "karst-dinner", "karst-meeting", "ferry-festival", "league-summit", "fishing-rules", "island-patrols",
                "return-visit",
            ])
        #expect(
            try coverage.ids(ListQuery<Event>(order: date, isDescending: true)) == [
                "league-summit", "ferry-festival", "karst-meeting", "karst-dinner", "envoy-visit", "envoy-call",
                "freighter-stopped", "quill-held", "salt-duty", "league-founded", "island-patrols", "fishing-rules",
                "return-visit",
            ])
    }

    @Test func ordersArticlesByPublication() throws {
        let published = try #require(Article.orders.first)
        #expect(
            try coverage.ids(ListQuery<Article>(order: published)) == [
                "envoy-lands", "talks-in-karst", "notes-from-teal-island",
            ])
        #expect(
            try coverage.ids(ListQuery<Article>(order: published, isDescending: true)) == [
                "talks-in-karst", "envoy-lands", "notes-from-teal-island",
            ])
    }

    /// The undated last both ways, by id among themselves.
    @Test func ordersStatementsByDate() throws {
        let undated = ["freighter-quoted", "freighter-told", "not-charged"]
        let dated = ["no-date-given", "meeting-announced", "salt-came-first"]
        let date = try #require(Coverage.Statement.orders.first)
        #expect(try coverage.ids(ListQuery<Coverage.Statement>(order: date)) == dated + undated)
        #expect(
            try coverage.ids(ListQuery<Coverage.Statement>(order: date, isDescending: true))
                == dated.reversed() + undated.reversed())
    }

    @Test func ordersByNameThenId() throws {
        let coverage = try TestCoverage(
            EnvoyVisit.seeds(in: "organizations.json", replacing: "\"Trade Ministry\"", with: "\"Foreign Ministry\""))
        let names = [
            "amber-league", "arvenia", "belmora", "arvenian-trade-ministry", "belmoran-foreign-ministry",
            "quill-freight",
        ]
        #expect(try coverage.ids(ListQuery<Organization>()) == names)
        #expect(try coverage.ids(ListQuery<Organization>(isDescending: true)) == names.reversed())
    }

    @Test func ordersByRelevance() throws {
        let search = try #require(SearchExpression("island"))
        let ids = try coverage.ids(ListQuery<Event>(search: search, order: .relevance))
        // The name counts more than the summary.
        #expect(ids == ["island-patrols", "karst-meeting"])
        let backwards = ListQuery<Event>(search: search, order: .relevance, isDescending: true)
        #expect(try coverage.ids(backwards) == ids.reversed())
    }
}

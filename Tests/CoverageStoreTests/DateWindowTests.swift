// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import TestSupport
import Testing

/// The SQL of date windows held against `DateFilter`, for the dates of every event and many more.
@Suite struct DateWindowTests {
    private static let points = [
        nil, "0001", "1989-12-31", "1990", "1995-06", "1999-12-31", "2000-01-01", "2027-12-31", "2028", "2030-12-31",
        "2031", "2031-01-31", "2031-02", "2031-02-28", "2031-03", "2031-04-01", "2031-04-02", "2031-04-12",
        "2031-04-13", "2031-04-14", "2031-04-15", "2031-08-31", "2031-09", "2031-10-31", "2031-11", "2031-12", "9999",
    ]

    /// Shapes that the coverage itself has none of.
    private static let more = [
        "2031-04-12?", "2031-04%", "/2031-04-12", "2031-04-13/", "../2031-04-12", "2031-04-13/..", "2031-04-XX",
        "2031-XX-XX", "20XX", "2031-24", "2031-04-12~/2031-04-14", "2031-04-12/2031-04-14?", "2030/2032-02", "-0044",
        "Y12345",
    ]

    private static func seeds() -> SeedFiles {
        let events =
            (more.enumerated().map { index, edtf in
                """
                {"id": "more-\(index)", "title": "More \(index)", "summary": "A date.", "kind": "activity",
                 "date": {"edtf": "\(edtf)", "basis": "stated"},
                 "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 1, "anchors": ["salt"]}]}
                """
            }).joined(separator: ",")
        let own = EnvoyVisit.files["events.json"] ?? "[]"
        return EnvoyVisit.seeds(with: ["events.json": own.dropLast() + ",\(events)]"])
    }

    @Test func agreesWithTheDateFilter() throws {
        let coverage = try TestCoverage(Self.seeds())
        let events = try SeedRecords(Self.seeds()).events.sorted {
            precedes("\($0.name)\0\($0.id)", "\($1.name)\0\($1.id)")
        }
        #expect(events.count == 28)
        var windows = 0
        for from in Self.points {
            for to in Self.points {
                guard let bounds = try? DateFilter(from: from.map { try EDTF($0) }, to: to.map { try EDTF($0) }) else {
                    continue
                }
                windows += 1
                for isCertain in [false, true] {
                    let expected = events.filter { event in
                        guard let date = event.date?.edtf else { return false }
                        return isCertain ? bounds.certainlyWithin(date) : bounds.mayOverlap(date)
                    }
                    let query = ListQuery<Event>(window: DateWindow(bounds, isCertain: isCertain), limit: 100)
                    #expect(
                        try coverage.ids(query) == expected.map(\.id),
                        "from \(from ?? "-") to \(to ?? "-"), certain \(isCertain)")
                }
            }
        }
        #expect(windows > 350)
    }

    @Test func narrowsWithFilters() throws {
        let coverage = try TestCoverage()
        let month = try DateFilter(from: EDTF("2031-04"), to: nil)
        let query = ListQuery<Event>(
            filters: [Filter(.official, values: ["oskar-brandt"])], window: DateWindow(month, isCertain: true),
            order: try #require(Event.orders.first))
        #expect(try coverage.ids(query) == ["envoy-call", "envoy-visit", "karst-dinner", "karst-meeting"])
    }
}

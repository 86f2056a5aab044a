// SPDX-License-Identifier: Apache-2.0

import Coverage
import TestSupport
import Testing

@testable import CoverageStore

/// Events as one article has them, held against what the seeds say of that article's citations.
@Suite struct ReportedTests {
    private let coverage: TestCoverage
    private let seeds: SeedRecords

    init() throws {
        coverage = try TestCoverage()
        seeds = try SeedRecords(EnvoyVisit.seeds())
    }

    /// The stages from the least to the furthest.
    private static let stages: [EventStatus] = [
        .possible, .expected, .scheduled, .postponed, .cancelled, .ongoing, .occurred,
    ]

    private func status(of event: Event, in article: String) -> EventStatus? {
        let told = event.evidence.filter { $0.article.id == article }.compactMap(\.status)
        return Self.stages.last { told.contains($0) }
    }

    @Test func keepsWhatTheArticleCites() throws {
        for article in seeds.articles.map(\.id) {
            let expected = seeds.events.filter { event in event.evidence.contains { $0.article.id == article } }
            let found = try coverage.database.read { try $0.page(ListQuery<Event>(reporter: article, limit: 100)) }
            #expect(Set(found.ids) == Set(expected.map(\.id)))
            #expect(found.total == .exact(expected.count))
            for event in expected {
                let told = event.reported(by: article)
                #expect(told.status == status(of: event, in: article))
                #expect(told.evidence == event.evidence.filter { $0.article.id == article })
                #expect((told.id, told.title, told.date) == (event.id, event.title, event.date))
            }
        }
    }

    /// The filter and the counts go by the article's own stage, not by where all coverage leaves the event.
    @Test func filtersAndCountsByTheArticlesStage() throws {
        var differing = 0
        for article in seeds.articles.map(\.id) {
            let events = seeds.events.filter { event in event.evidence.contains { $0.article.id == article } }
            var counts: [String: Int] = [:]
            for event in events {
                guard let told = status(of: event, in: article) else { continue }
                counts[told.rawValue, default: 0] += 1
                if told != event.status { differing += 1 }
            }
            for wanted in EventStatus.allCases.map(\.rawValue) {
                for isNegated in [false, true] {
                    let expected = events.filter { (status(of: $0, in: article)?.rawValue == wanted) != isNegated }
                    let query = ListQuery<Event>(
                        filters: [Filter(.status, values: [wanted], isNegated: isNegated)], reporter: article,
                        limit: 100)
                    #expect(Set(try coverage.ids(query)) == Set(expected.map(\.id)), "\(article) \(wanted)")
                }
            }
            let absent = ListQuery<Event>(
                filters: [Filter(.status, values: [], allowsAbsent: true)], reporter: article, limit: 100)
            #expect(
                Set(try coverage.ids(absent)) == Set(events.filter { status(of: $0, in: article) == nil }.map(\.id)))
            let query = ListQuery<Event>(
                filters: [Filter(.status, values: ["occurred"])], search: nil, reporter: article)
            let found = try #require(try coverage.database.read { try $0.facet(.status, of: query) })
            #expect(Dictionary(uniqueKeysWithValues: found.map { ($0.value, $0.count) }) == counts)
        }
        #expect(differing > 0)
    }

    /// The furthest stage that an article tells, whatever the order of its paragraphs.
    @Test func takesTheFurthestStageOfSeveral() throws {
        for (first, second, furthest) in [
            ("scheduled", "ongoing", "ongoing"), ("occurred", "possible", "occurred"),
            ("postponed", "scheduled", "postponed"),
        ] {
            let coverage = try TestCoverage(
                EnvoyVisit.seeds(
                    in: "events.json",
                    replacing: [
                        (#""policy", "status": "ongoing""#, #""policy", "status": "\#(furthest)""#),
                        (
                            #""anchors": ["taxed", "2028"], "status": "ongoing"}"#,
                            """
                            "anchors": ["taxed", "2028"], "status": "\(first)"},
                            {"article": {"id": "envoy-lands"}, "paragraph": 1, "anchors": ["salt"], "status": "\(second)"}
                            """
                        ),
                    ]))
            let event = try #require(try coverage.record("salt-duty", of: Event.self)).value
            let told = try #require(event.reported(by: "envoy-lands").status)
            #expect(told.rawValue == furthest)
            #expect(told == status(of: event, in: "envoy-lands"))
            let query = ListQuery<Event>(
                filters: [Filter(.status, values: [told.rawValue]), Filter(.kind, values: ["policy"])],
                reporter: "envoy-lands")
            #expect(try coverage.ids(query) == ["salt-duty"])
        }
    }
}

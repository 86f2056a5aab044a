// SPDX-License-Identifier: Apache-2.0

import Coverage
import TestSupport
import Testing

@testable import CoverageStore

/// Counts of values held against `FilterOracle`: over the whole list, less the filter on the member itself.
@Suite struct FacetTests {
    private let coverage: TestCoverage
    private let oracle: FilterOracle

    init() throws {
        coverage = try TestCoverage()
        oracle = try FilterOracle()
    }

    private func expectCounts<Record: StoredFact>(
        _ field: Record.Field, in query: ListQuery<Record>, of records: [Record],
        _ has: (Record.Field, Record) -> Set<String>, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var expected: [String: Int] = [:]
        for record in records { for value in has(field, record) { expected[value, default: 0] += 1 } }
        let counts = try #require(try coverage.database.read { try $0.facet(field, of: query) })
        #expect(
            Dictionary(uniqueKeysWithValues: counts.map { ($0.value, $0.count) }) == expected, "\(field)",
            sourceLocation: sourceLocation)
        let inOrder = counts.sorted { $0.count != $1.count ? $0.count > $1.count : precedes($0.value, $1.value) }
        #expect(counts == inOrder, sourceLocation: sourceLocation)
    }

    /// Each countable field, over all records and over those that a filter on any field keeps.
    private func expectAgreement<Record: StoredFact>(
        _ records: [Record], _ has: (Record.Field, Record) -> Set<String>
    ) throws {
        let countable = Record.Field.allCases.filter(\.test.isCountable)
        #expect(!countable.isEmpty)
        for field in countable {
            try expectCounts(field, in: ListQuery(), of: records, has)
            for other in Record.Field.allCases {
                for value in Set(records.flatMap { has(other, $0) }).sorted() {
                    let filter = Filter(other, values: [value], isNegated: value.utf8.count % 2 == 0)
                    let kept = records.filter { other == field || has(other, $0).contains(value) != filter.isNegated }
                    try expectCounts(field, in: ListQuery(filters: [filter], limit: 1), of: kept, has)
                }
            }
        }
    }

    @Test func countsEvents() throws { try expectAgreement(oracle.events) { oracle.values($0, of: $1) } }
    @Test func countsPeople() throws { try expectAgreement(oracle.people) { oracle.values($0, of: $1) } }
    @Test func countsIssues() throws { try expectAgreement(oracle.issues) { oracle.values($0, of: $1) } }
    @Test func countsStatements() throws { try expectAgreement(oracle.statements) { oracle.values($0, of: $1) } }
    @Test func countsDiscrepancies() throws { try expectAgreement(oracle.discrepancies) { oracle.values($0, of: $1) } }
    @Test func countsOrganizations() throws { try expectAgreement(oracle.organizations) { oracle.values($0, of: $1) } }
    @Test func countsPlaces() throws { try expectAgreement(oracle.places) { oracle.values($0, of: $1) } }
    @Test func countsArticles() throws { try expectAgreement(oracle.articles) { oracle.values($0, of: $1) } }

    /// By hand: a record counts under what is above its values, once.
    @Test func countsUpwards() throws {
        func counts(_ field: Event.Field) throws -> [FacetCount]? {
            try coverage.database.read { try $0.facet(field, of: ListQuery<Event>()) }
        }
        #expect(
            try counts(.issue) == [
                FacetCount(value: "trade", name: "Trade", count: 4),
                FacetCount(value: "detentions", name: "Detentions", count: 2),
                FacetCount(value: "salt-tariff", name: "Salt tariff", count: 2),
                FacetCount(value: "tariffs", name: "Tariffs", count: 2),
                FacetCount(value: "teal-island-dispute", name: "Teal Island", count: 2),
            ])
        let places = try #require(try counts(.place))
        #expect(places.first == FacetCount(value: "amber-sea", name: "Amber Sea", count: 4))
        #expect(places.first { $0.value == "arvenia" }?.count == 2)
        #expect(try counts(.kind)?.contains(FacetCount(value: "visit", name: "Visit", count: 2)) == true)
        #expect(try counts(.country) == nil)
    }

    @Test func countsWithinSearchAndWindow() throws {
        let query = ListQuery<Event>(
            search: SearchExpression("salt"),
            window: DateWindow(try DateFilter(from: EDTF("2031-04"), to: nil), isCertain: false), order: .relevance)
        let kinds = try coverage.database.read { try $0.facet(.kind, of: query) }
        #expect(kinds?.map(\.value) == ["meeting", "policy"])
        let later = ListQuery<Event>(
            search: SearchExpression("salt"),
            window: DateWindow(try DateFilter(from: EDTF("2031-04"), to: nil), isCertain: true))
        #expect(try coverage.database.read { try $0.facet(.kind, of: later) }?.map(\.value) == ["meeting"])
    }

    /// The most frequent hundred, those that tie in the order of their values.
    @Test func countsNoMoreThanItsBound() throws {
        let people = (100..<250).map {
            """
            {"id": "p\($0)", "name": "P\($0)", "category": "private",
             "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 1, "anchors": ["salt"]}]}
            """
        }
        let participants = (100..<250).map { #"{"person": {"id": "p\#($0)"}, "role": "participant"}"# }
        let events = """
            [{"id": "crowd", "title": "Crowd", "summary": "All.", "kind": "activity",
              "participants": [\(participants.joined(separator: ","))],
              "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 1, "anchors": ["salt"]}]}]
            """
        let crowd = try TestCoverage()
        _ = try crowd.database.load(
            EnvoyVisit.seeds(with: [
                "people.json": "[\(people.joined(separator: ","))]", "events.json": events, "statements.json": "[]",
                "discrepancies.json": "[]", "issues.json": "[]",
            ]))
        let counts = try #require(try crowd.database.read { try $0.facet(.person, of: ListQuery<Event>()) })
        #expect(counts.count == FacetCount.bound)
        #expect(counts.first == FacetCount(value: "oskar-brandt", name: "Oskar Brandt", count: 5))
        #expect(counts.last?.value == "p195")
    }
}

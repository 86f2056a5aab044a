// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import TestSupport
import Testing

/// Every filter of every type, with every value that any record has, held against `FilterOracle`.
@Suite struct FilterTests {
    private let coverage: TestCoverage
    private let oracle: FilterOracle

    init() throws {
        coverage = try TestCoverage()
        oracle = try FilterOracle()
    }

    /// One value, its complement, two values, `none`, and `none` or a value.
    private func expectAgreement<Record: StoredFact>(
        _ records: [Record], _ has: (Record.Field, Record) -> Set<String>
    ) throws {
        let records = records.sorted { precedes("\($0.name)\0\($0.id)", "\($1.name)\0\($1.id)") }
        for field in Record.Field.allCases {
            let values = Set(records.flatMap { has(field, $0) }).sorted() + ["no-such-value"]
            #expect(values.count > 1, "the fixture has nothing for '\(field)'")
            var filters: [Filter<Record.Field>] = []
            for (index, value) in values.enumerated() {
                filters += [[value], [value, values[(index + 1) % values.count]]].flatMap {
                    [Filter(field, values: $0), Filter(field, values: $0, isNegated: true)]
                }
                if field.test.canBeAbsent {
                    filters.append(Filter(field, values: [value], allowsAbsent: true))
                    filters.append(Filter(field, values: [value], allowsAbsent: true, isNegated: true))
                }
            }
            if field.test.canBeAbsent {
                filters.append(Filter(field, values: [], allowsAbsent: true))
                filters.append(Filter(field, values: [], allowsAbsent: true, isNegated: true))
                #expect(records.contains { has(field, $0).isEmpty }, "no record lacks '\(field)'")
            }
            for filter in filters {
                let expected = records.filter { record in
                    let own = has(field, record)
                    let matches = !own.isDisjoint(with: filter.values) || (filter.allowsAbsent && own.isEmpty)
                    return matches != filter.isNegated
                }
                let page = try coverage.database.read { try $0.page(ListQuery<Record>(filters: [filter], limit: 100)) }
                #expect(page.ids == expected.map(\.id), "\(Record.type).\(filter)")
                #expect(page.total == .exact(expected.count))
            }
        }
    }

    @Test func keepsEvents() throws { try expectAgreement(oracle.events) { oracle.values($0, of: $1) } }
    @Test func keepsPeople() throws { try expectAgreement(oracle.people) { oracle.values($0, of: $1) } }
    @Test func keepsIssues() throws { try expectAgreement(oracle.issues) { oracle.values($0, of: $1) } }
    @Test func keepsStatements() throws { try expectAgreement(oracle.statements) { oracle.values($0, of: $1) } }
    @Test func keepsDiscrepancies() throws { try expectAgreement(oracle.discrepancies) { oracle.values($0, of: $1) } }
    @Test func keepsOrganizations() throws { try expectAgreement(oracle.organizations) { oracle.values($0, of: $1) } }
    @Test func keepsPlaces() throws { try expectAgreement(oracle.places) { oracle.values($0, of: $1) } }
    @Test func keepsArticles() throws { try expectAgreement(oracle.articles) { oracle.values($0, of: $1) } }

    /// The same by hand, for what is easily misunderstood.
    @Test func takesInWhatLiesBelow() throws {
        func events(_ field: Event.Field, _ value: String) throws -> Set<String> {
            Set(try coverage.ids(ListQuery<Event>(filters: [Filter(field, values: [value])])))
        }
        #expect(try events(.place, "belmora") == ["envoy-visit", "karst-meeting", "karst-dinner"])
        #expect(try events(.place, "karst") == ["karst-meeting", "karst-dinner"])
        #expect(try events(.issue, "tariffs") == ["karst-meeting", "salt-duty"])
        // Port Lindal lies there, Talvane and Quill are of there, its ministry takes part.
        #expect(
            try events(.country, "arvenia") == [
                "envoy-visit", "karst-meeting", "karst-dinner", "envoy-call", "freighter-stopped", "quill-held",
                "league-summit", "return-visit",
            ])
        let below = try coverage.ids(ListQuery<Place>(filters: [Filter(.within, values: ["belmora"])]))
        #expect(below == ["harbour-house", "karst"])
        let direct = try coverage.ids(ListQuery<Issue>(filters: [Filter(.broader, values: ["trade"])]))
        #expect(direct == ["tariffs"])
    }

    @Test func joinsFiltersByAnd() throws {
        let both: [Filter<Event.Field>] = [
            Filter(.person, values: ["mira-talvane"]), Filter(.person, values: ["renee-ostrava"]),
        ]
        #expect(try coverage.ids(ListQuery<Event>(filters: both)) == ["karst-dinner"])
        let exclusive: [Filter<Event.Field>] = [Filter(.kind, values: ["call"]), Filter(.kind, values: ["visit"])]
        #expect(try coverage.ids(ListQuery<Event>(filters: exclusive)) == [])
    }

    @Test func matchesOneRecord() throws {
        let quill = try #require(try coverage.record("tobias-quill", of: Person.self))
        func matches(_ filters: [Filter<Person.Field>]) throws -> Bool {
            try coverage.database.read { try $0.matches(quill, filters) }
        }
        #expect(try matches([]))
        #expect(try matches([Filter(.category, values: ["detained"])]))
        #expect(try !matches([Filter(.category, values: ["official"])]))
    }

    @Test func tellsWhatNothingHas() throws {
        func unknown(_ values: [String], _ field: Event.Field) throws -> [String] {
            try coverage.database.read { try $0.unknown(values, in: field, of: Event.table) }
        }
        #expect(try unknown(["karst", "belmora"], .place) == [])
        #expect(try unknown([], .place) == [])
        #expect(try unknown(["karst", "kars"], .place) == ["kars"])
        #expect(try unknown(["visit", "visits"], .kind) == ["visits"])
        #expect(try unknown(["tobias-quill", "mira-talvane"], .official) == ["tobias-quill"])
        #expect(try unknown(["karst"], .country) == ["karst"])
    }

    /// All where they are few, in their order; else what is about as long, of which there may be none.
    @Test func tellsWhatThereIsInstead() throws {
        func choices<Record: StoredFact>(near value: String, _ field: Record.Field, _: Record.Type) throws
            -> Reader.Choices
        {
            try coverage.database.read { try $0.choices(near: value, in: field, of: Record.table) }
        }
        #expect(try choices(near: "x", .kind, Event.self) == .all(EventKind.allCases.map(\.rawValue)))
        #expect(try choices(near: "tobias-quill", .official, Event.self) == .all(["mira-talvane", "oskar-brandt"]))
        #expect(try choices(near: "karst", .country, Event.self) == .all(["arvenia", "belmora"]))
        #expect(
            try choices(near: "Harbor Herald", .publisher, Article.self) == .all(["Harbour Herald", "Karst Courier"]))
        guard case .alike(let events) = try choices(near: "envoy-vist", .partOf, Event.self) else {
            Testing.Issue.record("the events are more than are named one by one")
            return
        }
        #expect(events.contains("envoy-visit") && events.allSatisfy { abs($0.count - "envoy-vist".count) <= 3 })
        #expect(try choices(near: "nothing-of-the-kind-at-all", .partOf, Event.self) == .alike([]))
    }
}

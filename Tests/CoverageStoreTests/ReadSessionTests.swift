// SPDX-License-Identifier: Apache-2.0

import Coverage
import SQLite
import TestSupport
import Testing

@testable import CoverageStore

@Suite final class ReadSessionTests {
    private let coverage: TestCoverage
    private let session: ReadSession

    init() throws {
        coverage = try TestCoverage()
        session = try ReadSession(coverage.database, deadline: .seconds(30))
    }

    /// A snapshot that is still open holds up the closing of the database.
    deinit {
        session.end()
    }

    private func summary() throws -> String? {
        try session.read { try $0.record("karst-dinner", of: Event.self)?.value.summary }
    }

    private func change(to summary: String) throws {
        _ = try coverage.database.load(
            EnvoyVisit.seeds(in: "events.json", replacing: "Fish for three.", with: summary))
    }

    @Test func seesWhatWasCommittedSince() throws {
        #expect(try summary() == "Fish for three.")
        try change(to: "One.")
        #expect(try summary() == "One.")
        session.end()
        try change(to: "Two.")
        #expect(try summary() == "Two.")
    }

    /// Within one version there is one snapshot, also for what somebody else writes to the file.
    @Test func keepsItsSnapshotWithinAVersion() throws {
        #expect(try summary() == "Fish for three.")
        try coverage.tamper("UPDATE events SET summary = 'Behind its back.' WHERE id = 'karst-dinner'")
        #expect(try summary() == "Fish for three.")
        session.end()
        #expect(try summary() == "Behind its back.")
        session.end()
        session.end()
    }

    @Test func turnsErrorsOfTheDatabaseIntoItsOwn() throws {
        #expect(throws: StoreFailure.self) {
            try session.read { try $0.connection.run("SELECT no_such_function()") }
        }
        #expect(try summary() == "Fish for three.")
    }

    @Test func endsAtItsDeadline() throws {
        let session = try ReadSession(coverage.database, deadline: .milliseconds(200))
        let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        defer { session.end() }
        let error = #expect(throws: StoreFailure.self) { try session.read { try $0.connection.run(endless) } }
        #expect(error?.description == StoreFailure.deadline.description)
        // The next request has its own time.
        #expect(try session.read { try $0.connection.scalar("SELECT 1") } == .integer(1))
    }

    @Test func passesErrorsOfTheCallerOn() throws {
        struct Own: Error {}
        #expect(throws: Own.self) { try session.read { _ in throw Own() } }
        #expect(try summary() == "Fish for three.")
    }

    /// Reads one record, and of its children the first.
    private func leave(_ rows: consuming RecordRows?, amid child: Event.Child) throws {
        struct Own: Error {}
        guard let rows else {
            Testing.Issue.record("an event is read from rows")
            return
        }
        #expect(try rows.next())
        #expect(throws: Own.self) { try rows.forEachChild(child.rawValue) { _ in throw Own() } }
    }

    @Test func lendsNoStatementForGood() throws {
        try coverage.importTexts()
        try session.read { reader in
            let query = ListQuery<Event>(
                filters: [Filter(.country, values: ["belmora"])], search: SearchExpression("t*"), order: .relevance,
                limit: 2)
            let page = try reader.page(query)
            _ = try reader.evidence(of: Reference(.event, "karst-meeting"), excerpts: .full)
            _ = try reader.texts(citedBy: page.ids, of: .event, excerpts: .full)
            _ = try reader.items(query)
            _ = try reader.items(ListQuery<Issue>())
            _ = try reader.items(ListQuery<Person>())
            _ = try reader.items(ListQuery<Article>(limit: 1))
            try leave(reader.rows(of: ["karst-meeting", "karst-dinner"], Event.self), amid: Event.Child.participants)
            for inclusion in Person.inclusions { _ = try reader.references(inclusion, of: ["oskar-brandt"]) }
            let salt = try #require(SearchExpression("salt"))
            _ = try reader.search(salt, types: [.event], limit: 1, after: nil)
            _ = try reader.search(salt, types: [], limit: 1, after: [.real(-9), .integer(0)])
            _ = try reader.suggest("sal", types: [], limit: 1)
            _ = try reader.facet(.issue, of: query)
            _ = try reader.facet(.status, of: ListQuery<Event>(reporter: "envoy-lands"))
            _ = try reader.compare("envoy-lands", "talks-in-karst")
            _ = try reader.coverage([.event, .discrepancy], limit: 1, after: nil)
            _ = try reader.graph(around: Reference(.person, "oskar-brandt"), depth: 3, types: Graph.types)
            _ = try reader.graph(around: Reference(.person, "nobody"), depth: 3, types: Graph.types)
            _ = try reader.relations(of: try #require(try reader.record("envoy-lands", of: Article.self)))
            _ = try reader.overlaps()
            _ = try reader.coordinates()
            _ = try reader.items(ListQuery<Discrepancy>(limit: 1))
            _ = try reader.items(ListQuery<Coverage.Statement>(limit: 1))
            _ = try reader.unknown(["x"], in: Event.Field.place, of: Event.table)
            _ = try reader.check()
            _ = try reader.overview()
            _ = try? reader.connection.scalar("SELECT nothing")
            #expect(reader.connection.lentStatementCount == 0)
        }
    }

    @Test func includesWhatBelongsToRecords() throws {
        func included<Record: StoredFact>(_ type: Record.Type, _ name: String, _ ids: [String]) throws -> [[String]] {
            let inclusion = try #require(Record.inclusions.first { $0.name == name })
            return try session.read { try $0.references(inclusion, of: ids) }.map { $0.map(\.id) }
        }
        #expect(
            try included(Event.self, "parts", ["envoy-call", "envoy-visit"]) == [
                [], ["karst-dinner", "karst-meeting"],
            ])
        #expect(
            try included(Person.self, "issues", ["renee-ostrava", "oskar-brandt"]) == [
                [], ["salt-tariff", "teal-island-dispute", "trade"],
            ])
        #expect(try included(Issue.self, "people", ["detentions"]) == [["tobias-quill"]])
        #expect(
            try included(Event.self, "statements", ["freighter-stopped", "envoy-call"]) == [
                ["freighter-told", "freighter-quoted"], [],
            ])
        #expect(try included(Event.self, "discrepancies", ["karst-meeting"]) == [["whether-they-met"]])
        #expect(
            try included(Person.self, "statements", ["oskar-brandt", "ilse-marn"]) == [["no-date-given"], []])
        #expect(try included(Issue.self, "discrepancies", ["teal-island-dispute"]) == [["what-of-the-island"]])
        #expect(try included(Organization.self, "people", ["belmoran-foreign-ministry"]) == [["oskar-brandt"]])
        #expect(try included(Place.self, "places", ["belmora", "port-lindal"]) == [["karst"], []])
        #expect(
            try included(Article.self, "people", ["notes-from-teal-island"]) == [
                ["ilse-marn", "renee-ostrava", "tobias-quill"]
            ])
        for type in ["events", "issues", "organizations", "places", "statements", "discrepancies"] {
            #expect(try included(Article.self, type, ["envoy-lands"]).first?.isEmpty == false)
        }
    }
}

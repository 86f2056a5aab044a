// SPDX-License-Identifier: Apache-2.0

import Coverage
import JSON
import SQLite
import Synchronization
import TestSupport
import Testing

@testable import CoverageStore

/// Lists stay true when the records change that others' values follow from.
@Suite struct ListWriterTests {
    private let coverage: TestCoverage

    init() throws {
        coverage = try TestCoverage()
    }

    private func load(_ file: String, _ old: String, _ new: String) throws {
        _ = try coverage.database.load(EnvoyVisit.seeds(in: file, replacing: old, with: new))
        let report = try coverage.database.read { try $0.check() }
        #expect(report.findings.filter { $0.reason.contains("lists") } == [])
    }

    private func events(_ field: Event.Field, _ value: String) throws -> Set<String> {
        Set(try coverage.ids(ListQuery<Event>(filters: [Filter(field, values: [value])])))
    }

    @Test func followsTheTreeOfIssues() throws {
        #expect(try events(.issue, "trade").contains("salt-duty"))
        try load("issues.json", #""broader": {"id": "trade"}"#, #""broader": {"id": "detentions"}"#)
        #expect(try events(.issue, "detentions") == ["freighter-stopped", "quill-held", "karst-meeting", "salt-duty"])
        #expect(try events(.issue, "trade") == ["envoy-visit", "envoy-call"])
        let people = try coverage.ids(ListQuery<Person>(filters: [Filter(.issue, values: ["detentions"])]))
        #expect(people == ["mira-talvane", "oskar-brandt", "tobias-quill"])
        let statements = try coverage.ids(
            ListQuery<Coverage.Statement>(filters: [Filter(.issue, values: ["detentions"])]))
        #expect(statements.contains("salt-came-first"))
    }

    @Test func followsTheTreeOfPlaces() throws {
        try load("places.json", #""within": {"id": "belmora"}"#, #""within": {"id": "arvenia"}"#)
        #expect(try events(.place, "belmora") == ["envoy-visit"])
        #expect(try events(.place, "arvenia") == ["karst-meeting", "karst-dinner", "league-summit", "return-visit"])
        let within = try coverage.ids(ListQuery<Place>(filters: [Filter(.within, values: ["arvenia"])]))
        #expect(within == ["harbour-house", "karst", "port-lindal"])
    }

    @Test func followsPeopleAndOrganizations() throws {
        try load(
            "people.json", #""name": "Tobias Quill", "category": "detained""#,
            #""name": "Tobias Quill", "category": "official""#)
        #expect(try events(.official, "tobias-quill") == ["freighter-stopped", "quill-held"])
        try load(
            "organizations.json", #""country": {"id": "arvenia"}, "memberOf": []"#,
            #""country": {"id": "belmora"}, "memberOf": []"#)
        #expect(try events(.country, "belmora").contains("envoy-call"))
    }

    /// An event that none of the coverage is like, with values that none has yet.
    private func firstTreaty() throws -> Event {
        let visit = try #require(try coverage.record("envoy-visit", Event.self)).value
        let date = DateStatement(edtf: try EDTF("1850-01-02"), basis: .stated, note: nil)
        return Event(
            id: "first-treaty", title: "First treaty", summary: "Long ago.", kind: visit.kind, status: visit.status,
            date: date, place: visit.place, partOf: nil, participants: visit.participants,
            organizations: visit.organizations, issues: visit.issues, evidence: visit.evidence)
    }

    /// A statement with a journal of its own would have the index of words write a segment for each event of a group commit.
    @Test func aNewEventLeavesTheIndexToTheCommit() throws {
        let event = try firstTreaty()
        let (before, after) = try coverage.database.write(.editor, by: TestCoverage.desk) { recorder in
            let blocks = "SELECT count(*) FROM search_data"
            let before = try recorder.connection.scalar(blocks)
            _ = try recorder.record(event)
            try recorder.finish()
            return (before, try recorder.connection.scalar(blocks))
        }
        #expect(before == after)
    }

    /// What was learnt of terms in a part of a transaction that is undone is no longer so, as when a proposal is rehearsed.
    @Test func forgetsTermsThatWereUndone() throws {
        struct Undone: Error {}
        let event = try firstTreaty()
        try coverage.database.write(.editor, by: TestCoverage.desk) { recorder in
            do {
                try recorder.connection.savepoint {
                    let rehearsal = Recorder(recorder.connection, origin: .editor, author: TestCoverage.desk)
                    _ = try rehearsal.record(event)
                    try rehearsal.finish()
                    throw Undone()
                }
            } catch is Undone {}
            _ = try recorder.record(event)
        }
        #expect(try coverage.findings() == [])
        #expect(try events(.issue, "trade").contains("first-treaty"))
    }

    /// The same of a whole transaction.
    @Test func forgetsTermsOfATransactionThatWasUndone() throws {
        struct Undone: Error {}
        let event = try firstTreaty()
        #expect(throws: Undone.self) {
            try coverage.database.write(.editor, by: TestCoverage.desk) { recorder in
                _ = try recorder.record(event)
                try recorder.finish()
                throw Undone()
            }
        }
        try coverage.database.write(.editor, by: TestCoverage.desk) { recorder in _ = try recorder.record(event) }
        #expect(try coverage.findings() == [])
        #expect(try events(.issue, "trade").contains("first-treaty"))
    }

    /// What looks the same is another value where its bytes are others, whenever it came.
    @Test func valuesAreKeptApartByTheirBytes() throws {
        let (composed, decomposed, mixed) = ("Caf\u{E9} N\u{E9}", "Cafe\u{301} Ne\u{301}", "Caf\u{E9} Ne\u{301}")
        for (id, publisher) in [("first-notice", composed), ("second-notice", decomposed)] {
            let content = try JSONReader.read(
                Array(#"{"id": "\#(id)", "publisher": "\#(publisher)", "text": "A notice of \#(id)."}"#.utf8))
            try coverage.edit([Edit(.article, .create(content))])
        }
        for (id, publisher) in [("first-notice", composed), ("second-notice", decomposed)] {
            let found = try coverage.ids(ListQuery<Article>(filters: [Filter(.publisher, values: [publisher])]))
            #expect(found == [id])
        }
        let either = Filter<Article.Field>(.publisher, values: [composed, decomposed])
        #expect(try coverage.ids(ListQuery<Article>(filters: [either])) == ["first-notice", "second-notice"])
        #expect(Filter<Article.Field>(.publisher, values: [composed]) != Filter(.publisher, values: [decomposed]))
        #expect(["b", composed, decomposed, composed, "b"].distinct.count == 3)
        #expect(try coverage.findings() == [])
        try coverage.database.write(.editor, by: TestCoverage.desk) { recorder in
            try recorder.connection.run(
                "UPDATE terms SET value = ? WHERE type = 'article' AND value = ?", .text(mixed), .text(decomposed))
        }
        #expect(try coverage.findings().count == 1)
    }

    @Test func followsTheEventsThemselves() throws {
        try load("events.json", #""title": "Dinner in Karst""#, #""title": "A supper in Karst""#)
        #expect(
            try coverage.ids(ListQuery<Event>(filters: [Filter(.place, values: ["karst"])])) == [
                "karst-dinner", "karst-meeting",
            ])
        try load("events.json", #"{"edtf": "2031-04-02""#, #"{"edtf": "2031-04-30""#)
        let calls = ListQuery<Event>(filters: [Filter(.kind, values: ["call", "visit"])], order: .date)
        #expect(try coverage.ids(calls) == ["envoy-visit", "envoy-call", "return-visit"])
        try load(
            "events.json", #"{"person": {"id": "renee-ostrava"}, "role": "participant"}"#,
            #"{"person": {"id": "tobias-quill"}, "role": "participant"}"#)
        let issues = try coverage.ids(ListQuery<Person>(filters: [Filter(.event, values: [], allowsAbsent: true)]))
        #expect(!issues.contains("tobias-quill"))
    }

    /// A term that no record has any more is gone, and its number is not counted.
    @Test func forgetsWhatNoRecordHas() throws {
        try load("events.json", #""kind": "summit""#, #""kind": "meeting""#)
        let terms = try coverage.database.read {
            try $0.connection.terms(between: ""..<"\u{10FFFF}", of: "kind", .event)
        }
        #expect(!terms.contains { $0.value == "summit" })
        #expect(terms.first { $0.value == "meeting" }?.records == 2)
    }

    @Test(arguments: [
        (
            "UPDATE terms SET records = records + 1 WHERE type = 'event' AND field = 'kind' AND value = 'call'",
            "kind call"
        ),
        ("UPDATE terms SET records = records + 1 WHERE type = 'event' AND field = 'all'", "all"),
        (
            "INSERT INTO listed_by_name SELECT number, 'A call', 'a-call' FROM terms WHERE type = 'event' AND value = 'call'",
            "kind call"
        ),
        (
            "INSERT INTO listed_by_date SELECT number, 1, 2, 'a-call' FROM terms WHERE type = 'event' AND value = 'call'",
            "kind call"
        ),
        ("INSERT INTO postings SELECT 99999, number FROM terms WHERE type = 'event' AND value = 'call'", "kind call"),
    ])
    func checkCountsWhatIsListed(damage: String, value: String) throws {
        let connection = try Connection(path: coverage.database.path, mode: .readWrite)
        try connection.execute(damage)
        let findings = try coverage.database.read { try $0.check() }.findings
        #expect(findings.map { "\($0.type) \($0.id)" } == ["event \(value)"])
    }

    /// Lists of an older definition are written anew when the database is opened.
    @Test func writesListsAnew() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/readout.sqlite"
        let migrations = try CoverageDatabase.migrations(in: Repository.migrations)
        let told = Mutex<[String]>([])
        let report: @Sendable (String) -> Void = { line in told.withLock { $0.append(line) } }
        let first = try CoverageDatabase(path: path, migrations: migrations, report: report)
        #expect(told.withLock { $0 } == [], "nothing takes long in a new database")
        _ = try first.load(EnvoyVisit.seeds())
        first.close()
        let connection = try Connection(path: path, mode: .readWrite)
        try connection.execute(
            """
            UPDATE terms SET value = value || 'x'; UPDATE counters SET value = 0 WHERE name IN ('lists', 'fingerprints');
            UPDATE articles SET name = source WHERE headline IS NULL;
            """)
        let second = try CoverageDatabase(path: path, migrations: migrations, report: report)
        defer { second.close() }
        #expect(told.withLock { $0.map { $0.prefix(9) } } == ["all lists", "all texts"])
        #expect(try second.read { try $0.check() }.findings == [])
        let page = try second.read { try $0.page(ListQuery<Event>(filters: [Filter(.kind, values: ["call"])])) }
        #expect(page.ids == ["envoy-call"] && page.total == .exact(1))
        let names = try second.read { try $0.facet(.article, of: ListQuery<Event>()) }?.map(\.name) ?? []
        #expect(names.contains("Notes From Teal Island (no headline)") && !names.contains("lindal-review.txt"))
    }
}

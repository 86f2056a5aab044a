// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import JSON
import LargeCoverage
import TestSupport
import Testing

@testable import CoverageAPI

/// A page of JSON is written from the rows of its records as they come, and lines of NDJSON from values that were made of them: both
/// have to say the same, byte by byte.
@Suite struct RowMemberTests {
    static let collections = ["events", "statements", "organizations", "places"]

    /// One member without a place, and all records of its type would be written from values, which nothing else would show.
    @Test func areOfTheTypesThatHaveRows() {
        func isWrittenFromRows<Record: ServedFact>(_ type: Record.Type) -> Bool {
            #expect((Record.shape.rowMembers == nil) == (Record.rows == nil))
            return Record.shape.rowMembers != nil
        }
        #expect(isWrittenFromRows(Event.self) && isWrittenFromRows(Coverage.Statement.self))
        #expect(isWrittenFromRows(Organization.self) && isWrittenFromRows(Place.self))
        #expect(!isWrittenFromRows(Person.self) && !isWrittenFromRows(Coverage.Issue.self))
        #expect(!isWrittenFromRows(Discrepancy.self) && !isWrittenFromRows(Article.self))
    }

    private func compare(_ api: TestAPI, _ query: String) throws -> Int {
        let lines = api.ask("\(query)&format=ndjson").text.split(separator: "\n")
        let page = api.ask(query).text
        #expect(page.hasPrefix("{\"data\":[\(lines.joined(separator: ","))],\"page\""), "\(query)")
        return lines.count
    }

    @Test(arguments: collections)
    func saysTheSameOfWhatShips(collection: String) throws {
        let api = try TestAPI(Repository.seeds())
        #expect(try compare(api, "/v1/\(collection)?limit=100") > 0)
    }

    @Test(arguments: collections)
    func saysTheSameOfGeneratedCoverage(collection: String) throws {
        let api = try TestAPI(nil)
        for part in LargeCoverage(events: 80, officials: 20, issues: 10, places: 8, articles: 10) {
            _ = try api.coverage.database.load(SeedFiles(part.mapValues { Array($0.utf8) }))
        }
        #expect(try compare(api, "/v1/\(collection)?limit=100") > 0)
    }

    @Test(arguments: [
        "events?fields=title,date,issues", "events?fields=coverage", "events?fields=evidence,revision",
        "events?include=parts,statements", "events?include=discrepancies&fields=name&sort=-name",
        "statements?fields=speakerAs,speaker,variants", "places?fields=latitude,within,aliases",
        "organizations?include=people&fields=memberOf,country",
    ])
    func saysTheSameOfAPart(query: String) throws {
        let api = try TestAPI(Repository.seeds())
        #expect(try compare(api, "/v1/\(query)&limit=100") > 0)
    }

    @Test(arguments: collections)
    func givesOneAsItStandsInTheList(collection: String) throws {
        let api = try TestAPI(Repository.seeds())
        for line in api.ask("/v1/\(collection)?format=ndjson").text.split(separator: "\n") {
            let record = try JSONReader.read(Array(line.utf8))
            #expect(api.ask(record["href"].text).text == String(line))
        }
    }

    /// Somebody else can have written anything into the file.
    @Test(arguments: [
        "UPDATE events SET kind = 'duel' WHERE id = 'karst-dinner'",
        "UPDATE events SET date_edtf = '2019-02-30' WHERE id = 'karst-dinner'",
        "UPDATE events SET date_basis = 'rumour' WHERE id = 'karst-dinner'",
        "UPDATE event_participants SET role = 'cook' WHERE event_id = 'karst-dinner'",
        "UPDATE citations SET status = 'dreamt' WHERE type = 'event' AND id = 'karst-dinner'",
    ])
    func passesNothingOnThatIsNoValueOfItsSet(sql: String) throws {
        let api = try TestAPI()
        try api.coverage.tamper(sql)
        #expect(api.ask("/v1/events/karst-dinner").status == 500)
        #expect(api.ask("/v1/events?limit=100").status == 500)
        #expect(api.ask("/v1/events/envoy-call").status == 200)
    }

    /// A record that is gone from the middle of a page, its children still there; and a citation of a part that events do not have.
    @Test func passesOverWhatBelongsToNobody() throws {
        let api = try TestAPI()
        try api.coverage.tamper("DELETE FROM events WHERE id = 'karst-meeting'")
        try api.coverage.tamper(
            """
            INSERT INTO citations (type, id, part, position, article_id, paragraph, anchors, digest, status)
            SELECT type, id, 'parts/0', 0, 'envoy-lands', paragraph, anchors, digest, status FROM citations
            WHERE type = 'event' AND id = 'karst-dinner' AND position = 0
            """)
        // The list of a person still has it, with others before and behind it.
        #expect(try compare(api, "/v1/events?person=oskar-brandt&limit=100") == 4)
        #expect(try compare(api, "/v1/events?person=oskar-brandt&include=parts,statements&limit=100") == 4)
        #expect(api.ask("/v1/events/karst-meeting").status == 404)
        let dinner = api.ask("/v1/events/karst-dinner").json
        #expect(dinner["coverage"]["articles"] == 2 && dinner["evidence"].elements.count == 1)
        // Left out, it is not read.
        try api.coverage.tamper("UPDATE events SET kind = 'duel' WHERE id = 'karst-dinner'")
        #expect(api.ask("/v1/events/karst-dinner?fields=name").status == 200)
    }

    @Test func putsRightWhatIsNotUTF8() throws {
        let api = try TestAPI()
        try api.coverage.tamper(
            "UPDATE events SET summary = CAST(X'41FF22C3A9' AS TEXT), name = 'é\"' WHERE id = 'karst-dinner'")
        let event = api.ask("/v1/events/karst-dinner").json
        #expect(event["summary"].text == "A\u{FFFD}\"é" && event["name"].text == "é\"")
        #expect(try compare(api, "/v1/events?limit=100") > 0)
    }
}

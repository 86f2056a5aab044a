// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import JSON
import LargeCoverage
import TestSupport
import Testing

/// A page of JSON is written from the rows of its records as they come, and lines of NDJSON from values that were made of them: both
/// have to say the same, byte by byte.
@Suite struct RowMemberTests {
    static let collections = ["events", "statements", "organizations", "places", "people", "issues", "discrepancies"]

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

    @Test(arguments: ["events", "statements", "organizations", "places"])
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

    @Test func putsRightWhatIsNotUTF8() throws {
        let api = try TestAPI()
        try api.coverage.tamper(
            "UPDATE events SET summary = CAST(X'41FF22C3A9' AS TEXT), name = 'é\"' WHERE id = 'karst-dinner'")
        let event = api.ask("/v1/events/karst-dinner").json
        #expect(event["summary"].text == "A\u{FFFD}\"é" && event["name"].text == "é\"")
        #expect(try compare(api, "/v1/events?limit=100") > 0)
    }
}

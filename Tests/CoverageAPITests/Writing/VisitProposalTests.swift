// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import HTTP
import HTTPTypes
import JSON
import TestSupport
import Testing

/// The five articles of the first coverage, taken into a database that knows only people, organizations and places. (What they
/// cite are the articles, so those are on record, with their days of publication and without texts.) The texts are read from
/// `../shared/articles`.
@Suite struct VisitProposalTests {

    /// What happened or was to happen between people, told with a date that the articles support.
    private static let kinds: Set<String> = ["visit", "meeting", "call", "summit", "postponement"]

    private static func seeds() throws -> SeedFiles {
        var files = try Repository.seeds().files
        for name in ["issues", "events", "statements", "discrepancies", "overlaps"] {
            files["\(name).json"] = Array("[]".utf8)
        }
        return SeedFiles(files)
    }

    private static func expected() throws -> [JSONValue] {
        let events = try JSONReader.read(try #require(try Repository.seeds().files["events.json"]))
        return events.elements.filter { event in
            kinds.contains(event["kind"].text) && event["date"] != .null && event["date"]["basis"] != "background"
                && !event["participants"].elements.isEmpty
        }
    }

    private static func people(_ event: JSONValue) -> Set<String> {
        Set(event["participants"].elements.map(\.["person"]["id"].text))
    }

    /// Whether a date is the expected one, or lies within it.
    private static func isRight(_ date: JSONValue, _ expected: JSONValue) throws -> Bool {
        guard date != .null else { return false }
        let (found, wanted) = (try EDTF(date["edtf"].text), try EDTF(expected["edtf"].text))
        return found.lowerBound >= wanted.lowerBound && found.upperBound <= wanted.upperBound
    }

    /// Whether both are about the same: of an event between two people both, of one person's that one.
    private static func isSame(_ proposal: JSONValue, _ event: JSONValue) -> Bool {
        guard proposal["kind"] == event["kind"] else { return false }
        if event["kind"] == "summit" { return true }
        return people(proposal).intersection(people(event)).count >= min(2, people(event).count)
    }

    @Test(.enabled(if: Repository.articles != nil, "the articles' texts are not at hand"))
    func proposesMostEventsWithTheirDates() throws {
        let desk = try EditorDesk(TestAPI(Self.seeds()))
        for (name, text) in try #require(Repository.articles).sorted(by: { $0.key < $1.key }) {
            let reply = desk.send(.post, "/v1/articles?source=\(name)", bytes: text, "text/plain")
            #expect(reply.status == 200 && reply.json["outcome"] == "stored", "\(name): \(reply.json["detail"].text)")
        }
        var proposals: [JSONValue] = []
        var cursor = ""
        repeat {
            let page = desk.get("/v1/proposals?kind=event&limit=100\(cursor.isEmpty ? "" : "&cursor=\(cursor)")").json
            proposals += page["data"].elements.map(\.["content"])
            cursor = page["page"]["next"].text
        } while !cursor.isEmpty
        let expected = try Self.expected()
        let missed = try expected.filter { event in
            try !proposals.contains { try Self.isSame($0, event) && Self.isRight($0["date"], event["date"]) }
        }
        let found = proposals.map { "\($0["title"].text) (\($0["date"]["edtf"].text))" }
        #expect(
            missed.count * 2 < expected.count,
            "\(missed.count) of \(expected.count) missed: \(missed.map(\.["id"].text)) among \(found)")
        // None of them is a fact.
        #expect(desk.get("/v1/events").json["data"] == [])
    }
}

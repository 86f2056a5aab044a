// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import JSON
import TestSupport
import Testing

/// Two articles that each copy from a third, and nothing from each other.
@Suite struct LineageTests {
    private static let tide = """
        The tide gate at the northern end of the harbour was shut on Sunday evening while the wardens measured how far the water had risen.
        """
    private static let salt = """
        Forty barges loaded with salt had been waiting since the previous week because nobody knew which of the two offices would clear them.
        """
    private let desk: EditorDesk

    init() throws {
        desk = try EditorDesk()
        try take("The agency wire\n\n\(Self.tide)\n\(Self.salt)\n", "2031-05-05", as: "wire.txt")
        try take("Tide gate shut\n\n\(Self.tide)\nChildren watched.\n", "2031-05-06", as: "gate.txt")
        try take("Barges wait\n\n\(Self.salt)\nThe skippers played cards.\n", "2031-05-07", as: "barges.txt")
        let evidence = ["tide-gate-shut", "barges-wait"].map { id -> JSONValue in
            ["article": ["id": .string(id)], "paragraph": 2, "anchors": [id == "barges-wait" ? "salt" : "tide"]]
        }
        let made = desk.post("/v1/events", Draft.event.with(("id", "jam"), ("evidence", .array(evidence))))
        try #require(made.status == 201, "\(made.text)")
    }

    private func take(_ text: String, _ published: String, as source: String) throws {
        let query = "?published=\(published)&source=\(source)"
        let reply = desk.send(.post, "/v1/articles\(query)", bytes: Array(text.utf8), "text/plain")
        try #require(reply.status == 201, "\(reply.text)")
    }

    private var coverage: JSONValue { coverage(of: "jam") }

    private func coverage(of event: String) -> JSONValue { desk.get("/v1/events/\(event)").json["coverage"] }

    private func proposals(_ article: String) -> [JSONValue] {
        desk.get("/v1/proposals?kind=lineage&state=open&article=\(article)").json["data"].elements
    }

    /// Without what tied them together they count for themselves.
    @Test func partsThemWhenTheSourceIsDeleted() {
        #expect(coverage == ["articles": 2, "independent": 1])
        #expect(!proposals("tide-gate-shut").isEmpty && !proposals("barges-wait").isEmpty)
        #expect(desk.delete("/v1/articles/the-agency-wire").status == 204)
        #expect(coverage == ["articles": 2, "independent": 2])
        #expect(proposals("tide-gate-shut").isEmpty && proposals("barges-wait").isEmpty)
        #expect(
            desk.get("/v1/articles/barges-wait/overlap").json["data"].elements.map(\.["group"]) == [.null])
    }

    /// What an editor has refused stays refused when the article goes that the group is named for, and when an earlier one comes.
    @Test func staysRefusedUnderAnotherName() throws {
        try take("Harbour shut\n\n\(Self.tide)\nNobody left.\n", "2031-05-08", as: "harbour.txt")
        let evidence = ["tide-gate-shut", "harbour-shut"].map { id -> JSONValue in
            ["article": ["id": .string(id)], "paragraph": 2, "anchors": ["tide"]]
        }
        let made = desk.post("/v1/events", Draft.event.with(("id", "tide"), ("evidence", .array(evidence))))
        try #require(made.status == 201, "\(made.text)")
        #expect(coverage(of: "tide") == ["articles": 2, "independent": 1])
        let lineage = try #require(proposals("harbour-shut").first)
        #expect(lineage["content"]["lineage"]["group"] == "the-agency-wire")
        let place = "/v1/proposals/\(lineage["id"].text)"
        let rejected = desk.patch(place, ["state": "rejected", "remark": "They were there."])
        #expect(rejected.status == 200, "\(rejected.text)")
        #expect(coverage(of: "tide") == ["articles": 2, "independent": 2])

        #expect(desk.delete("/v1/articles/the-agency-wire").status == 204)
        func isRefused(_ group: String) -> Bool {
            for id in ["tide-gate-shut", "harbour-shut"] {
                let read = desk.post("/v1/proposals", ["article": ["id": .string(id)]])
                #expect(read.status == 200, "\(read.text)")
            }
            let own = desk.get("/v1/proposals?kind=lineage&article=harbour-shut").json["data"].elements
            return coverage(of: "tide") == ["articles": 2, "independent": 2] && own.count == 1
                && own[0]["state"] == "rejected" && own[0]["content"]["lineage"]["group"] == .string(group)
        }
        let renamed = desk.get(place).json
        #expect(renamed["revision"] == 3 && renamed["remark"] == "They were there.", "\(renamed)")
        #expect(isRefused("tide-gate-shut"))
        try take("An early wire\n\n\(Self.tide)\n", "2031-05-01", as: "early.txt")
        #expect(proposals("tide-gate-shut").first?["content"]["lineage"]["group"] == "an-early-wire")
        #expect(isRefused("tide-gate-shut"))
    }

    /// An editor's word on a lineage changes the list, and no record.
    @Test func tellsThatAPageIsOutdated() throws {
        // Without facts in common, they belong together by what was measured alone.
        #expect(desk.delete("/v1/events/jam").status == 204)
        let path = "/v1/articles/tide-gate-shut/overlap"
        let first = desk.get("\(path)?limit=1").json
        #expect(first["page"]["total"] == 2 && first["data"][0]["article"]["id"] == "the-agency-wire")
        let next = "\(path)?limit=1&cursor=\(first["page"]["next"].text)"
        // What has nothing to do with the list leaves its pages be.
        #expect(desk.patch("/v1/people/ilse-marn", ["aliases": ["The harbour master"]]).status == 200)
        #expect(desk.get(next).json["data"][0]["article"]["id"] == "barges-wait")
        let lineage = try #require(proposals("barges-wait").first)
        let rejected = desk.patch(
            "/v1/proposals/\(lineage["id"].text)", ["state": "rejected", "remark": "They were there."])
        #expect(rejected.status == 200, "\(rejected.text)")
        #expect(desk.get(path).json["page"]["total"] == 1)
        let outdated = desk.get(next)
        #expect(outdated.status == 400 && outdated.problem == "cursor-expired", "\(outdated.text)")
    }
}

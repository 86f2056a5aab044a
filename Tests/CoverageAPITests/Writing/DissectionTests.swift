// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import HTTP
import HTTPTypes
import JSON
import TestSupport
import Testing

/// Two articles about people whom nobody knew, one of which copies the other and misquotes: what is made of them, step by
/// step, through the API.
@Suite struct DissectionTests {
    private static let gazette = """
        Deputy minister receives ambassador in Karst

        Belmora's Deputy Foreign Minister Tomas Verrin met Arvenian Ambassador Lucia Hale in Karst on Sunday.
        “We will open the northern channel to every fishing boat before the end of the summer”, Verrin said after the meeting.
        The two had last spoken by telephone in March, and the harbour office had prepared for weeks for the delegation.
        Hale leaves for Port Lindal on Thursday.

        """
    private static let evening = """
        Verrin and Hale talk about the channel

        The two had last spoken by telephone in March, and the harbour office had prepared for weeks for the delegation.
        Deputy Foreign Minister Tomas Verrin met Ambassador Lucia Hale in Karst on Sunday.
        “We will open the northern channel to most fishing boats before the end of the summer”, Verrin said.

        """
    private static let gazettePath = "/v1/articles/deputy-minister-receives-ambassador-in-karst"
    private static let eveningPath = "/v1/articles/verrin-and-hale-talk-about-the-channel"

    private let desk: EditorDesk

    init() throws {
        desk = try EditorDesk()
        // Both days after the Sunday of the meeting, 4 May 2031.
        let first = take(Self.gazette, "?published=2031-05-06&source=gazette.txt")
        try #require(first.status == 201, "\(first.text)")
        for (name, surname) in [("Tomas Verrin", "Verrin"), ("Lucia Hale", "Hale")] {
            let made = desk.post(
                "/v1/people",
                [
                    "name": .string(name), "category": "official",
                    "evidence": [
                        [
                            "article": ["id": "deputy-minister-receives-ambassador-in-karst"], "paragraph": 2,
                            "anchors": [.string(surname)],
                        ]
                    ],
                ])
            try #require(made.status == 201, "\(made.text)")
        }
    }

    private func take(_ text: String, _ query: String = "") -> TestReply {
        desk.send(.post, "/v1/articles\(query)", bytes: Array(text.utf8), "text/plain")
    }

    private func takeBoth() throws -> TestReply {
        try #require(take(Self.gazette, "?replace=true").status == 200)
        let second = take(Self.evening, "?published=2031-05-07&source=evening.txt")
        try #require(second.status == 201, "\(second.text)")
        return second
    }

    private func proposals(_ query: String) -> [JSONValue] {
        desk.get("/v1/proposals?limit=100&\(query)").json["data"].elements
    }

    private func accept(_ proposal: JSONValue) -> TestReply {
        desk.patch("/v1/proposals/\(proposal["id"].text)", ["state": "accepted"], ifMatch: "*")
    }

    private func integer(_ value: JSONValue) throws -> Int {
        let number: Int64? = if case .integer(let number) = value { number } else { nil }
        return Int(try #require(number))
    }

    private func number(_ value: JSONValue) throws -> Double {
        let number: Double? = if case .number(let number) = value { number } else { nil }
        return try #require(number)
    }

    // MARK: Mentions

    @Test func findsNewPeopleAtOnce() throws {
        let reply = desk.get("\(Self.gazettePath)/mentions?type=person&limit=100")
        #expect(reply.status == 200 && reply.json["hasText"] == true, "\(reply.text)")
        let mentions = reply.json["data"].elements
        let verrin = mentions.filter { $0["entity"]["id"] == "tomas-verrin" }
        #expect(Set(verrin.map(\.["surface"].text)) == ["Tomas Verrin", "Verrin"])
        #expect(mentions.contains { $0["entity"]["id"] == "lucia-hale" && $0["paragraph"] == 5 })
        let line = Array(Self.gazette.split(separator: "\n")[1].unicodeScalars)
        let first = try #require(verrin.first)
        let (start, end) = (try integer(first["start"]), try integer(first["end"]))
        #expect(String(String.UnicodeScalarView(line[start..<end])) == "Tomas Verrin")
        // Filters, and pages that fit together.
        let only = desk.get("\(Self.gazettePath)/mentions?entity=person:lucia-hale&paragraph=2").json["data"].elements
        #expect(only.count == 1 && only[0]["surface"] == "Lucia Hale")
        #expect(desk.get("\(Self.gazettePath)/mentions?entity=lucia-hal").faults == ["entity"])
        var found: [JSONValue] = []
        var target: String? = "\(Self.gazettePath)/mentions?type=person&limit=2"
        while let next = target {
            let page = desk.get(next).json
            found += page["data"].elements
            let cursor = page["page"]["next"].text
            target = cursor.isEmpty ? nil : "\(Self.gazettePath)/mentions?type=person&limit=2&cursor=\(cursor)"
        }
        #expect(found == mentions)
    }

    @Test func letsOutNoMoreThanNames() {
        for mention in desk.get("\(Self.gazettePath)/mentions?limit=100").json["data"].elements {
            let known = Set(
                (mention["entity"]["name"].text + " Minister Foreign Envoy Trade Ambassador").lowercased().split(
                    separator: " "
                ).map(String.init))
            let words = mention["surface"].text.lowercased().split { !$0.isLetter }.map(String.init)
            #expect(words.allSatisfy { known.contains($0) || ["the", "s"].contains($0) }, "\(mention)")
        }
    }

    @Test func saysThatThereIsNoText() {
        let reply = desk.get("/v1/articles/talks-in-karst/mentions")
        #expect(reply.status == 200 && reply.json["data"] == [] && reply.json["hasText"] == false)
    }

    // MARK: Copies

    @Test func seesTheCopy() throws {
        let second = try takeBoth()
        #expect(second.json["found"]["overlaps"] == 1)
        let relations = desk.get("\(Self.eveningPath)/overlap").json["data"].elements
        let relation = try #require(relations.first)
        #expect(relation["article"]["id"] == "deputy-minister-receives-ambassador-in-karst")
        let (copied, confidence) = (try number(relation["copied"]), try number(relation["confidence"]))
        #expect(copied > 0.3 && copied < 0.9 && confidence >= 0.8)
        #expect(!relation["group"].text.isEmpty)
        let compared = desk.get(
            "/v1/compare?a=deputy-minister-receives-ambassador-in-karst&b=verrin-and-hale-talk-about-the-channel")
        #expect(!compared.json["copied"].elements.isEmpty)
    }

    /// A fact that both report is one report, until an editor says that they do not copy.
    @Test func countsTheCopyOnce() throws {
        _ = try takeBoth()
        let event = try #require(proposals("kind=event").first { $0["content"]["kind"] == "meeting" })
        let accepted = accept(event)
        #expect(accepted.status == 200, "\(accepted.text)")
        let path = "/v1/events/\(accepted.json["record"]["id"].text)"
        #expect(desk.get(path).json["coverage"] == ["articles": 2, "independent": 1])
        let lineages = proposals("kind=lineage&state=open")
        #expect(!lineages.isEmpty)
        for lineage in lineages {
            let rejected = desk.patch(
                "/v1/proposals/\(lineage["id"].text)", ["state": "rejected", "remark": "Both were there."])
            #expect(rejected.status == 200, "\(rejected.text)")
        }
        #expect(desk.get(path).json["coverage"] == ["articles": 2, "independent": 2])
        // Reading again does not bring back what was refused.
        #expect(take(Self.evening, "?replace=true").status == 200)
        #expect(desk.get(path).json["coverage"]["independent"] == 2)
        #expect(proposals("kind=lineage&state=open").isEmpty)
    }

    /// What was measured on a text that is no more there is neither proposed nor counted.
    @Test func forgetsACopyThatIsNoneAnyMore() throws {
        _ = try takeBoth()
        #expect(!proposals("kind=lineage&state=open").isEmpty)
        let replaced = take("Verrin and Hale talk\n\nNobody knows what about.\n", "?source=evening.txt&replace=true")
        #expect(replaced.json["outcome"] == "replaced", "\(replaced.text)")
        // That of the text which is gone can still be seen, but not be accepted.
        #expect(proposals("kind=lineage&state=open").allSatisfy { $0["isStale"] == true })
        #expect(desk.get("\(Self.gazettePath)/overlap").json["data"] == [])
    }

    /// What an editor has made of a proposal outlives one of the articles that it stands on.
    @Test func staysWithTheOtherArticle() throws {
        _ = try takeBoth()
        let event = try #require(proposals("kind=event").first { $0["content"]["kind"] == "meeting" })
        let place = "/v1/proposals/\(event["id"].text)"
        #expect(desk.patch(place, ["state": "rejected", "remark": "It was a walk."]).status == 200)
        #expect(desk.delete(Self.eveningPath).status == 204)
        let left = desk.get(place).json
        #expect(left["state"] == "rejected" && left["remark"] == "It was a walk.")
        let grounds = Set(left["grounds"].elements.map(\.["article"]["id"].text))
        #expect(grounds == ["deputy-minister-receives-ambassador-in-karst"])
        // Its words are still those of both.
        #expect(left["isStale"] == true && left["content"] == event["content"])
        #expect(take(Self.gazette, "?replace=true").status == 200)
        #expect(!proposals("kind=event&state=open").contains { $0["content"]["kind"] == "meeting" })
    }

    @Test func acceptsALineageIntoTheRecord() throws {
        _ = try takeBoth()
        let lineage = try #require(proposals("kind=lineage&article=verrin-and-hale-talk-about-the-channel").first)
        #expect(accept(lineage).json["record"]["id"] == "verrin-and-hale-talk-about-the-channel")
        #expect(desk.get(Self.eveningPath).json["lineage"] == lineage["content"]["lineage"])
    }

    // MARK: Facts

    @Test func proposesTheMeetingOnceWithItsDay() throws {
        _ = try takeBoth()
        let meetings = proposals("kind=event&state=open").filter { $0["content"]["kind"] == "meeting" }
        #expect(meetings.count == 1, "\(meetings.map(\.["name"].text))")
        let meeting = try #require(meetings.first)
        #expect(meeting["content"]["date"]["edtf"] == "2031-05-04")
        #expect(meeting["content"]["date"]["basis"] == "inferred")
        #expect(meeting["content"]["place"]["id"] == "karst")
        let people = Set(meeting["content"]["participants"].elements.map(\.["person"]["id"].text))
        #expect(people == ["tomas-verrin", "lucia-hale"])
        let articles = Set(meeting["grounds"].elements.map(\.["article"]["id"].text))
        #expect(articles.count == 2)
        // It is no fact, anywhere.
        #expect(desk.get("/v1/events?person=tomas-verrin").json["data"] == [])
        #expect(!desk.get("/v1/changes?limit=100").text.contains("proposal"))
    }

    @Test func proposesTheStatementAndTheMisquotation() throws {
        _ = try takeBoth()
        let statements = proposals("kind=statement").filter { $0["content"]["speaker"]["id"] == "tomas-verrin" }
        #expect(statements.count { $0["content"]["form"] == "direct" } == 2)
        #expect(statements.allSatisfy { $0["grounds"][0]["text"] == .null })
        let wording = try #require(proposals("kind=discrepancy").first { $0["content"]["kind"] == "wording" })
        #expect(wording["content"]["subject"] == ["type": "person", "id": "tomas-verrin"])
        #expect(wording["content"]["accounts"].elements.count == 2)
        let accepted = accept(wording)
        #expect(accepted.status == 200, "\(accepted.text)")
        let found = desk.get("/v1/discrepancies?subject=person:tomas-verrin").json["data"].elements
        #expect(found.count == 1 && found[0]["accounts"].elements.count == 2)
    }

    /// Once one of the quotations is on record, the other is proposed as a variant of it.
    @Test func tiesTheQuotationsTogether() throws {
        #expect(take(Self.gazette, "?replace=true").status == 200)
        let first = try #require(
            proposals("kind=statement").first { $0["content"]["form"] == "direct" })
        let recorded = accept(first).json["record"]["id"].text
        #expect(!recorded.isEmpty)
        #expect(take(Self.evening, "?published=2031-05-07").status == 201)
        let second = try #require(
            proposals("kind=statement&state=open").first {
                $0["content"]["form"] == "direct"
                    && $0["grounds"][0]["article"]["id"] == "verrin-and-hale-talk-about-the-channel"
            })
        #expect(second["content"]["variants"] == [["id": .string(recorded)]])
        let other = accept(second).json["record"]["id"].text
        #expect(desk.get("/v1/statements/\(recorded)").json["variants"][0]["id"] == .string(other))
    }
}

// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import HTTP
import HTTPTypes
import JSON
import TestSupport
import Testing

@testable import CoverageAPI

/// `/v1/proposals`, on what the articles of the fixture propose.
@Suite struct ProposalTests {
    private let desk: EditorDesk
    private let courier: String

    init() throws {
        courier = try #require(EnvoyVisit.texts["karst-courier.txt"])
        // The same people and places, and no events yet.
        let seeds = EnvoyVisit.seeds(with: [
            "events.json": "[]", "statements.json": "[]", "discrepancies.json": "[]",
        ])
        desk = try EditorDesk(TestAPI(seeds))
        let taken = take(courier)
        try #require(taken.status == 200, "\(taken.text)")
    }

    private func take(_ text: String, _ query: String = "") -> TestReply {
        desk.send(.post, "/v1/articles\(query)", bytes: Array(text.utf8), "text/plain")
    }

    private func meeting() throws -> JSONValue {
        let events = desk.get("/v1/proposals?kind=event&limit=100").json["data"].elements
        return try #require(
            events.first { event in
                let people = Set(event["content"]["participants"].elements.map(\.["person"]["id"].text))
                return people.isSuperset(of: ["oskar-brandt", "mira-talvane"])
            }, "\(events)")
    }

    private func path(_ proposal: JSONValue) -> String { "/v1/proposals/\(proposal["id"].text)" }

    /// A decision and a reading are changes like any other.
    @Test func isSafeToRepeat() throws {
        let proposal = try meeting()
        let decision: JSONValue = ["state": "rejected", "remark": "The article says no such thing."]
        let fields: HTTPFields = [.ifMatch: "\"1\"", .idempotencyKey: "k-1"]
        func decide(_ decision: JSONValue) -> TestReply {
            desk.send(.patch, path(proposal), bytes: decision.encoded, "application/merge-patch+json", fields)
        }
        let first = decide(decision)
        #expect(first.status == 200 && first.field("Idempotency-Replayed") == nil, "\(first.text)")
        let second = decide(decision)
        #expect(second.status == 200 && second.field("Idempotency-Replayed") == "true" && second.body == first.body)
        #expect(decide(["state": "accepted"]).problem == "idempotency-key-reused")

        let again: JSONValue = ["article": ["id": "talks-in-karst"]]
        let read = desk.post("/v1/proposals", again, fields: [.idempotencyKey: "k-1"])
        let same = desk.post("/v1/proposals", again, fields: [.idempotencyKey: "k-1"])
        #expect(read.status == 200 && same.body == read.body, "\(read.text)")
        #expect(same.field("Idempotency-Replayed") == "true")
    }

    // MARK: Reading

    @Test func listsWhatWaits() throws {
        let all = desk.get("/v1/proposals?limit=100")
        #expect(all.status == 200 && all.isShareable == false)
        let proposals = all.json["data"].elements
        #expect(!proposals.isEmpty)
        #expect(proposals.allSatisfy { $0["state"] == "open" && $0["type"] == "proposal" && $0["isStale"] == false })
        #expect(desk.get("/v1/proposals?state=accepted,rejected").json["data"] == [])
        let events = desk.get("/v1/proposals?kind=event&limit=100").json["data"].elements
        #expect(events == proposals.filter { $0["kind"] == "event" })
        #expect(desk.get("/v1/proposals?article=envoy-lands").json["data"] == [])
        #expect(desk.get("/v1/proposals?article=talks-in-karst&limit=100").json["data"].elements == proposals)
        let first = try #require(proposals.first)
        let one = desk.get(path(first))
        #expect(one.json == first && one.eTag.hasPrefix("\"1-"))
        #expect(desk.get("/v1/proposals?kind=evnt").faults == ["kind"])
        let unknown = desk.get("/v1/proposals/event-0000000000000000")
        #expect(unknown.status == 404 && unknown.faults == ["id"])
    }

    @Test func pagesFitTogether() {
        var found: [String] = []
        var cursor = ""
        repeat {
            let page = desk.get("/v1/proposals?limit=1\(cursor.isEmpty ? "" : "&cursor=\(cursor)")").json
            found += page["data"].elements.map(\.["id"].text)
            cursor = page["page"]["next"].text
        } while !cursor.isEmpty
        #expect(found == desk.api.ids("/v1/proposals?limit=100") && Set(found).count == found.count)
    }

    @Test func keepsTheWordsOfTheArticle() throws {
        let hidden = desk.get("/v1/proposals?limit=100").text
        for line in courier.split(separator: "\n").dropFirst() { #expect(!hidden.contains(line)) }
        let open = try EditorDesk(
            TestAPI(
                EnvoyVisit.seeds(with: ["events.json": "[]", "statements.json": "[]", "discrepancies.json": "[]"]),
                excerpts: .full))
        _ = open.send(.post, "/v1/articles", bytes: Array(courier.utf8), "text/plain")
        let grounds = open.get("/v1/proposals?kind=event").json["data"][0]["grounds"]
        #expect(courier.contains(grounds[0]["text"].text) && !grounds[0]["text"].text.isEmpty)
    }

    // MARK: Deciding

    @Test func acceptsThroughTheRulesOfAnyRecord() throws {
        let proposal = try meeting()
        let accepted = desk.patch(path(proposal), ["state": "accepted"], ifMatch: "\"1\"")
        #expect(accepted.status == 200, "\(accepted.text)")
        #expect(accepted.json["state"] == "accepted" && accepted.json["revision"] == 2)
        let record = accepted.json["record"]
        let event = desk.get("/v1/events/\(record["id"].text)")
        #expect(event.status == 200 && event.json["revision"] == 1)
        #expect(event.json["title"] == proposal["content"]["title"])
        let change = try #require(desk.get("/v1/changes?type=event&limit=100").json["data"].elements.last)
        #expect(change["id"] == record["id"] && change["change"] == "created")
        // Again is the same, and nothing is made twice.
        let again = desk.patch(path(proposal), ["state": "accepted"])
        #expect(again.status == 200 && again.body == accepted.body)
        #expect(desk.get("/v1/events").json["page"]["total"] == 1)
        // There is no way back from a fact.
        let back = desk.patch(path(proposal), ["state": "open"])
        #expect(back.status == 409 && back.problem == "proposal-accepted")
        #expect(desk.patch(path(proposal), ["state": "rejected", "remark": "No."]).status == 409)
    }

    /// An event that was made of a proposal and is deleted leaves the proposal to be decided anew.
    @Test func canBeDecidedAnewWhenTheEventIsGone() throws {
        let place = path(try meeting())
        let event = desk.patch(place, ["state": "accepted"]).json["record"]["href"].text
        #expect(desk.get(place).json["isRecordGone"] == false)
        #expect(desk.delete(event).status == 204)
        #expect(desk.get(place).json["isRecordGone"] == true && desk.get(place).json["state"] == "accepted")
        let unsaid = desk.patch(place, ["remark": "Once more."])
        #expect(unsaid.status == 409 && unsaid.problem == "proposal-accepted")
        #expect(unsaid.json["detail"].text.contains("was deleted since"), "\(unsaid.text)")
        let anew = desk.patch(place, ["state": "accepted"])
        #expect(anew.status == 200 && anew.json["isRecordGone"] == false, "\(anew.text)")
        let second = anew.json["record"]["href"].text
        #expect(second != event && desk.get(second).status == 200)
        #expect(desk.delete(second).status == 204)
        let rejected = desk.patch(place, ["state": "rejected", "remark": "It was a walk."])
        #expect(rejected.status == 200 && rejected.json["record"] == .null, "\(rejected.text)")
        #expect(desk.get("/v1/events").json["data"] == [])
    }

    /// What becomes of the event is a change of the proposal: who decides has to have seen it.
    @Test func tellsWhoDecidesThatTheEventIsGone() throws {
        let place = path(try meeting())
        let event = desk.patch(place, ["state": "accepted"]).json["record"]["href"].text
        let record = desk.get(event).json
        let seen = desk.get(place).eTag
        #expect(desk.delete(event).status == 204)
        #expect(desk.get(place).json["revision"] == 3)
        #expect(desk.patch(place, ["state": "accepted"], ifMatch: seen).status == 412)
        #expect(desk.get("/v1/events").json["data"] == [])
        let gone = desk.get(place).eTag
        #expect(desk.putNew(event, record).status == 201)
        #expect(desk.get(place).json["isRecordGone"] == false && desk.get(place).json["revision"] == 4)
        #expect(desk.patch(place, ["state": "rejected", "remark": "No."], ifMatch: gone).status == 412)
    }

    /// One that would change a record cannot be accepted once more without it, but be refused.
    @Test func makesNothingOfACitationWhoseEventIsGone() throws {
        #expect(take("A walk\n\nOskar Brandt met Mira Talvane in Karst on 3 May 2031.\n").status == 201)
        let walk = try #require(desk.get("/v1/proposals?article=a-walk&kind=event").json["data"].elements.first)
        let event = desk.patch(path(walk), ["state": "accepted"]).json["record"]["href"].text
        #expect(take("A path\n\nIn Karst, Mira Talvane met Oskar Brandt on 3 May 2031, it is said.\n").status == 201)
        let citation = try #require(desk.get("/v1/proposals?article=a-path&kind=citation").json["data"].elements.first)
        #expect(desk.patch(path(citation), ["state": "accepted"]).status == 200)
        #expect(desk.delete(event).status == 204)
        #expect(desk.get(path(citation)).json["isRecordGone"] == true)
        let anew = desk.patch(path(citation), ["state": "accepted"])
        #expect(anew.status == 410 && anew.problem == "gone", "\(anew.text)")
        #expect(desk.get(path(citation)).json["state"] == "accepted")
        let rejected = desk.patch(path(citation), ["state": "rejected", "remark": "It did not take place."])
        #expect(rejected.status == 200 && rejected.json["state"] == "rejected", "\(rejected.text)")
        #expect(desk.get("/v1/events").json["data"] == [])
    }

    // MARK: Articles that go

    private static let undated = "A path\n\nIn Karst, Mira Talvane met Oskar Brandt, it is said.\n"
    private static let dated = "A walk\n\nOskar Brandt met Mira Talvane in Karst on 3 May 2031.\n"

    /// The proposal of the one event that two articles tell, one of them with a date.
    private func walk(_ texts: [String] = [dated, undated]) throws -> JSONValue {
        for text in texts { #expect(take(text).status == 201) }
        let events = desk.get("/v1/proposals?article=a-walk&kind=event").json["data"].elements
        #expect(events.count == 1 && events[0]["content"]["date"]["edtf"] == "2031-05-03", "\(events)")
        let event = try #require(events.first)
        #expect(Set(event["grounds"].elements.map(\.["article"]["id"].text)) == ["a-walk", "a-path"], "\(event)")
        return event
    }

    /// What only an article told that is gone is not proposed any more.
    @Test(arguments: [[dated, undated], [undated, dated]])
    func tellsAnEventAnew(texts: [String]) throws {
        let event = try walk(texts)
        #expect(desk.delete("/v1/articles/a-walk").status == 204)
        let left = desk.get(path(event)).json
        #expect(left["content"]["date"] == .null && left["isStale"] == false && left["state"] == "open", "\(left)")
        #expect(left["name"] == left["content"]["title"] && left["revision"] != event["revision"])
        for list in [left["grounds"], left["content"]["evidence"]] {
            #expect(Set(list.elements.map(\.["article"]["id"].text)) == ["a-path"])
        }
        let accepted = desk.patch(path(event), ["state": "accepted"])
        #expect(accepted.status == 200, "\(accepted.text)")
        #expect(desk.get(accepted.json["record"]["href"].text).json["date"] == .null)
    }

    /// What another edition has put in its place is another event.
    @Test func tellsNoEventByAnother() throws {
        let event = try walk([Self.undated, Self.dated])
        let edition = "A path\n\nIn Karst, Ilse Marn met Tobias Quill, it is said.\n"
        #expect(take(edition, "?source=a-path.txt&replace=true").json["outcome"] == "replaced")
        #expect(desk.delete("/v1/articles/a-walk").status == 204)
        let left = desk.get(path(event))
        #expect(left.status == 404 || left.json["name"] == event["name"], "\(left.text)")
        #expect(desk.patch(path(event), ["state": "accepted"]).status >= 400)
        let others = desk.get("/v1/proposals?article=a-path&kind=event&state=open").json["data"].elements
        #expect(others.map(\.["name"].text).filter { $0.contains("Ilse Marn") }.count == 1, "\(others)")
    }

    /// What cannot be read again at once says what it said, and is not accepted.
    @Test func leavesStaleWhatIsTooLongToBeReadAgain() throws {
        let long = Self.undated + String(repeating: "\nThe harbour was quiet that week.\n", count: 9000)
        let event = try walk([Self.dated, long])
        #expect(desk.delete("/v1/articles/a-walk").status == 204)
        let left = desk.get(path(event)).json
        #expect(left["isStale"] == true && left["state"] == "open" && left["content"] == event["content"], "\(left)")
        let refused = desk.patch(path(event), ["state": "accepted"])
        #expect(refused.status == 422 && refused.text.contains("there is no article 'a-walk'"), "\(refused.text)")
    }

    /// Nor what only another edition told.
    @Test func forgetsWhatAnotherEditionTold() throws {
        let event = try walk([Self.undated, Self.dated])
        let edition = Self.dated.replacing("on 3 May 2031", with: "this week")
        #expect(take(edition, "?source=a-walk.txt&replace=true").json["outcome"] == "replaced")
        let left = desk.get(path(event)).json
        #expect(left["content"]["date"]["edtf"] != "2031-05-03" && left["isStale"] == false, "\(left)")
        #expect(Set(left["grounds"].elements.map(\.["article"]["id"].text)) == ["a-walk", "a-path"])
    }

    @Test func forgetsAnEventThatIsOnRecord() throws {
        let event = try walk()
        let evidence = event["content"]["evidence"].elements.filter { $0["article"]["id"] == "a-path" }
        let made = desk.post("/v1/events", event["content"].with(("date", .null), ("evidence", .array(evidence))))
        #expect(made.status == 201, "\(made.text)")
        #expect(desk.delete("/v1/articles/a-walk").status == 204)
        #expect(desk.get(path(event)).status == 404)
    }

    /// An editor's words stay, and are not accepted before the editor has mended what they cite.
    @Test func leavesAnEditedEventToItsEditor() throws {
        let event = try walk()
        let edited = desk.patch(path(event), ["content": ["title": "A walk along the harbour"]])
        #expect(edited.status == 200, "\(edited.text)")
        #expect(desk.delete("/v1/articles/a-walk").status == 204)
        let left = desk.get(path(event)).json
        #expect(left["isStale"] == true && left["content"] == edited.json["content"], "\(left)")
        let refused = desk.patch(path(event), ["state": "accepted"])
        #expect(refused.status == 422 && refused.text.contains("there is no article 'a-walk'"), "\(refused.text)")
        #expect(refused.pointers.allSatisfy { $0.hasPrefix("/content/evidence/") })
        let evidence = left["content"]["evidence"].elements.filter { $0["article"]["id"] == "a-path" }
        let mended = desk.patch(
            path(event), ["state": "accepted", "content": ["date": .null, "evidence": .array(evidence)]])
        #expect(mended.status == 200 && mended.json["isStale"] == false, "\(mended.text)")
        #expect(desk.get(mended.json["record"]["href"].text).json["title"] == "A walk along the harbour")
    }

    /// An editor who has cited the paragraph meanwhile, by other words, has cited it.
    @Test func citesNoParagraphTwice() throws {
        #expect(take("A walk\n\nOskar Brandt met Mira Talvane in Karst on 3 May 2031.\n").status == 201)
        let walk = try #require(desk.get("/v1/proposals?article=a-walk&kind=event").json["data"].elements.first)
        let event = desk.patch(path(walk), ["state": "accepted"]).json["record"]["href"].text
        #expect(take("A path\n\nIn Karst, Mira Talvane met Oskar Brandt on 3 May 2031, it is said.\n").status == 201)
        let citation = try #require(desk.get("/v1/proposals?article=a-path&kind=citation").json["data"].elements.first)
        let evidence = desk.get(event).json["evidence"].elements
        let own: JSONValue = ["article": ["id": "a-path"], "paragraph": 2, "anchors": ["said"]]
        #expect(desk.patch(event, ["evidence": .array(evidence + [own])]).status == 200)
        let accepted = desk.patch(path(citation), ["state": "accepted"])
        #expect(accepted.status == 200, "\(accepted.text)")
        #expect(desk.get(event).json["evidence"].elements.count == evidence.count + 1)
    }

    @Test func acceptsWhatWasEdited() throws {
        let proposal = try meeting()
        let refused = desk.patch(path(proposal), ["content": ["kind": "party", "titel": "Talks"]])
        #expect(refused.status == 422 && Set(refused.pointers) == ["/content/kind", "/content/titel"])
        let edited = desk.patch(path(proposal), ["content": ["title": "Salt talks"]])
        #expect(edited.status == 200 && edited.json["isEdited"] == true && edited.json["state"] == "open")
        #expect(desk.get("/v1/events").json["data"] == [])
        // A later reading leaves it.
        #expect(take(courier, "?replace=true").status == 200)
        #expect(desk.get(path(proposal)).json["content"]["title"] == "Salt talks")
        let accepted = desk.patch(
            path(proposal), ["state": "accepted", "content": ["id": "salt-talks", "summary": "They talked."]])
        #expect(accepted.status == 200, "\(accepted.text)")
        let event = desk.get("/v1/events/salt-talks").json
        #expect(event["title"] == "Salt talks" && event["summary"] == "They talked.")
    }

    @Test func asksUnderWhichConditionAndBywhom() throws {
        let proposal = try meeting()
        let fields: HTTPFields = [:]
        let bare = desk.send(
            .patch, path(proposal), bytes: Array(#"{"state":"accepted"}"#.utf8), "application/merge-patch+json", fields)
        #expect(bare.status == 428)
        #expect(desk.patch(path(proposal), ["state": "accepted"], ifMatch: "\"7\"").status == 412)
        #expect(desk.api.ask(path(proposal), .patch, fields: [.ifMatch: "*"], body: []).status == 401)
        #expect(desk.patch(path(proposal), ["stat": "accepted"]).pointers == ["/stat"])
        #expect(desk.patch(path(proposal), ["state": "done"]).pointers == ["/state"])
        #expect(desk.patch("/v1/proposals/event-0000000000000000", ["state": "open"]).status == 404)
    }

    @Test func rejectsForGood() throws {
        let proposal = try meeting()
        #expect(desk.patch(path(proposal), ["state": "rejected"]).pointers == ["/remark"])
        let rejected = desk.patch(path(proposal), ["state": "rejected", "remark": "It was a walk."])
        #expect(rejected.status == 200 && rejected.json["remark"] == "It was a walk.")
        let open = desk.api.ids("/v1/proposals?state=open&limit=100")
        #expect(!open.contains(proposal["id"].text))
        #expect(take(courier, "?replace=true").status == 200)
        #expect(desk.api.ids("/v1/proposals?state=open&limit=100") == open)
        #expect(desk.get(path(proposal)).json["state"] == "rejected")
        // An editor may think again.
        #expect(desk.patch(path(proposal), ["state": "open"]).json["state"] == "open")
    }

    // MARK: Reading again

    @Test func proposesNothingTwice() throws {
        let before = desk.api.ids("/v1/proposals?limit=100")
        #expect(take(courier, "?replace=true").json["outcome"] == "unchanged")
        #expect(desk.api.ids("/v1/proposals?limit=100") == before)
    }

    /// Who is entered after the article came in is found when it is read again.
    @Test func findsWhoWasEnteredSince() throws {
        let made = take("A walk\n\nOskar Brandt met Ilva Sund in Karst on 3 May 2031.\n")
        #expect(made.status == 201 && desk.api.ids("/v1/proposals?article=a-walk&kind=event") == [])
        #expect(
            desk.post(
                "/v1/people",
                [
                    "name": "Ilva Sund", "category": "private",
                    "evidence": [["article": ["id": "a-walk"], "paragraph": 2, "anchors": ["Sund"]]],
                ]
            ).status == 201)
        let read = desk.post("/v1/proposals", ["article": ["id": "a-walk"]])
        #expect(read.status == 200 && read.json["article"]["id"] == "a-walk", "\(read.text)")
        #expect(read.json["found"]["proposals"] == 1)
        let names = desk.get("/v1/proposals?article=a-walk&kind=event").json["data"].elements.map(\.["name"].text)
        #expect(names == ["Meeting of Oskar Brandt and Ilva Sund in Karst"])
        // What is not here cannot be read, and what is no article is said to be none.
        #expect(desk.post("/v1/proposals", ["article": ["id": "envoy-lands"]]).json["found"] == .null)
        let untyped = desk.post("/v1/proposals", ["article": ["id": "envoy-lands", "type": .null]])
        #expect(untyped.status == 422 && untyped.pointers == ["/article/type"], "\(untyped.text)")
        let unknown = desk.post("/v1/proposals", ["article": ["id": "nowhere"]])
        #expect(unknown.status == 422 && unknown.pointers == ["/article"])
        #expect(desk.post("/v1/proposals", ["artcle": 1]).pointers.contains("/artcle"))
    }

    @Test func doesNotAcceptWhatTheArticleNoLongerSays() throws {
        let proposal = try meeting()
        let edition = courier.replacing("for three hours", with: "for an hour")
        #expect(take(edition, "?source=karst-courier.txt&replace=true").json["outcome"] == "replaced")
        let stale = desk.get(path(proposal))
        #expect(stale.json["isStale"] == true)
        let refused = desk.patch(path(proposal), ["state": "accepted"])
        #expect(refused.status == 409 && refused.problem == "proposal-stale")
        #expect(desk.get("/v1/events").json["data"] == [])
        // The new edition says it too, which is a proposal of its own.
        let anew = desk.get("/v1/proposals?kind=event&state=open&limit=100").json["data"].elements.filter {
            $0["isStale"] == false && $0["name"] == proposal["name"]
        }
        #expect(anew.count == 1)
    }

    @Test func goesWithTheArticle() throws {
        let made = take("A walk\n\nOskar Brandt met Mira Talvane in Karst on 3 May 2031.\n")
        #expect(made.status == 201)
        #expect(!desk.api.ids("/v1/proposals?article=a-walk").isEmpty)
        #expect(desk.delete("/v1/articles/a-walk").status == 204)
        #expect(
            desk.get("/v1/proposals?limit=100").json["data"].elements.allSatisfy {
                $0["grounds"].elements.allSatisfy { $0["article"]["id"] != "a-walk" }
            })
    }
}

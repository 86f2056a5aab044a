// SPDX-License-Identifier: Apache-2.0

import Dispatch
import HTTPTypes
import JSON
import Testing

@testable import CoverageAPI

@Suite struct IdempotencyTests {
    private let desk: EditorDesk

    init() throws {
        desk = try EditorDesk()
    }

    private func key(_ text: String) -> HTTPFields { [.idempotencyKey: text] }

    @Test func aRepeatedRequestGetsTheFirstAnswer() {
        let first = desk.post("/v1/people", Draft.person, fields: key("k-1"))
        #expect(first.status == 201 && first.field("Idempotency-Replayed") == nil)
        // Whatever becomes of the record.
        #expect(desk.patch("/v1/people/lena-orth", ["aliases": ["L."]]).status == 200)
        let second = desk.post("/v1/people", Draft.person, fields: key("k-1"))
        #expect(second.status == 201 && second.field("Idempotency-Replayed") == "true")
        #expect(second.body == first.body && second.eTag == first.eTag)
        #expect(second.field("Location") == first.field("Location") && second.field("Cache-Control") == "no-store")
        #expect(desk.api.ids("/v1/people?q=orth") == ["lena-orth"])
    }

    @Test func aBatchIsRepeatedLikewise() {
        let change: JSONValue = ["method": "POST", "path": "/v1/people", "body": Draft.person]
        let first = desk.batch(change, fields: key("k-1"))
        let second = desk.batch(change, fields: key("k-1"))
        #expect(first.status == 200 && second.body == first.body)
        #expect(second.field("Idempotency-Replayed") == "true")
        #expect(desk.api.ids("/v1/people?q=orth") == ["lena-orth"])
    }

    /// Also after its record is gone, and without a look at the condition, which no longer holds.
    @Test func everyChangeIsRepeatedLikewise() {
        let path = "/v1/people/ilse-marn"
        let person = desk.api.ask(path).json
        func twice(_ method: HTTPRequest.Method, _ content: JSONValue?, _ type: String?, _ status: Int) {
            var fields = key("k-1")
            fields[.ifMatch] = desk.api.ask(path).eTag
            let bytes = content?.encoded ?? []
            let first = desk.send(method, path, bytes: bytes, type, fields)
            let second = desk.send(method, path, bytes: bytes, type, fields)
            #expect(first.status == status && first.field("Idempotency-Replayed") == nil, "\(first.text)")
            #expect(second.status == status && second.field("Idempotency-Replayed") == "true", "\(second.text)")
            #expect(second.body == first.body)
            // What has no meaning was never answered.
            for (condition, status) in [("", 400), (nil, 428)] as [(String?, Int)] {
                fields[.ifMatch] = condition
                #expect(desk.send(method, path, bytes: bytes, type, fields).status == status)
            }
            #expect(
                desk.send(method, path, bytes: bytes, type, [.ifMatch: "\"1\""]).status
                    == (method == .delete ? 410 : 412))
        }
        twice(.patch, ["aliases": ["a"]], "application/merge-patch+json", 200)
        twice(.put, person.with(("aliases", ["b"])), "application/json", 200)
        twice(.delete, nil, nil, 204)
        #expect(desk.api.ask("\(path)/revisions").json["data"].elements.map(\.["revision"]) == [4, 3, 2, 1])
    }

    /// Whatever has become since of what it names.
    @Test func aDeletionIsRepeatedLikewise() {
        #expect(desk.post("/v1/people", Draft.person).status == 201)
        func delete() -> TestReply {
            var fields = key("k-1")
            fields[.ifMatch] = "*"
            return desk.send(.delete, "/v1/people/ilse-marn?replacedBy=lena-orth", bytes: [], nil, fields)
        }
        #expect(delete().status == 204)
        #expect(desk.delete("/v1/people/lena-orth").status == 204)
        let second = delete()
        #expect(second.status == 204 && second.field("Idempotency-Replayed") == "true", "\(second.text)")
    }

    @Test func aReadingIsRepeatedLikewise() throws {
        let text = "A walk\n\nOskar Brandt met Mira Talvane in Karst on 3 May 2031.\n"
        let made = desk.send(.post, "/v1/articles", bytes: Array(text.utf8), "text/plain")
        #expect(made.status == 201, "\(made.text)")
        func read() -> TestReply {
            desk.post("/v1/proposals", ["article": ["id": "a-walk"]], fields: key("k-1"))
        }
        let first = read()
        #expect(first.status == 200 && first.json["found"]["proposals"] != 0, "\(first.text)")
        #expect(desk.delete("/v1/articles/a-walk").status == 204)
        let second = read()
        #expect(second.status == 200 && second.body == first.body, "\(second.text)")
        #expect(second.field("Idempotency-Replayed") == "true")
    }

    /// A rehearsal's answer is kept as any other's, and nothing else of it is.
    @Test func aRehearsalIsRepeatedLikewise() {
        func take(_ query: String, _ text: String) -> TestReply {
            desk.send(.post, "/v1/articles\(query)", bytes: Array("A walk\n\n\(text)\n".utf8), "text/plain", key("k-1"))
        }
        let first = take("?dryRun=1", "They met.")
        #expect(first.status == 200 && first.json["isRehearsal"] == true, "\(first.text)")
        #expect(desk.api.ask("/v1/articles/a-walk").status == 404)
        let second = take("?dryRun=1", "They met.")
        #expect(second.status == 200 && second.body == first.body)
        #expect(second.field("Idempotency-Replayed") == "true")
        #expect(take("?dryRun=1", "They walked.").problem == "idempotency-key-reused")
        #expect(take("", "They met.").problem == "idempotency-key-reused")
        #expect(desk.api.ask("/v1/articles/a-walk").status == 404)
    }

    @Test func aKeyBelongsToOneRequest() {
        #expect(desk.post("/v1/people", Draft.person, fields: key("k-1")).status == 201)
        let other = desk.post("/v1/people", Draft.person.with(("name", "Jon Orth")), fields: key("k-1"))
        #expect(other.status == 422 && other.problem == "idempotency-key-reused")
        #expect(other.json["errors"][0]["header"] == "Idempotency-Key")
        // The same content as another type is another request.
        let typed = desk.send(
            .post, "/v1/people", bytes: Draft.person.encoded, "application/json;charset=utf-8", key("k-1"))
        #expect(typed.status == 422)
        #expect(desk.api.ids("/v1/people?q=orth") == ["lena-orth"])
    }

    @Test func aKeyIsOneTokensAndOnePaths() throws {
        #expect(desk.post("/v1/people", Draft.person, fields: key("k-1")).status == 201)
        let other = try EditorDesk(desk.api, name: "other")
        #expect(other.post("/v1/people", Draft.person, fields: key("k-1")).json["id"] == "lena-orth-2")
        #expect(desk.post("/v1/events", Draft.event, fields: key("k-1")).status == 201)
    }

    @Test func whatWasRefusedMayBeTriedAgain() {
        let faulty = desk.post("/v1/people", Draft.person.without("name"), fields: key("k-1"))
        #expect(faulty.status == 422 && faulty.problem == "invalid-body")
        #expect(desk.post("/v1/people", Draft.person, fields: key("k-1")).status == 201)
    }

    @Test(arguments: ["", "a b", "ä", String(repeating: "k", count: 256), "a\tb"])
    func refusesWhatIsNoKey(text: String) {
        let reply = desk.post("/v1/people", Draft.person, fields: key(text))
        #expect(reply.status == 400 && reply.problem == "invalid-idempotency-key")
    }

    @Test(arguments: ["k", "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"", String(repeating: "~", count: 255)])
    func takesWhatIsOne(text: String) {
        #expect(desk.post("/v1/people", Draft.person, fields: key(text)).status == 201)
        #expect(desk.post("/v1/people", Draft.person, fields: key(text)).field("Idempotency-Replayed") == "true")
    }

    /// While the writer is held up by another change, the second request of a key is told to wait, and one without goes on.
    @Test func aRequestUnderWayIsToldSo() throws {
        let mayGoOn = try desk.holdUpWriter()
        let bytes = Draft.person.encoded
        let first = desk.begin(.post, "/v1/people", bytes: bytes, "application/json", key("k-1"))
        let second = desk.send(.post, "/v1/people", bytes: bytes, "application/json", key("k-1"))
        #expect(second.status == 409 && second.problem == "idempotency-key-in-use")
        #expect(second.field("Retry-After") == "1")
        mayGoOn.signal()
        #expect(first.wait().status == 201)
        let third = desk.send(.post, "/v1/people", bytes: bytes, "application/json", key("k-1"))
        #expect(third.status == 201 && third.field("Idempotency-Replayed") == "true")
    }
}

// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import Dispatch
import HTTP
import HTTPTypes
import JSON
import Testing

@testable import CoverageAPI

@Suite struct WriteRouteTests {
    static let records = [
        "/v1/events/karst-meeting", "/v1/people/oskar-brandt", "/v1/issues/salt-tariff",
        "/v1/statements/freighter-quoted",
        "/v1/organizations/arvenia", "/v1/places/teal-island", "/v1/discrepancies/reach-of-arvenia",
        "/v1/articles/talks-in-karst",
    ]

    private let desk: EditorDesk

    init() throws {
        desk = try EditorDesk()
    }

    // MARK: Creating

    @Test func makesARecordWithAnIDOfItsName() {
        let made = desk.post("/v1/events", Draft.event)
        #expect(made.status == 201)
        #expect(made.field("Location") == "/v1/events/breakfast-in-karst")
        #expect(made.field("Content-Location") == "/v1/events/breakfast-in-karst")
        #expect(made.field("Cache-Control") == "no-store")
        let read = desk.api.ask("/v1/events/breakfast-in-karst")
        #expect(made.body == read.body && made.eTag == read.eTag && made.eTag.hasPrefix("\"1-"))
        #expect(made.json["status"] == .null && made.json["participants"] == [])
        #expect(desk.api.ids("/v1/events?q=breakfast") == ["breakfast-in-karst"])

        #expect(desk.post("/v1/events", Draft.event).field("Location") == "/v1/events/breakfast-in-karst-2")
        #expect(desk.post("/v1/events", Draft.event).json["id"] == "breakfast-in-karst-3")
    }

    @Test func makesARecordOfTheIDItNames() {
        let made = desk.post("/v1/people", Draft.person.with(("id", "lena")))
        #expect(made.status == 201 && made.field("Location") == "/v1/people/lena")
        let again = desk.post("/v1/people", Draft.person.with(("id", "lena")))
        #expect(again.status == 409 && again.problem == "id-taken")
        #expect(again.json["detail"].text.contains("'lena'"))
    }

    @Test func putsANewRecordOnlyWhereThereIsNone() {
        let made = desk.putNew("/v1/people/lena", Draft.person)
        #expect(made.status == 201 && made.field("Location") == "/v1/people/lena")
        #expect(made.json["id"] == "lena")
        let unfit = desk.putNew("/v1/people/Lena_O", Draft.person)
        #expect(unfit.status == 400 && unfit.faults == ["id"], "\(unfit.text)")
        let again = desk.putNew("/v1/people/lena", Draft.person)
        #expect(again.status == 412 && again.problem == "precondition-failed")
        #expect(again.json["detail"].text.contains("already, at revision 1"))
        #expect(again.json["errors"][0]["header"] == "If-None-Match")
    }

    private func pointers(_ reply: TestReply) -> [String] {
        reply.json["errors"].elements.map(\.["pointer"].text)
    }

    /// PUT makes an article as POST does; from then on its text comes by import.
    @Test func putsANewArticleWithItsText() {
        let text = "Desk notes\n\nThe round tables took place.\n"
        let made = desk.putNew("/v1/articles/notes", ["publisher": "The desk", "text": .string(text)])
        #expect(made.status == 201, "\(made.text)")
        #expect(made.json["hasText"] == true && made.json["headline"] == "Desk notes" && made.json["paragraphs"] == 2)
        for reply in [
            desk.put("/v1/articles/notes", made.json.with(("text", .string(text))), ifMatch: "*"),
            desk.patch("/v1/articles/notes", ["text": .string(text)]),
        ] {
            #expect(reply.status == 422 && pointers(reply) == ["/text"])
            #expect(reply.json["detail"].text.contains("readout import"))
        }
        #expect(pointers(desk.putNew("/v1/articles/others", ["publisher": "The desk"])) == ["/text"])
    }

    // MARK: Changing

    @Test(arguments: records)
    func whatWasReadCanBePut(path: String) {
        let read = desk.api.ask(path)
        let put = desk.put(path, read.json, ifMatch: read.eTag)
        #expect(put.status == 200, "\(put.text)")
        #expect(put.body == read.body && put.eTag == read.eTag)
        #expect(put.field("Content-Location") == path && put.field("Location") == nil)
        #expect(desk.patch(path, [:], ifMatch: read.eTag).body == read.body)
        #expect(desk.api.ask(path).body == read.body)
    }

    /// Without waiting for others' changes: nobody was told yet of what those make.
    @Test func tellsAtOnceThatThereIsNoRecord() throws {
        #expect(desk.post("/v1/people", Draft.person).status == 201)
        #expect(desk.delete("/v1/people/lena-orth").status == 204)
        let mayGoOn = try desk.holdUpWriter()
        defer { mayGoOn.signal() }
        for (id, status) in [("ilse-man", 404), ("lena-orth", 410)] {
            let path = "/v1/people/\(id)"
            for reply in [desk.patch(path, [:]), desk.put(path, Draft.person, ifMatch: "*"), desk.delete(path)] {
                #expect(reply.status == status, "\(reply.text)")
                let hint = status == 404 ? "did you mean 'ilse-marn'?" : "was deleted"
                #expect(reply.json["detail"].text.contains(hint), "\(reply.text)")
            }
        }
    }

    @Test func replacesARecord() {
        let path = "/v1/events/karst-dinner"
        let read = desk.api.ask(path)
        let put = desk.put(
            path, read.json.with(("title", "Supper in Karst"), ("issues", [["id": "trade"]])), ifMatch: read.eTag)
        #expect(put.status == 200 && put.json["revision"] == 2 && put.eTag.hasPrefix("\"2-"))
        #expect(put.json["name"] == "Supper in Karst" && put.json["issues"][0]["name"] == "Trade")
        #expect(desk.api.ask(path).body == put.body)
        #expect(desk.api.ids("/v1/events?issue=trade").contains("karst-dinner"))
        #expect(desk.api.ids("/v1/events?q=supper") == ["karst-dinner"])
        // What is left out is not there any more.
        let bare = desk.put(path, Draft.event.with(("title", "Supper")), ifMatch: put.eTag)
        #expect(bare.json["participants"] == [] && bare.json["place"] == .null)
    }

    @Test func patchesARecord() {
        let path = "/v1/people/oskar-brandt"
        let before = desk.api.ask(path)
        let patched = desk.patch(path, ["aliases": ["The minister"], "country": .null], ifMatch: before.eTag)
        #expect(patched.status == 200 && patched.json["revision"] == 2)
        #expect(patched.json["aliases"] == ["The minister"] && patched.json["country"] == .null)
        #expect(patched.json["offices"] == before.json["offices"])
    }

    @Test func correctsWhatIsKnownOfAnArticle() {
        let path = "/v1/articles/notes-from-teal-island"
        let before = desk.api.ask(path)
        let corrected: JSONValue = ["headline": "Notes", "publisher": "Lindal Review"]
        let patched = desk.patch(path, corrected, ifMatch: before.eTag)
        #expect(patched.status == 200, "\(patched.text)")
        #expect(patched.json["headline"] == "Notes" && patched.json["name"] == "Notes")
        for member in ["words", "sha256", "paragraphs", "hasText"] {
            #expect(patched.json[member] == before.json[member])
        }
        #expect(desk.api.ask("/v1/events/karst-dinner/evidence").status == 200)
    }

    @Test func makesAnArticleOfItsText() {
        let made = desk.post(
            "/v1/articles",
            ["text": "Fog over Karst\n\nThe ferry stayed in the harbour.\n", "headline": "Fog over Karst"])
        #expect(made.status == 201, "\(made.text)")
        #expect(made.json["id"] == "fog-over-karst" && made.json["paragraphs"] == 2 && made.json["hasText"] == true)
        let without = desk.post("/v1/articles", ["headline": "Fog over Karst"])
        #expect(without.status == 422 && without.pointers.contains("/text"))
    }

    @Test func refusesAnotherIDOrType() {
        let path = "/v1/people/oskar-brandt"
        let read = desk.api.ask(path)
        let put = desk.put(path, read.json.with(("id", "brandt"), ("type", "event")), ifMatch: read.eTag)
        #expect(put.status == 422 && Set(put.pointers) == ["/id", "/type"])
        #expect(desk.patch(path, ["id": "brandt"]).pointers == ["/id"])
    }

    /// Nobody undoes what another has changed without having seen it.
    @Test func ofTwoEditorsOneIsToldToReadAgain() throws {
        let other = try EditorDesk(desk.api, name: "other")
        let path = "/v1/people/ilse-marn"
        let read = desk.api.ask(path)
        #expect(desk.put(path, read.json.with(("name", "Ilse Marne")), ifMatch: read.eTag).status == 200)
        let late = other.put(path, read.json.with(("category", "detained")), ifMatch: read.eTag)
        #expect(late.status == 412 && late.json["detail"].text.contains("at revision 2"))
        #expect(desk.api.ask(path).json["name"] == "Ilse Marne")
        #expect(other.patch(path, ["category": "detained"], ifMatch: desk.api.ask(path).eTag).status == 200)
    }

    // MARK: Answers

    @Test func answersInBriefWhereThatIsPreferred() {
        let minimal: HTTPFields = [.prefer: "respond-async, return=minimal; x=1"]
        let made = desk.post("/v1/people", Draft.person, fields: minimal)
        #expect(made.status == 204 && made.body.isEmpty && made.field("Content-Type") == nil)
        #expect(
            made.field("Location") == "/v1/people/lena-orth" && made.field("Preference-Applied") == "return=minimal")
        #expect(made.eTag == desk.api.ask("/v1/people/lena-orth").eTag)

        let patch: JSONValue = ["aliases": ["L. Orth"]]
        let patched = desk.send(
            .patch, "/v1/people/lena-orth", bytes: patch.encoded, "application/merge-patch+json",
            [.prefer: "return=\"minimal\"", .ifMatch: made.eTag])
        #expect(patched.status == 204 && patched.body.isEmpty)
        #expect(patched.eTag == desk.api.ask("/v1/people/lena-orth").eTag)

        // RFC 9110, section 9.3.4: no validator, since what was sent is not what is stored.
        let put = desk.send(
            .put, "/v1/people/lena-orth", bytes: Draft.person.encoded, "application/json",
            [.prefer: "RETURN=minimal", .ifMatch: "*"])
        #expect(put.status == 204 && put.field("ETag") == nil)
        // The same section: who makes a record by PUT is told by 201, whatever else is preferred.
        let new = desk.send(
            .put, "/v1/people/lena-orth-the-elder", bytes: Draft.person.encoded, "application/json",
            [.prefer: "return=minimal", .ifNoneMatch: "*"])
        #expect(new.status == 201 && !new.body.isEmpty && new.field("Preference-Applied") == nil)
        for other in ["return=representation", "minimal", "return=representation, return=minimal"] {
            let whole = desk.post("/v1/people", Draft.person, fields: [.prefer: other])
            #expect(whole.status == 201 && !whole.body.isEmpty && whole.field("Preference-Applied") == nil)
        }
    }

    @Test func linksAsTheOperatorSaysTheWorldReachesIt() throws {
        let desk = try EditorDesk(TestAPI(publicURL: "https://news.example/readout"))
        let made = desk.post("/v1/people", Draft.person)
        #expect(made.field("Location") == "https://news.example/readout/v1/people/lena-orth")
        let batch = desk.batch([
            "method": "DELETE", "path": made.json["href"], "ifMatch": .string(made.eTag),
        ])
        #expect(batch.status == 200, "\(batch.text)")
    }

    // MARK: Refusing

    @Test(arguments: records)
    func needsAToken(path: String) throws {
        let collection = path.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
        let reader = try EditorDesk(desk.api, scope: .read, name: "reader")
        for (method, target) in [
            (HTTPRequest.Method.post, collection), (.put, path), (.patch, path), (.delete, path), (.post, "/v1/batch"),
        ] {
            let reply = desk.api.ask(target, method)
            #expect(reply.status == 401 && reply.field("WWW-Authenticate") == "Bearer realm=\"readout\"")
            #expect(reader.send(method, target, bytes: [], nil).status == 403)
            #expect(desk.send(method, target, bytes: [], nil).status < 500)
        }
    }

    @Test func theOperatorNeedsNone() {
        let made = desk.api.ask(
            "/v1/people", .post, fields: [.contentType: "application/json"], body: Draft.person.encoded, origin: .local)
        #expect(made.status == 201)
    }

    @Test func namesTheNearestOfWhatIsMissing() {
        for reply in [
            desk.put("/v1/people/ilse-man", Draft.person, ifMatch: "*"), desk.patch("/v1/people/ilse-man", [:]),
            desk.delete("/v1/people/ilse-man"),
        ] {
            #expect(reply.status == 404 && reply.problem == "not-found")
            #expect(reply.json["detail"].text.contains("did you mean 'ilse-marn'?"))
        }
    }

    @Test func officialsAreChangedAsPeople() {
        for (method, path) in [
            (HTTPRequest.Method.post, "/v1/officials"), (.put, "/v1/officials/oskar-brandt"),
            (.patch, "/v1/officials/oskar-brandt"), (.delete, "/v1/officials/oskar-brandt"),
        ] {
            let reply = desk.send(method, path, bytes: Draft.person.encoded, "application/json", [.ifMatch: "*"])
            #expect(reply.status == 405 && reply.field("Allow") == "GET, HEAD, OPTIONS")
        }
    }

    @Test func takesNoParameters() {
        let reply = desk.post("/v1/people?dryRun=true", Draft.person)
        #expect(reply.status == 400 && reply.faults == ["dryRun"])
        #expect(desk.post("/v1/people", Draft.person, fields: [.accept: "text/csv"]).status == 406)
        #expect(desk.api.ids("/v1/people?q=orth").isEmpty)
    }

    /// What the writer cannot take on is refused at once; what it has taken on is done.
    @Test func tellsThatTooManyChangesWait() throws {
        let mayGoOn = try desk.holdUpWriter()
        let bytes = Draft.person.encoded
        let replies = (0..<300).map { _ in desk.begin(.post, "/v1/people", bytes: bytes, "application/json") }
        mayGoOn.signal()
        let answers = replies.map { $0.wait() }
        let refused = answers.filter { $0.status == 503 }
        #expect(!refused.isEmpty && refused.allSatisfy { $0.problem == "too-busy" && $0.field("Retry-After") == "1" })
        #expect(answers.filter { $0.status == 201 }.count == 300 - refused.count)
        #expect(Set(answers.compactMap { $0.field("Location") }).count == 300 - refused.count)
    }

    @Test func saysWhatAilsTheStore() {
        let failures = [StoreFailure.full, .busy, .unavailable("x"), .deadline, .broken("x"), .moved]
        let problems = failures.map { Problem(answering: $0) }
        #expect(
            problems.map(\.type) == [
                .insufficientStorage, .tooBusy, .notReady, .queryTooCostly, .internalError, .notReady,
            ])
        #expect(problems.map { !$0.headerFields.isEmpty } == [false, true, true, true, false, true])
    }

    /// What is asked for before anything is answered is done one by one: of those who read the same, one wins.
    @Test func keepsTheChangesOfEditorsWhoRace() throws {
        let path = "/v1/people/ilse-marn"
        for round in 1...5 {
            let read = desk.api.ask(path)
            let patches = (0..<4).map { number in
                let aliases = read.json["aliases"].elements + [.string("Alias \(round) \(number)")]
                let patch: JSONValue = ["aliases": .array(aliases)]
                return desk.begin(
                    .patch, path, bytes: patch.encoded, "application/merge-patch+json", [.ifMatch: read.eTag])
            }
            let replies = patches.map { $0.wait() }
            #expect(replies.map(\.status).sorted() == [200, 412, 412, 412])
            let winner = replies.first { $0.status == 200 }
            #expect(desk.api.ask(path).body == winner?.body)
        }
        let record = desk.api.ask(path).json
        #expect(record["aliases"].elements.count == 5 && record["revision"] == 6)
    }
}

// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import HTTP
import HTTPTypes
import JSON
import TestSupport
import Testing

/// `POST /v1/articles`.
@Suite struct IntakeTests {
    private let desk: EditorDesk
    private static let text = """
        Fog over Karst

        The ferry stayed in the harbour on Tuesday, and so did the fishing boats.
        Nobody in the town could say when it would leave.

        """

    init() throws {
        desk = try EditorDesk()
    }

    private func post(_ text: String, _ query: String = "", _ fields: HTTPFields = [:]) -> TestReply {
        desk.send(.post, "/v1/articles\(query)", bytes: Array(text.utf8), "text/plain; charset=utf-8", fields)
    }

    private var changes: Int {
        get throws { try desk.api.coverage.database.read { try $0.dataVersion() } }
    }

    // MARK: As text

    /// The text is the publisher's, and went with the article for good.
    @Test func anArticleComesBackWithoutItsText() throws {
        let text = "The ferry to Lindal\n\nIt sailed at noon.\n"
        func take() -> TestReply { desk.send(.post, "/v1/articles", bytes: Array(text.utf8), "text/plain") }
        let path = try #require(take().field("Location"))
        let article = desk.api.ask(path).json
        #expect(article["hasText"] == true)
        #expect(desk.delete(path).status == 204)
        #expect(take().problem == "text-deleted")
        let restored = desk.putNew(path, article)
        #expect(restored.status == 201 && restored.json["hasText"] == false, "\(restored.text)")
        #expect(restored.json["sha256"] == article["sha256"] && restored.json["paragraphs"] == article["paragraphs"])
        let stored = take()
        #expect(stored.status == 200 && stored.json["outcome"] == "stored", "\(stored.text)")
        #expect(stored.json["hasText"] == true)
    }

    @Test func takesAPlainText() throws {
        let made = post(
            Self.text,
            "?publisher=Karst%20Courier&published=2031-04-15&url=https://karst.example/fog&source=fog.txt&credit=Wire%20Nine"
        )
        #expect(made.status == 201, "\(made.text)")
        #expect(made.field("Location") == "/v1/articles/fog-over-karst")
        let article = desk.api.ask("/v1/articles/fog-over-karst")
        #expect(made.eTag == article.eTag)
        for member in article.json.names { #expect(made.json[member] == article.json[member], "\(member)") }
        #expect(article.json["headline"] == "Fog over Karst" && article.json["publisher"] == "Karst Courier")
        #expect(article.json["url"] == "https://karst.example/fog" && article.json["source"] == "fog.txt")
        #expect(article.json["credit"] == "Wire Nine" && article.json["hasText"] == true)
        #expect(article.json["published"]["edtf"] == "2031-04-15" && article.json["published"]["basis"] == "background")
        #expect(made.json["outcome"] == "created" && made.json["isRehearsal"] == false)
        #expect(made.json["found"]["overlaps"] == 0)
    }

    @Test func namesWhatIsWrongByItsParameter() throws {
        let before = try changes
        let refused = post(Self.text, "?published=2031-15&url=javascript:alert(1)&publisher=%20")
        #expect(refused.status == 400 && refused.problem == "invalid-parameter", "\(refused.text)")
        #expect(Set(refused.faults) == ["published", "url", "publisher"])
        let detail = refused.json["detail"].text
        #expect(detail.contains("'published': ") && !detail.contains("/published"), "\(detail)")
        // What is wrong with the text itself is said of the content.
        let both = post(Self.text + "\u{202E}", "?url=javascript:alert(1)")
        #expect(both.status == 422 && both.problem == "invalid-body", "\(both.text)")
        #expect(post(Self.text, "?headlin=Fog").faults == ["headlin"])
        #expect(post(Self.text, "?dryRun=yes").faults == ["dryRun"])
        #expect(try changes == before)
    }

    @Test(arguments: [
        ("", 422, "The text holds no text."), ("<html><p>Fog</p>", 422, "HTML"), ("Fog\u{202E}", 422, "U+202E"),
        ("Fog\0", 422, "NUL"),
    ])
    func refusesWhatIsNoArticle(text: String, status: Int, detail: String) throws {
        let before = try changes
        let refused = post(text)
        #expect(refused.status == status && refused.problem == "invalid-body")
        #expect(refused.json["detail"].text.contains(detail))
        #expect(try changes == before)
    }

    // MARK: The same again

    @Test func makesNoCopyOfTheSameBytes() throws {
        let first = post(Self.text)
        let before = try changes
        let again = post(Self.text, "?publisher=Somebody&source=other.txt")
        #expect(again.status == 200 && again.json["id"] == "fog-over-karst" && again.json["outcome"] == "unchanged")
        #expect(again.field("Location") == "/v1/articles/fog-over-karst" && again.json["found"] == .null)
        #expect(again.eTag == first.eTag && again.json["publisher"] == .null)
        let asJSON = desk.post("/v1/articles", ["text": .string(Self.text), "id": "fog"])
        #expect(asJSON.status == 200 && asJSON.json["id"] == "fog-over-karst")
        #expect(try changes == before)
        // Nor through the other doors.
        let put = desk.putNew("/v1/articles/fog", ["text": .string(Self.text), "source": "f.txt"])
        #expect(put.status == 422 && put.json["detail"].text.contains("'fog-over-karst', byte for byte"), "\(put.text)")
    }

    /// What is said of a known text is read like anything said, and told where the record has it otherwise.
    @Test func tellsWhatIsOtherwiseOnRecord() throws {
        #expect(post(Self.text, "?published=2031-04-15&source=fog.txt").json["differences"] == [])
        let before = try changes
        #expect(post(Self.text, "?published=2031-04-15&source=fog.txt").json["differences"] == [])
        let again = post(Self.text, "?published=2031-04-16&source=mist.txt&publisher=Somebody")
        #expect(again.status == 200 && again.json["differences"] == ["source", "publisher", "published"])
        let refused = post(Self.text, "?published=2031-15&url=javascript:alert(1)")
        #expect(refused.status == 400 && Set(refused.faults) == ["published", "url"], "\(refused.text)")
        let content: JSONValue = ["text": .string(Self.text), "id": "fog", "headline": "Fog over Karst"]
        #expect(desk.post("/v1/articles", content).json["differences"] == ["id"])
        let faulty = desk.post("/v1/articles", content.with(("headlin", "Fog"), ("publisher", 1), ("type", "event")))
        #expect(faulty.status == 422 && Set(faulty.pointers) == ["/headlin", "/publisher", "/type"], "\(faulty.text)")
        // What an answer gives can be sent again.
        let article = desk.get("/v1/articles/fog-over-karst").json.with(("text", .string(Self.text)))
        #expect(desk.post("/v1/articles", article).json["differences"] == [])
        #expect(try changes == before)
        let courier = try #require(EnvoyVisit.texts["karst-courier.txt"])
        #expect(post(courier, "?published=2031").json["differences"] == ["published"])
        let undated = Self.text + "\nThe harbour opened again.\n"
        #expect(post(undated, "?source=later.txt").status == 201)
        let dated = post(undated, "?source=later.txt&published=2031-04-17")
        #expect(dated.status == 200 && dated.json["differences"] == ["published"], "\(dated.text)")
    }

    /// An article that is told of by digests is known by them too.
    @Test(arguments: ["POST", "PUT", "batch"])
    func makesNoCopyOfWhatIsToldByDigests(door: String) throws {
        let made = post(Self.text)
        let copy: JSONValue = [
            "source": "copy.txt", "headline": "A copy", "words": made.json["words"], "sha256": made.json["sha256"],
            "digests": [made.json["sha256"]],
        ]
        let before = try changes
        let refused =
            switch door {
            case "POST": desk.post("/v1/articles", copy)
            case "PUT": desk.putNew("/v1/articles/a-copy", copy)
            default: desk.batch(["method": "POST", "path": "/v1/articles", "body": copy])
            }
        #expect(refused.status == 422 && refused.text.contains("'fog-over-karst', byte for byte"), "\(refused.text)")
        #expect(try changes == before)
    }

    @Test func bringsTheTextOfAKnownArticle() throws {
        let text = try #require(EnvoyVisit.texts["karst-courier.txt"])
        let stored = post(text)
        #expect(stored.status == 200 && stored.json["id"] == "talks-in-karst" && stored.json["outcome"] == "stored")
        #expect(stored.json["hasText"] == true && stored.json["revision"] == 2)
    }

    @Test func takesANewEditionOnlyWhenAsked() throws {
        #expect(post(Self.text, "?source=fog.txt").status == 201)
        let edition = Self.text.replacing("Tuesday", with: "Wednesday")
        let refused = post(edition, "?source=fog.txt")
        #expect(refused.status == 409 && refused.problem == "source-known", "\(refused.text)")
        #expect(refused.faults == ["source"])
        #expect(refused.json["detail"].text.contains("'fog-over-karst'"))
        let replaced = post(edition, "?source=fog.txt&replace=true&publisher=Karst%20Courier")
        #expect(replaced.status == 200 && replaced.json["outcome"] == "replaced", "\(replaced.text)")
        #expect(replaced.json["publisher"] == "Karst Courier" && replaced.json["id"] == "fog-over-karst")
        // A headline alone does not make it that file.
        let other = post("Fog over Karst\n\nIt has lifted.\n")
        #expect(other.status == 201 && other.json["id"] == "fog-over-karst-2", "\(other.text)")
    }

    /// What an editor has retracted does not come back with the next delivery, but on purpose.
    @Test func leavesDeletedWhatWasDeleted() throws {
        let made = post(Self.text)
        #expect(made.status == 201)
        #expect(desk.delete("/v1/articles/fog-over-karst").status == 204)
        let before = try changes
        for query in ["", "?replace=true", "?source=fog.txt", "?dryRun=1"] {
            let refused = post(Self.text, query)
            #expect(refused.status == 409 && refused.problem == "text-deleted", "\(refused.text)")
            #expect(refused.json["detail"].text.contains("'fog-over-karst'"))
        }
        #expect(try changes == before)
        let revision = desk.api.ask("/v1/articles/fog-over-karst/revisions/1").json
        #expect(desk.putNew("/v1/articles/fog-over-karst", revision).status == 201)
        let stored = post(Self.text)
        #expect(stored.json["outcome"] == "stored" && stored.json["hasText"] == true, "\(stored.text)")
    }

    // MARK: Rehearsal

    @Test func changesNothingInARehearsal() throws {
        let before = try changes
        for query in ["?dryRun=1", "?dryRun=true"] {
            let reply = post(Self.text, query)
            #expect(reply.status == 200 && reply.json["isRehearsal"] == true && reply.json["outcome"] == "created")
            #expect(reply.json["id"] == "fog-over-karst" && reply.field("Location") == nil)
        }
        #expect(post(" ", "?dryRun=1").status == 422)
        #expect(try changes == before)
        #expect(desk.api.ask("/v1/articles/fog-over-karst").status == 404)
        #expect(post(Self.text).status == 201)
    }

    // MARK: As JSON

    @Test func takesJSONWithTheText() throws {
        let made = desk.post(
            "/v1/articles",
            [
                "text": .string(Self.text), "headline": "Fog, again", "publisher": "Karst Courier",
                "published": "2031-04", "url": "http://karst.example/",
            ])
        #expect(made.status == 201 && made.json["id"] == "fog-again", "\(made.text)")
        #expect(made.json["published"]["edtf"] == "2031-04" && made.json["url"] == "http://karst.example/")
        let dated = desk.post(
            "/v1/articles",
            ["text": "Another day\n", "published": ["edtf": "2031-04-16", "basis": "stated"]])
        #expect(dated.json["published"]["basis"] == "stated")
        #expect(desk.post("/v1/articles", ["text": "A", "txt": "B"]).pointers == ["/txt"])
        #expect(desk.post("/v1/articles", ["text": 1]).pointers.contains("/text"))
        #expect(desk.post("/v1/articles?headline=A", ["text": "A"]).faults == ["headline"])
    }

    @Test func takesTheRecordOfAnArticleWithoutText() throws {
        let digest = String(repeating: "ab", count: 32)
        let record: JSONValue = [
            "source": "far.txt", "headline": "A far away article", "words": 7, "sha256": .string(digest),
            "digests": [.string(digest)],
        ]
        let made = desk.post("/v1/articles", record)
        #expect(made.status == 201, "\(made.text)")
        #expect(made.json["hasText"] == false && made.json["paragraphs"] == 1 && made.json["found"] == .null)
        let without = desk.post("/v1/articles", ["headline": "Nothing"])
        #expect(without.status == 422 && without.pointers.contains("/text"))
    }

    @Test func saysWhatItTakes() throws {
        let refused = desk.send(.post, "/v1/articles", bytes: Array("<p>Fog</p>".utf8), "text/html")
        #expect(refused.status == 415 && refused.field("Accept") == "application/json, text/plain")
        #expect(desk.send(.post, "/v1/articles", bytes: [0x41], "text/plain; charset=latin1").status == 415)
        #expect(desk.api.ask("/v1/articles", .post, fields: [.contentType: "text/plain"], body: [0x41]).status == 401)
    }

    @Test func isSafeToRepeat() throws {
        let key: HTTPFields = [.named("Idempotency-Key"): "fog-1"]
        let first = post(Self.text, "", key)
        let again = post(Self.text, "", key)
        #expect(first.status == 201 && again.status == 201 && again.body == first.body)
        #expect(again.field("Idempotency-Replayed") == "true")
        #expect(post(Self.text + "!", "", key).problem == "idempotency-key-reused")
        // What is said of the text beside it belongs to the request.
        #expect(post(Self.text, "?published=2031-01-01", key).problem == "idempotency-key-reused")
        #expect(post(Self.text, "?dryRun=1", key).problem == "idempotency-key-reused")
    }

    @Test func saysLittleWhenAsked() throws {
        let reply = post(Self.text, "", [.named("Prefer"): "return=minimal"])
        #expect(reply.status == 204 && reply.body.isEmpty && reply.field("Location") == "/v1/articles/fog-over-karst")
    }
}

extension HTTPField.Name {
    fileprivate static func named(_ text: String) -> HTTPField.Name { HTTPField.Name(text) ?? .contentType }
}

// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSON
import Testing

/// What is sent with a change, and what is refused of it.
@Suite struct WriteContentTests {
    private let desk: EditorDesk

    init() throws {
        desk = try EditorDesk()
    }

    private func post(_ text: String, _ type: String? = "application/json", _ fields: HTTPFields = [:]) -> TestReply {
        desk.send(.post, "/v1/people", bytes: Array(text.utf8), type, fields)
    }

    // MARK: Types

    @Test(arguments: ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\""])
    func takesJSON(type: String) {
        #expect(desk.send(.post, "/v1/people", bytes: Draft.person.encoded, type).status == 201)
    }

    @Test(arguments: [
        nil, "", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1",
        "application/json; version=2", "application/merge-patch+json", "application/", "application/problem+json",
    ])
    func takesNothingElse(type: String?) {
        let reply = desk.send(.post, "/v1/people", bytes: Draft.person.encoded, type)
        #expect(reply.status == 415 && reply.problem == "unsupported-media-type")
        #expect(reply.field("Accept") == "application/json" && reply.field("Accept-Patch") == nil)
        #expect(desk.api.ids("/v1/people?q=orth").isEmpty)
    }

    @Test(arguments: ["application/json", "application/json-patch+json", nil])
    func patchesOnlyWithMergePatches(type: String?) {
        let reply = desk.send(.patch, "/v1/people/ilse-marn", bytes: Array("{}".utf8), type, [.ifMatch: "*"])
        #expect(reply.status == 415)
        #expect(reply.field("Accept-Patch") == "application/merge-patch+json" && reply.field("Accept") == nil)
    }

    @Test func takesNoCodedContent() {
        let reply = post("{}", "application/json", [.contentEncoding: "gzip"])
        #expect(reply.status == 415 && reply.field("Accept-Encoding") == "identity")
        #expect(post("{}", "application/json", [.contentEncoding: "Identity"]).status == 422)
    }

    @Test func deletesWithoutContent() {
        let reply = desk.send(
            .delete, "/v1/people/ilse-marn", bytes: Array("{}".utf8), "application/json", [.ifMatch: "*"])
        #expect(reply.status == 422 && reply.json["detail"].text.contains("'replacedBy'"))
        #expect(desk.api.ask("/v1/people/ilse-marn").status == 200)
    }

    // MARK: JSON

    private static let deep = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)

    @Test(arguments: [
        ("{\"name\": \"Lena\",\n  \"aliases\": [\"a\", }", "/aliases/1", "line 2, column 20"),
        ("nonsense", "", "found 'nonsense' (line 1, column 1)"),
        ("{\"name\":\"a\",\"name\":\"b\"}", "/name", "given twice"),
        ("{\"offices\":[{\"title\":\"a\",\"title\":\"b\"}]}", "/offices/0/title", "given twice"),
        ("{\"aliases\":\(deep)}", nil, "nested more than 64 deep"),
        ("{\"name\":\"\\ud800\"}", "/name", "surrogate"),
        ("{\"aliases\":[\"a\",\"\\udc00x\"]}", "/aliases/1", "surrogate"),
        ("{\"name\":\"a\\u0000b\"}", "/name", "NUL"),
        ("{\"name\":\"a\u{0}b\"}", "/name", "control character"),
        ("{\"evidence\":[{\"paragraph\":9223372036854775808}]}", "/evidence/0/paragraph", "64 bits"),
        ("{\"evidence\":[{\"paragraph\":1e999}]}", "/evidence/0/paragraph", "too large"),
        ("{\"name\":\"a\"} {}", "", "expected the end"),
        ("\u{FEFF}{}", "", "byte order mark"),
        ("{'name':'a'}", "", "quotation marks"),
    ])
    func refusesWhatIsNoGoodJSON(text: String, pointer: String?, words: String) {
        let reply = post(text)
        #expect(reply.status == 400 && reply.problem == "malformed-json")
        #expect(reply.pointers.count == 1)
        if let pointer { #expect(reply.pointers == [pointer]) }
        #expect(reply.text.contains(words), "\(reply.text)")
        #expect(reply.json["detail"].text.contains("line "))
    }

    @Test func refusesWhatIsNoUTF8() {
        let bytes = Array("{\"name\":\"".utf8) + [0xC3, 0x28] + Array("\"}".utf8)
        let reply = desk.send(.post, "/v1/people", bytes: bytes, "application/json")
        #expect(reply.status == 400 && reply.pointers == ["/name"])
    }

    @Test func refusesNoContent() {
        for type in [nil, "application/json"] {
            let reply = desk.send(.post, "/v1/people", bytes: [], type)
            #expect(reply.status == 400 && reply.problem == "malformed-json")
            #expect(reply.json["detail"].text.contains("no content"))
        }
        #expect(post("  \n").status == 400)
    }

    // MARK: Records

    /// All at once, each with its place.
    @Test func namesEveryFault() {
        let reply = desk.post(
            "/v1/events",
            [
                "title": 7, "kind": "meetings", "colour": "red", "place": ["id": "karts"],
                "participants": [["person": ["id": "mira-talvane", "colour": 1], "role": "visitors"]],
                "date": ["edtf": "2031-13", "basis": "stated"], "organizations": "arvenia",
                "evidence": [["article": ["id": "talks-in-karst"], "paragraph": 0, "anchors": []]],
            ])
        #expect(reply.status == 422 && reply.problem == "invalid-body")
        let places = [
            "/title", "/kind", "/colour", "/summary", "/participants/0/person/colour", "/participants/0/role",
            "/date/edtf", "/organizations", "/evidence/0/paragraph", "/evidence/0/anchors",
        ]
        #expect(Set(places).isSubset(of: Set(reply.pointers)), "\(reply.text)")
        #expect(reply.text.contains("did you mean 'meeting'?"))
        #expect(reply.json["detail"].text.last == ".")
    }

    @Test func namesWhatIsNotThere() {
        let reply = desk.post(
            "/v1/events",
            Draft.event.with(
                ("place", ["id": "karts"]), ("issues", [["id": "trade"], ["id": "trades"]]),
                ("evidence", [["article": ["id": "talks-in-karst"], "paragraph": 99, "anchors": ["dinner"]]])))
        #expect(reply.status == 422)
        #expect(Set(reply.pointers) == ["/place", "/issues/1", "/evidence/0/paragraph"], "\(reply.text)")
        #expect(reply.text.contains("did you mean 'karst'?"))
    }

    /// What it names is looked at where it can be, whatever else is wrong.
    @Test func namesWhatIsNotThereBesideOtherFaults() {
        let reply = desk.post(
            "/v1/events",
            Draft.event.with(
                ("kind", "meetings"), ("place", ["id": "Karts!"]), ("partOf", ["id": "envoy-vist"]),
                (
                    "participants",
                    [["person": ["id": "mira-talvan"], "role": "visitors"], ["person": 7, "role": "visitor"]]
                ),
                (
                    "evidence",
                    [
                        ["article": ["id": "talks-in-karst"], "paragraph": 99, "anchors": []],
                        ["article": ["id": "talks-in-krast"], "paragraph": 0, "anchors": ["dinner"]],
                    ]
                )))
        #expect(reply.status == 422)
        #expect(
            Set(reply.pointers) == [
                "/kind", "/place/id", "/partOf", "/participants/0/person", "/participants/0/role",
                "/participants/1/person", "/evidence/0/paragraph", "/evidence/0/anchors", "/evidence/1/article",
                "/evidence/1/paragraph",
            ], "\(reply.text)")
        #expect(reply.text.contains("did you mean 'envoy-visit'?"))
        // A circle is seen too.
        let circle = desk.patch("/v1/issues/trade", ["broader": ["id": "salt-tariff"], "summary": 7])
        #expect(Set(circle.pointers) == ["/broader", "/summary"], "\(circle.text)")
    }

    /// By the same rule as in the texts of articles: they make a text read otherwise than it is.
    @Test(arguments: ["\u{202E}", "\u{202A}", "\u{2066}", "\u{2069}", "\u{1}", "\u{7F}", "\u{9B}", "\t"])
    func refusesCharactersThatTurnOrHide(character: String) {
        let text = JSONValue.string("Ilse \(character)Marn")
        let reply = desk.patch("/v1/people/ilse-marn", ["name": text, "aliases": ["I. M.", text]])
        #expect(reply.status == 422 && Set(reply.pointers) == ["/name", "/aliases/1"], "\(reply.text)")
        let scalar = character.unicodeScalars.first.map { String($0.value, radix: 16, uppercase: true) } ?? ""
        #expect(reply.text.contains("\(String(repeating: "0", count: 4 - scalar.count))\(scalar)"))
        // Marks that only order a line are no harm.
        #expect(desk.patch("/v1/people/ilse-marn", ["aliases": ["I.\u{200E} M."]]).status == 200)
    }

    /// What a patch names is meant; a record sent back whole has it by the way.
    @Test func refusesToPatchWhatFollowsFromTheText() throws {
        let path = "/v1/articles/talks-in-karst"
        let article = desk.api.ask(path).json
        let others: [(String, JSONValue)] = [
            ("sha256", "00"), ("words", 7), ("digests", []), ("paragraphs", 1), ("hasText", true),
        ]
        for (member, value) in others {
            let reply = desk.patch(path, .object(JSONObject([(member, value)])))
            #expect(reply.status == 422 && reply.pointers == ["/\(member)"], "\(reply.text)")
            #expect(desk.put(path, article.with((member, value)), ifMatch: "*").status == 200)
        }
        #expect(desk.patch(path, article.without("type")).status == 200)
        #expect(desk.api.ask(path).json == article)
    }

    @Test func tellsOfRulesInWholeSentences() {
        let reply = desk.patch("/v1/people/ilse-marn", ["country": ["id": "amber-league"]])
        #expect(reply.status == 422 && reply.pointers == [""])
        #expect(
            reply.json["detail"].text.hasSuffix(
                ": it breaks a rule of the coverage: its country, 'amber-league', is none."), "\(reply.text)")
    }

    @Test(arguments: [JSONValue.null, true, 3, 0.5, "text", []])
    func refusesWhatIsNoObject(content: JSONValue) {
        let reply = desk.post("/v1/people", content)
        #expect(reply.status == 422 && reply.pointers.first == "", "\(reply.text)")
        #expect(desk.patch("/v1/people/ilse-marn", content).status == 422)
        #expect(desk.put("/v1/people/ilse-marn", content, ifMatch: "*").status == 422)
        #expect(desk.api.ask("/v1/people/ilse-marn").json["revision"] == 1)
    }

    @Test func refusesTextsThatAreTooLong() {
        let reply = desk.post(
            "/v1/people", Draft.person.with(("name", .string(String(repeating: "x", count: 1_000_000)))))
        #expect(reply.status == 422 && reply.pointers.contains("/name"))
        #expect(reply.body.count < 10_000)
    }

    /// A request of some kilobytes does not make an answer of megabytes.
    @Test func namesAHundredFaultsAtMost() {
        let names = JSONObject((0..<1000).map { ("x\($0)", JSONValue.null) })
        let reply = desk.post("/v1/people", .object(names))
        #expect(reply.status == 422 && reply.pointers.count == 100)
        #expect(reply.json["detail"].text.contains("more"))
    }

    @Test func aPatchNamesItsUnknownMembers() {
        let reply = desk.patch("/v1/people/ilse-marn", ["nmae": "Ilse", "colour": .null])
        #expect(reply.status == 422 && Set(reply.pointers) == ["/nmae", "/colour"])
        #expect(reply.text.contains("did you mean 'name'?"))
        // A question ends the sentence by itself.
        let asked = desk.patch("/v1/events/karst-meeting", ["kind": "visti"]).json["detail"].text
        #expect(asked.hasSuffix("/kind cannot be 'visti'; did you mean 'visit'?"))
    }

    /// A record must go on keeping the rules that the whole coverage keeps.
    @Test func refusesCircles() {
        let reply = desk.patch("/v1/issues/trade", ["broader": ["id": "salt-tariff"]])
        #expect(reply.status == 422 && reply.pointers == ["/broader"], "\(reply.text)")
    }

    /// What may have been meant is looked for a few times, and once for what many citations name.
    @Test func looksForFewOfManyMissing() {
        let citations = (0..<24).map { number -> JSONValue in
            [
                "article": ["id": .string("talks-in-kars\(number % 8)")], "paragraph": .integer(Int64(number / 8 + 1)),
                "anchors": ["dinner"],
            ]
        }
        let reply = desk.post("/v1/people", Draft.person.with(("evidence", .array(citations))))
        let details = reply.json["errors"].elements.map(\.["detail"].text)
        #expect(reply.status == 422 && details.count == 24, "\(reply.text)")
        #expect(details.allSatisfy { $0.hasPrefix("there is no article 'talks-in-kars") })
        let helped = details.filter { $0.hasSuffix("did you mean 'talks-in-karst'?") }
        #expect(Set(helped).count == 5 && helped.count == 15)
    }
}

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
        ("nonsense", "", "line 1, column 1"),
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
}

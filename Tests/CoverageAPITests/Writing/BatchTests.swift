// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSON
import Testing

@testable import CoverageAPI

@Suite struct BatchTests {
    private let desk: EditorDesk

    init() throws {
        desk = try EditorDesk()
    }

    private let create: JSONValue = ["method": "POST", "path": "/v1/people", "body": Draft.person]

    @Test func makesSeveralChanges() {
        let event = Draft.event.with(
            ("participants", [["person": ["id": "lena-orth"], "role": "participant"]]), ("id", "breakfast"))
        let reply = desk.batch(
            ["method": "POST", "path": "/v1/events", "body": event], create,
            ["method": "PATCH", "path": "/v1/people/ilse-marn", "ifMatch": "\"1\"", "body": ["aliases": ["I. M."]]],
            ["method": "PUT", "path": "/v1/people/jon-orth", "ifNoneMatch": "*", "body": Draft.person],
            ["method": "PATCH", "path": "/v1/places/karst", "ifMatch": "*", "body": [:]],
            ["method": "DELETE", "path": "/v1/discrepancies/whether-they-met", "ifMatch": "*"])
        #expect(reply.status == 200, "\(reply.text)")
        #expect(reply.field("Cache-Control") == "no-store" && reply.field("Content-Type") == "application/json")
        let results = reply.json["results"]
        #expect(
            results.elements.map(\.["change"]) == ["created", "created", "updated", "created", "unchanged", "deleted"])
        #expect(
            results[0] == [
                "change": "created", "revision": 1, "id": "breakfast", "type": "event", "name": "Breakfast in Karst",
                "href": "/v1/events/breakfast",
            ])
        #expect(results[2]["revision"] == 2 && results[4]["revision"] == 1 && results[5]["revision"] == 2)
        #expect(desk.api.ask("/v1/events/breakfast").json["participants"][0]["person"]["name"] == "Lena Orth")
        #expect(desk.api.ask("/v1/discrepancies/whether-they-met").status == 410)
    }

    @Test func answersInBriefWhereThatIsPreferred() {
        let reply = desk.batch(create, fields: [.prefer: "return=minimal"])
        #expect(reply.status == 204 && reply.body.isEmpty && reply.field("Preference-Applied") == "return=minimal")
    }

    /// What they refer to each other is looked at when all are made.
    @Test func deletesWhatOnlyTheOthersReferTo() {
        let alone = desk.delete("/v1/people/ilse-marn")
        #expect(alone.status == 204)
        let reply = desk.batch(
            ["method": "DELETE", "path": "/v1/events/freighter-stopped", "ifMatch": "*"],
            ["method": "PATCH", "path": "/v1/events/quill-held", "ifMatch": "*", "body": ["partOf": .null]],
            ["method": "PATCH", "path": "/v1/statements/freighter-told", "ifMatch": "*", "body": ["event": .null]],
            ["method": "PATCH", "path": "/v1/statements/freighter-quoted", "ifMatch": "*", "body": ["event": .null]])
        #expect(reply.status == 200, "\(reply.text)")
        #expect(desk.api.ask("/v1/events/freighter-stopped").status == 410)
    }

    /// Texts that come together are read like texts that came one after the other.
    @Test func textsSeeEachOther() throws {
        let passage = "The tide gate at the northern end of the harbour was shut while the wardens measured the water."
        func article(_ name: String, _ line: String) -> JSONValue {
            [
                "method": "POST", "path": "/v1/articles",
                "body": [
                    "text": .string("\(name)\n\n\(passage)\n\(line)\n"),
                    "published": ["edtf": "2031-05-06", "basis": "stated"],
                ],
            ]
        }
        let met = "Oskar Brandt met Mira Talvane in Karst on 3 May 2031."
        let reply = desk.batch(
            article("Gate shut", met), article("Water rises", met), article("High tide", "It rained."))
        #expect(reply.status == 200, "\(reply.text)")
        let ids: Set = ["gate-shut", "water-rises", "high-tide"]
        for id in ids {
            let others = desk.get("/v1/articles/\(id)/overlap").json["data"].elements
            #expect(Set(others.map(\.["article"]["id"].text)) == ids.subtracting([id]), "\(others)")
            #expect(others.allSatisfy { $0["group"] == others[0]["group"] && $0["group"] != .null }, "\(others)")
        }
        let events = desk.get("/v1/proposals?kind=event&limit=100&article=gate-shut").json["data"].elements
        #expect(events.count == 1, "\(events)")
        #expect(Set(events[0]["grounds"].elements.map(\.["article"]["id"].text)) == ["gate-shut", "water-rises"])
    }

    // MARK: All or none

    private static let refusals: [(change: JSONValue, status: Int, problem: String)] = [
        (["method": "PATCH", "path": "/v1/people/ilse-man", "ifMatch": "*", "body": [:]], 404, "not-found"),
        (
            ["method": "PATCH", "path": "/v1/people/ilse-marn", "ifMatch": "\"4-x\"", "body": [:]], 412,
            "precondition-failed"
        ),
        (
            ["method": "PUT", "path": "/v1/people/ilse-marn", "ifNoneMatch": "*", "body": Draft.person], 412,
            "precondition-failed"
        ),
        (["method": "PATCH", "path": "/v1/people/ilse-marn", "body": [:]], 428, "precondition-required"),
        (["method": "DELETE", "path": "/v1/people/ilse-marn"], 428, "precondition-required"),
        (["method": "DELETE", "path": "/v1/people/oskar-brandt", "ifMatch": "*"], 409, "still-referred-to"),
        (["method": "POST", "path": "/v1/people", "body": Draft.person.with(("id", "ilse-marn"))], 409, "id-taken"),
    ]

    @Test(arguments: refusals)
    func oneRefusalIsThatOfAll(change: JSONValue, status: Int, problem: String) {
        let reply = desk.batch(create, change)
        #expect(reply.status == status && reply.problem == problem, "\(reply.text)")
        let members = [
            "precondition-required": "/ifMatch",
            "precondition-failed": "/\(change["ifMatch"] == .null ? "ifNoneMatch" : "ifMatch")",
        ]
        #expect(!reply.pointers.isEmpty && Set(reply.pointers) == ["/changes/1\(members[problem] ?? "")"])
        #expect(desk.api.ids("/v1/people?q=orth").isEmpty)
    }

    @Test func namesTheNearestOfWhatIsMissing() {
        let reply = desk.batch(["method": "PATCH", "path": "/v1/people/ilse-man", "ifMatch": "*", "body": [:]])
        #expect(reply.json["detail"].text.contains("did you mean 'ilse-marn'?"))
    }

    @Test func faultsPointIntoTheBatch() {
        let reply = desk.batch(
            create, ["method": "POST", "path": "/v1/people", "body": Draft.person.with(("category", "officer"))],
            ["method": "PATCH", "path": "/v1/people/ilse-marn", "ifMatch": "*", "body": ["nmae": "x"]])
        #expect(reply.status == 422 && reply.problem == "invalid-body")
        #expect(Set(reply.pointers) == ["/changes/1/body/category", "/changes/2/body/nmae"], "\(reply.text)")
        let successor = desk.batch([
            "method": "DELETE", "path": "/v1/people/ilse-marn", "ifMatch": "*", "replacedBy": "nobody",
        ])
        #expect(successor.status == 422 && successor.pointers == ["/changes/0/replacedBy"], "\(successor.text)")
    }

    private static let faults: [(change: JSONValue, member: String)] = [
        (["path": "/v1/people", "body": [:]], "method"),
        (["method": "GET", "path": "/v1/people"], "method"),
        (["method": "post", "path": "/v1/people", "body": [:]], "method"),
        (["method": "POST", "body": [:]], "path"),
        (["method": "POST", "path": "/v1/persons", "body": [:]], "path"),
        (["method": "POST", "path": "/v1/officials", "body": [:]], "path"),
        (["method": "POST", "path": "/v1/people/", "body": [:]], "path"),
        (["method": "POST", "path": "/v1/people/x", "body": [:]], "path"),
        (["method": "PATCH", "path": "/v1/people", "ifMatch": "*", "body": [:]], "path"),
        (["method": "PATCH", "path": "/v1/people/%FF", "ifMatch": "*", "body": [:]], "path"),
        (["method": "PATCH", "path": "/v1/people/ilse-marn/evidence", "ifMatch": "*", "body": [:]], "path"),
        (["method": "POST", "path": "/v1/people"], "body"),
        (["method": "DELETE", "path": "/v1/people/ilse-marn", "ifMatch": "*", "body": [:]], "body"),
        (["method": "POST", "path": "/v1/people", "ifMatch": "*", "body": Draft.person], "ifMatch"),
        (["method": "PATCH", "path": "/v1/people/ilse-marn", "ifMatch": "1", "body": [:]], "ifMatch"),
        (["method": "PATCH", "path": "/v1/people/ilse-marn", "ifNoneMatch": "*", "body": [:]], "ifNoneMatch"),
        (
            ["method": "PUT", "path": "/v1/people/ilse-marn", "ifMatch": "*", "replacedBy": "x", "body": Draft.person],
            "replacedBy"
        ),
        (["method": "POST", "path": "/v1/people", "body": Draft.person, "headers": [:]], "headers"),
        (["method": "DELETE", "path": "/v1/people/ilse-marn?replacedBy=oskar-brandt", "ifMatch": "*"], "path"),
        (["method": "PATCH", "path": "/v1/people/ilse-marn", "ifMatch": "W/\"1\"", "body": [:]], "ifMatch"),
    ]

    @Test(arguments: faults)
    func namesWhatIsWrongWithAChange(change: JSONValue, member: String) {
        let reply = desk.batch(change)
        #expect(reply.status == 422 && reply.pointers == ["/changes/0/\(member)"], "\(reply.text)")
    }

    /// In one answer, whatever is wrong with each: what it is, what it says, what it names, and what it was made from.
    @Test func namesTheFaultsOfEveryChange() {
        let reply = desk.batch(
            create, ["method": "PATCH", "path": "/v1/people/ilse-man", "ifMatch": "*", "body": [:]],
            ["method": "PTCH", "path": "/v1/people/ilse-marn"],
            [
                "method": "POST", "path": "/v1/events",
                "body": Draft.event.with(("place", ["id": "karts"]), ("kind", "x")),
            ],
            ["method": "PATCH", "path": "/v1/people/ilse-marn", "ifMatch": "\"4\"", "body": [:]],
            ["method": "PATCH", "path": "/v1/people/oskar-brandt", "body": ["nmae": "O."]],
            ["method": "DELETE", "path": "/v1/discrepancies/whether-they-met", "ifMatch": "*", "replacedBy": "nobody"])
        #expect(reply.status == 404 && reply.problem == "not-found", "\(reply.text)")
        #expect(
            Set(reply.pointers) == [
                "/changes/1", "/changes/2/method", "/changes/3/body/place", "/changes/3/body/kind",
                "/changes/4/ifMatch",
                "/changes/5/ifMatch", "/changes/5/body/nmae", "/changes/6/replacedBy",
            ], "\(reply.text)")
        #expect(reply.pointers.first == "/changes/1" && reply.text.contains("did you mean 'ilse-marn'?"))
        #expect(desk.api.ids("/v1/people?q=orth").isEmpty)
    }

    /// A fault before a change does not shift its number.
    @Test func aRefusalKeepsItsNumberBehindFaults() {
        let reply = desk.batch(
            ["method": "GET", "path": "/v1/people"],
            ["method": "DELETE", "path": "/v1/people/ilse-marn", "ifMatch": "\"4\""])
        #expect(reply.status == 412 && reply.pointers == ["/changes/1/ifMatch", "/changes/0/method"], "\(reply.text)")
    }

    @Test func countsWhatHasNoCondition() {
        let change: JSONValue = ["method": "PATCH", "path": "/v1/people/ilse-marn", "body": [:]]
        let one = desk.batch(change)
        #expect(one.json["detail"].text.hasSuffix("; a change has none."))
        #expect(one.json["errors"].elements.map(\.["detail"].text).allSatisfy { $0.hasPrefix("'ifMatch' is missing") })
        let other: JSONValue = ["method": "DELETE", "path": "/v1/people/oskar-brandt"]
        #expect(desk.batch(change, other).json["detail"].text.hasSuffix("; 2 changes have none."))
    }

    @Test func namesAllThatIsReferredTo() {
        let reply = desk.batch(
            ["method": "DELETE", "path": "/v1/people/oskar-brandt", "ifMatch": "*"],
            ["method": "DELETE", "path": "/v1/people/mira-talvane", "ifMatch": "*"])
        #expect(reply.status == 409 && Set(reply.pointers) == ["/changes/0", "/changes/1"], "\(reply.text)")
    }

    private static let contents: [(content: JSONValue, pointer: String)] = [
        ([:], "/changes"), (["changes": []], "/changes"), (["changes": "x"], "/changes"), ([], ""),
        (["changes": [3]], "/changes/0"), (["changes": [], "atomic": true], "/atomic"),
    ]

    @Test(arguments: contents)
    func needsAListOfChanges(content: JSONValue, pointer: String) {
        let reply = desk.post("/v1/batch", content)
        #expect(reply.status == 422 && reply.pointers == [pointer], "\(reply.text)")
    }

    @Test func isBounded() {
        let change: JSONValue = ["method": "PATCH", "path": "/v1/people/ilse-marn", "ifMatch": "*", "body": [:]]
        let reply = desk.post("/v1/batch", ["changes": .array(Array(repeating: change, count: 1001))])
        #expect(reply.status == 422 && reply.pointers == ["/changes"])
        #expect(desk.batch().status == 422)
    }
}

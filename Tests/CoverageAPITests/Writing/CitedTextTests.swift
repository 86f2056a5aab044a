// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import HTTP
import HTTPTypes
import JSON
import TestSupport
import Testing

/// What is written must stand in the paragraphs that it cites, as far as their text is at hand.
@Suite struct CitedTextTests {
    private static let text = "Fog over Karst\n\nThe ferry stayed in the harbour.\nLena Orth waited on the pier.\n"
    private let desk: EditorDesk

    init() throws {
        desk = try EditorDesk()
        try #require(take(Self.text).status == 201)
    }

    private func take(_ text: String, _ query: String = "?source=fog.txt") -> TestReply {
        desk.send(.post, "/v1/articles\(query)", bytes: Array(text.utf8), "text/plain")
    }

    private func evidence(_ paragraph: Int, _ anchors: JSONValue...) -> JSONValue {
        [["article": ["id": "fog-over-karst"], "paragraph": .integer(Int64(paragraph)), "anchors": .array(anchors)]]
    }

    private func person(_ evidence: JSONValue) -> JSONValue {
        ["name": "Lena Orth", "category": "private", "evidence": evidence]
    }

    private func failures() throws -> Int {
        try desk.api.coverage.database.read { try $0.check().failures.count }
    }

    @Test func refusesWordsThatAreNotThere() throws {
        let refused = desk.post("/v1/people", person(evidence(3, "Orth", "orth")))
        #expect(refused.status == 422 && refused.pointers == ["/evidence/0/anchors/1"], "\(refused.text)")
        #expect(
            refused.json["errors"][0]["detail"].text.contains(
                "'orth' does not stand in paragraph 3 of 'fog-over-karst'"),
            "\(refused.text)")
        let beyond = desk.post("/v1/people", person(evidence(4, "Orth")))
        #expect(beyond.status == 422 && beyond.pointers == ["/evidence/0/paragraph"], "\(beyond.text)")
        let made = desk.post("/v1/people", person(evidence(3, "Orth")))
        #expect(made.status == 201, "\(made.text)")
        let path = "/v1/people/lena-orth"
        #expect(desk.patch(path, ["evidence": evidence(2, "Orth")]).pointers == ["/evidence/0/anchors/0"])
        let office: JSONValue = ["title": "Pilot", "organization": .null, "evidence": evidence(3, "pier", "ferry")]
        let put = desk.put(path, person(evidence(3, "Orth")).with(("offices", [office])), ifMatch: made.eTag)
        #expect(put.status == 422 && put.pointers == ["/offices/0/evidence/0/anchors/1"], "\(put.text)")
        #expect(desk.putNew("/v1/people/other", person(evidence(3, "Lena Orth"))).status == 422)
        #expect(try failures() == 0)
    }

    /// Also against the text of an article that comes with them.
    @Test func refusesThemInABatch() throws {
        func batch(_ anchor: JSONValue) -> TestReply {
            desk.batch(
                [
                    "method": "POST", "path": "/v1/people",
                    "body": [
                        "name": "Ilva Sund", "category": "private",
                        "evidence": [["article": ["id": "a-walk"], "paragraph": 2, "anchors": [anchor]]],
                    ],
                ], ["method": "POST", "path": "/v1/articles", "body": ["text": "A walk\n\nIlva Sund went out.\n"]])
        }
        let refused = batch("Lena")
        #expect(
            refused.status == 422 && refused.pointers == ["/changes/0/body/evidence/0/anchors/0"], "\(refused.text)")
        #expect(batch("Sund").status == 200)
        #expect(try failures() == 0)
    }

    @Test func takesAtTheirWordWhatIsNotHere() {
        #expect(desk.get("/v1/articles/talks-in-karst").json["hasText"] == false)
        let anchors: JSONValue = [["article": ["id": "talks-in-karst"], "paragraph": 2, "anchors": ["zeppelin"]]]
        #expect(desk.post("/v1/people", person(anchors)).status == 201)
    }

    /// What became stale by another edition does not stand in the way of other changes.
    @Test func leavesBeWhatIsCitedAlready() throws {
        #expect(desk.post("/v1/people", person(evidence(3, "pier"))).status == 201)
        let edition = Self.text.replacing("pier", with: "quay")
        #expect(take(edition, "?source=fog.txt&replace=true").json["outcome"] == "replaced")
        let path = "/v1/people/lena-orth"
        func state() -> JSONValue { desk.get("\(path)/evidence").json["data"][0]["state"] }
        #expect(state() == "stale")
        #expect(desk.patch(path, ["aliases": ["Orth"]]).status == 200)
        #expect(state() == "stale", "nobody has read the paragraph again")
        #expect(desk.patch(path, ["evidence": evidence(3, "quay")]).status == 200)
        #expect(state() == "verified")
        #expect(desk.patch(path, ["evidence": evidence(3, "jetty")]).status == 422)
        #expect(try failures() == 0)
        // A state that the record was in comes back as it was.
        #expect(desk.patch(path, ["evidence": evidence(3, "pier")]).status == 200)
    }
}

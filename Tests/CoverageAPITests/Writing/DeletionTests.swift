// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import HTTPTypes
import JSON
import Testing

@Suite struct DeletionTests {
    private let desk: EditorDesk

    init() throws {
        desk = try EditorDesk()
    }

    @Test func leavesAGap() throws {
        let path = "/v1/people/ilse-marn"
        let before = desk.api.ask(path)
        let deleted = desk.delete(path, ifMatch: before.eTag)
        #expect(deleted.status == 204 && deleted.body.isEmpty && deleted.field("ETag") == nil)
        for target in [path, "\(path)/evidence", "/v1/officials/ilse-marn"] {
            let reply = desk.api.ask(target)
            #expect(reply.status == 410 && reply.problem == "gone" && reply.field("Cache-Control") == "no-store")
            #expect(reply.json["detail"] == "The person 'ilse-marn' was deleted.")
        }
        #expect(!desk.api.ids("/v1/people?limit=100").contains("ilse-marn"))
        #expect(desk.api.ids("/v1/search?q=ilse").isEmpty)
        let admin = try EditorDesk(desk.api, scope: .admin, name: "chief")
        #expect(admin.get(path).json["detail"].text.contains("by 'desk'"))
        #expect(!desk.get(path).text.contains("desk"))
    }

    @Test func isCountedNoMore() {
        func counts() -> [JSONValue] {
            [desk.api.ask("/v1").json["counts"]["people"], desk.api.ask("/v1/people?limit=1").json["page"]["total"]]
        }
        let before = counts()
        let id = desk.post("/v1/people", Draft.person).json["id"].text
        #expect(counts() != before)
        #expect(desk.delete("/v1/people/\(id)").status == 204)
        #expect(counts() == before)
        // One comes, another goes.
        let batch = desk.batch(
            ["method": "POST", "path": "/v1/people", "body": Draft.person],
            ["method": "DELETE", "path": "/v1/people/ilse-marn", "ifMatch": "*"])
        #expect(batch.status == 200)
        #expect(counts() == before)
    }

    @Test func isNotDoneTwice() {
        let path = "/v1/people/ilse-marn"
        #expect(desk.delete(path, ifMatch: "\"2-x\"").status == 412)
        #expect(desk.delete(path).status == 204)
        for reply in [
            desk.delete(path), desk.patch(path, [:]), desk.put(path, Draft.person, ifMatch: "*"),
        ] { #expect(reply.status == 410) }
        // Its id is nobody else's.
        let other = desk.post("/v1/people", Draft.person.with(("id", "ilse-marn")))
        #expect(other.status == 409 && other.problem == "id-taken")
        #expect(desk.post("/v1/people", Draft.person.with(("name", "Ilse Marn"))).json["id"] == "ilse-marn-2")
    }

    @Test func needsThatNobodyRefersToIt() {
        let reply = desk.delete("/v1/people/oskar-brandt")
        #expect(reply.status == 409 && reply.problem == "still-referred-to")
        #expect(reply.text.contains("envoy-visit") && reply.json["errors"].elements.count > 2)
        #expect(desk.api.ask("/v1/people/oskar-brandt").status == 200)
        #expect(desk.delete("/v1/articles/talks-in-karst").status == 409)
    }

    @Test func leadsToWhatStandsForIt() {
        #expect(desk.delete("/v1/people/ilse-marn?replacedBy=renee-ostrava").status == 204)
        let moved = desk.api.ask("/v1/people/ilse-marn?fields=name")
        #expect(moved.status == 308 && moved.field("Location") == "/v1/people/renee-ostrava?fields=name")
        #expect(moved.json["id"] == "renee-ostrava" && moved.json["name"] == "Renée Ostrava")
        #expect(moved.field("Cache-Control") == "no-cache" && moved.field("Access-Control-Allow-Origin") == "*")
        #expect(
            desk.api.ask("/v1/people/ilse-marn/evidence?limit=1").field("Location")
                == "/v1/people/renee-ostrava/evidence?limit=1")
        // A change is not led astray.
        let patch = desk.patch("/v1/people/ilse-marn", [:])
        #expect(patch.status == 410 && patch.json["detail"].text.contains("'renee-ostrava' stands for it now"))

        // Past one that went too.
        #expect(desk.post("/v1/people", Draft.person).status == 201)
        #expect(desk.delete("/v1/people/tobias-quill?replacedBy=lena-orth").status == 409)
        #expect(desk.post("/v1/people", Draft.person.with(("name", "Jon Orth"))).status == 201)
        #expect(desk.delete("/v1/people/lena-orth?replacedBy=jon-orth").status == 204)
        #expect(desk.delete("/v1/people/jon-orth?replacedBy=ilse-marn").status == 400)
        #expect(desk.delete("/v1/people/jon-orth?replacedBy=renee-ostrava").status == 204)
        #expect(desk.api.ask("/v1/people/lena-orth").field("Location") == "/v1/people/renee-ostrava")
    }

    @Test(arguments: [
        ("ilse-marn", "names the record itself"), ("oskar-brand", "did you mean 'oskar-brandt'?"),
        ("karst-dinner", "cannot be 'karst-dinner': there is no person of that id;"), ("", "has no value"),
    ])
    func refusesOtherReplacements(id: String, words: String) {
        let reply = desk.delete("/v1/people/ilse-marn?replacedBy=\(id)")
        #expect(reply.status == 400 && reply.faults == ["replacedBy"])
        #expect(reply.json["detail"].text.contains(words))
        #expect(!reply.json["detail"].text.contains("ilse-marn"), "\(reply.text)")
    }

    @Test func isToldInFilters() {
        #expect(desk.delete("/v1/people/ilse-marn").status == 204)
        #expect(desk.post("/v1/people", Draft.person).status == 201)
        #expect(desk.delete("/v1/people/lena-orth?replacedBy=renee-ostrava").status == 204)
        #expect(desk.delete("/v1/discrepancies/whether-they-met").status == 204)
        for (target, parameter, words) in [
            ("/v1/events?person=ilse-marn", "person", "that person was deleted."),
            ("/v1/events?person=lena-orth", "person", "was deleted; use 'renee-ostrava'"),
            ("/v1/events?official.not=person:ilse-marn", "official.not", "that person was deleted."),
            ("/v1/statements?speaker=ilse-marn", "speaker", "that person was deleted."),
            ("/v1/discrepancies?subject=person:lena-orth", "subject", "was deleted; use 'renee-ostrava'"),
            ("/v1/discrepancies?subject=ilse-marn", "subject", "that person was deleted."),
            ("/v1/graph?focus=lena-orth", "focus", "was deleted; use 'renee-ostrava'"),
        ] {
            let reply = desk.api.ask(target)
            #expect(reply.status == 400 && reply.faults == [parameter], "\(reply.text)")
            #expect(reply.json["detail"].text.contains(words), "\(reply.text)")
        }
    }

    @Test func deletesOneOfTwoOfAnID() {
        // A country is an organization and a place, each a record of its own.
        let made = desk.post("/v1/places", ["name": "Ilse Marn", "kind": "region", "evidence": Draft.evidence])
        #expect(made.json["id"] == "ilse-marn", "\(made.text)")
        #expect(desk.delete("/v1/people/ilse-marn").status == 204)
        #expect(desk.api.ask("/v1/places/ilse-marn").status == 200)
        #expect(desk.api.ask("/v1/discrepancies?subject=ilse-marn").status == 200)
    }
}

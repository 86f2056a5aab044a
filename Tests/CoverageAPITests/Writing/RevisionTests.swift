// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import HTTP
import HTTPTypes
import JSON
import Testing

@Suite struct RevisionTests {
    private let path = "/v1/people/ilse-marn"
    private let desk: EditorDesk

    init() throws {
        desk = try EditorDesk()
    }

    @Test func listsWhatTheRecordWas() throws {
        for alias in ["a", "b"] { #expect(desk.patch(path, ["aliases": [.string(alias)]]).status == 200) }
        let reply = desk.api.ask("\(path)/revisions")
        #expect(reply.status == 200 && reply.isShareable)
        #expect(reply.json["data"].elements.map(\.["revision"]) == [3, 2, 1])
        #expect(reply.json["data"].elements.map(\.["change"]) == ["updated", "updated", "created"])
        let entry = reply.json["data"][0]
        #expect(entry.names == ["revision", "change", "at", "by", "href"])
        #expect(entry["href"] == .string("\(path)/revisions/3") && entry["by"] == .null)
        #expect(entry["at"] == desk.api.ask(path).json["updatedAt"])
        #expect(reply.json["page"] == ["limit": 20, "total": 3, "totalIs": "exact", "next": .null])
    }

    @Test func goesPageByPage() {
        for number in 1...4 { #expect(desk.patch(path, ["aliases": [.string("a\(number)")]]).status == 200) }
        var found: [JSONValue] = []
        var next = "\(path)/revisions?limit=2"
        for _ in 0..<3 {
            let page = desk.api.ask(next)
            found += page.json["data"].elements.map(\.["revision"])
            next = "\(path)/revisions?limit=2&cursor=\(page.json["page"]["next"].text)"
        }
        #expect(found == [5, 4, 3, 2, 1])
        #expect(desk.api.ask("\(path)/revisions?cursor=00").problem == "invalid-cursor")
    }

    /// Who did it is for those who run the place.
    @Test func tellsTheAdministratorWho() throws {
        #expect(desk.patch(path, ["aliases": ["a"]]).status == 200)
        let admin = try EditorDesk(desk.api, scope: .admin, name: "chief")
        let entries = admin.get("\(path)/revisions")
        #expect(entries.json["data"][0]["by"] == "desk")
        #expect(!entries.isShareable && entries.field("Cache-Control") == "private, no-cache")
        #expect(desk.get("\(path)/revisions").json["data"][0]["by"] == .null)
        #expect(desk.api.ask("\(path)/revisions", origin: .local).json["data"][0]["by"] == "desk")
    }

    @Test(arguments: WriteRouteTests.records)
    func hasTheRecordAsItWasRead(path: String) {
        let first = desk.api.ask(path)
        let old = desk.api.ask("\(path)/revisions/1")
        #expect(old.status == 200 && old.isShareable)
        #expect(old.body == first.body && old.eTag == first.eTag, "\(old.text)\n\(first.text)")
    }

    @Test func restoresWhatWas() {
        let first = desk.api.ask(path)
        #expect(desk.patch(path, ["name": "Ilse Marne", "aliases": ["x"]]).status == 200)
        let old = desk.api.ask("\(path)/revisions/1").json
        let restored = desk.put(path, old, ifMatch: desk.api.ask(path).eTag)
        #expect(restored.status == 200 && restored.json["revision"] == 3)
        #expect(
            restored.json.without("revision", "updatedAt") == first.json.without("revision", "updatedAt"))
        // The tag of what was is no longer that of what is.
        #expect(desk.put(path, old, ifMatch: first.eTag).status == 412)
    }

    @Test func namesWhatIsNotThere() {
        for number in ["0", "2", "99999999999999999999", "x", "-1", "01"] {
            let reply = desk.api.ask("\(path)/revisions/\(number)")
            #expect(reply.status == 404 && reply.faults == ["revision"])
            #expect(reply.json["detail"].text.contains("the last one is 1"))
        }
        for target in ["/v1/people/ilse-man/revisions", "/v1/people/ilse-man/revisions/1"] {
            let reply = desk.api.ask(target)
            #expect(reply.status == 404 && reply.json["detail"].text.contains("did you mean 'ilse-marn'?"))
        }
    }

    @Test func outlivesTheRecord() throws {
        let first = desk.api.ask(path)
        #expect(desk.delete(path).status == 204)
        #expect(desk.api.ask("\(path)/revisions").json["data"].elements.map(\.["change"]) == ["deleted", "created"])
        #expect(desk.api.ask("\(path)/revisions/1").json["name"] == first.json["name"])
        let deletion = desk.api.ask("\(path)/revisions/2")
        #expect(deletion.status == 410 && deletion.problem == "gone")

        let restored = desk.putNew(path, desk.api.ask("\(path)/revisions/1").json)
        #expect(restored.status == 201, "\(restored.text)")
        #expect(restored.json["revision"] == 3 && restored.json["evidence"] == first.json["evidence"])
        #expect(desk.api.ask(path).status == 200)
        // What was before it, whatever came after.
        for answer in [deletion, desk.api.ask("\(path)/revisions/2")] {
            #expect(answer.json["detail"].text.hasSuffix("is its deletion; the state before it is revision 1."))
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import HTTP
import HTTPTypes
import JSON
import TestSupport
import Testing

@testable import CoverageAPI

@Suite struct ListTests {
    private let api: TestAPI

    init() throws {
        api = try TestAPI()
    }

    // MARK: Filters

    @Test(arguments: [
        ("official=oskar-brandt&kind=call,meeting", ["envoy-call", "karst-meeting"]),
        ("official=person:oskar-brandt&kind=call", ["envoy-call"]),
        ("person=mira-talvane&person=renee-ostrava", ["karst-dinner"]),
        ("issue=issue:trade&kind.not=visit,call", ["salt-duty", "karst-meeting"]),
        ("place=none&status.not=none", ["league-founded", "salt-duty", "envoy-call"]),
        ("place=port-lindal,none&kind=summit,call", ["envoy-call", "league-summit"]),
        ("country=organization:arvenia&partOf=none&from=2031-03", ["envoy-call", "envoy-visit", "league-summit"]),
        ("official=none&place=port-lindal", ["league-summit"]),
        ("kind=call&kind=visit", []),
        ("from=2031-04&to=2031-04&certain=true", ["envoy-call", "envoy-visit", "karst-dinner", "karst-meeting"]),
        ("from=2031-04-13&to=2031-04-13&issue.not=none", ["salt-duty", "quill-held", "envoy-visit", "karst-meeting"]),
        ("to=1999", ["league-founded", "fishing-rules", "island-patrols"]),
        ("certain=true&to=1999", ["league-founded"]),
        ("certain=false&kind=summit", ["league-summit"]),
        ("q=salt&sort=date", ["salt-duty", "karst-meeting"]),
        ("q=%22amber%20league%22&sort=-name", ["league-summit", "league-founded"]),
        ("article=envoy-lands&article=talks-in-karst", ["envoy-visit", "karst-meeting"]),
    ])
    func keepsEvents(query: String, ids: [String]) {
        #expect(api.ids("/v1/events?\(query)") == ids)
    }

    @Test(arguments: [
        ("/v1/people?category=detained,private", ["ilse-marn", "renee-ostrava", "tobias-quill"]),
        ("/v1/people?country=none", ["renee-ostrava"]),
        ("/v1/people?organization=belmoran-foreign-ministry", ["oskar-brandt"]),
        ("/v1/officials?country.not=belmora", ["mira-talvane"]),
        ("/v1/officials?q=min*", ["oskar-brandt"]),
        ("/v1/issues?broader=none&party=arvenia", ["teal-island-dispute"]),
        ("/v1/organizations?kind=ministry&sort=-name", ["arvenian-trade-ministry", "belmoran-foreign-ministry"]),
        ("/v1/places?within=belmora", ["harbour-house", "karst"]),
        ("/v1/places?within=none&event=none", ["arvenia"]),
        ("/v1/articles?publisher=Harbour%20Herald,none", ["envoy-lands", "notes-from-teal-island"]),
        ("/v1/articles?credit=Wire+Nine", ["talks-in-karst"]),
        ("/v1/articles?sort=-published", ["talks-in-karst", "envoy-lands", "notes-from-teal-island"]),
    ])
    func keepsOthers(target: String, ids: [String]) {
        #expect(api.ids(target) == ids)
    }

    @Test func countsWhatMatches() {
        let page = api.ask("/v1/events?kind=visit&limit=1").json["page"]
        #expect(page["total"] == 2 && page["limit"] == 1)
        #expect(page["next"] != .null)
    }

    // MARK: What of each record is shown

    @Test func showsTheFieldsAskedFor() {
        let item = api.ask("/v1/events/karst-meeting?fields=kind,date").json
        #expect(item.names == ["id", "type", "href", "kind", "date"])
        #expect(api.ask("/v1/events/karst-meeting?fields=id").json.names == ["id", "type", "href"])
        for item in api.ask("/v1/people?fields=counts,name").json["data"].elements {
            #expect(item.names == ["id", "type", "name", "href", "counts"])
        }
    }

    @Test func includesWhatIsAskedFor() {
        let items = api.ask("/v1/people?include=issues,events&fields=name").json["data"].elements
        #expect(items.map(\.names) == Array(repeating: ["id", "type", "name", "href", "events", "issues"], count: 5))
        let talvane = items.first { $0["id"] == "mira-talvane" } ?? .null
        #expect(talvane["issues"].elements.map(\.["id"].text) == ["salt-tariff", "teal-island-dispute", "trade"])
        #expect(talvane["issues"][0].names == ["id", "type", "name", "href"])
        let marn = items.first { $0["id"] == "ilse-marn" } ?? .null
        #expect(marn["events"] == [])
    }

    @Test func takesJSONForAFormat() {
        #expect(api.ask("/v1/events?format=json").body == api.ask("/v1/events").body)
    }

    /// As a narrower one it would be tested for every row again and again, for seconds of an event loop.
    @Test func takesAFilterOnce() throws {
        let often = repeatElement("kind.not=visit&kind=call,visit&kind=visit,call,visit", count: 150)
            .joined(separator: "&")
        let reply = api.ask("/v1/events?\(often)")
        #expect(reply.status == 200)
        #expect(reply.json["data"] == api.ask("/v1/events?kind.not=visit&kind=call,visit").json["data"])
        let request = Request(
            method: .get, path: "/v1/events", query: often, headerFields: [:], body: [],
            id: RequestID(randomHigh: 0, randomLow: 0), origin: .network, client: nil)
        let filters = try ReadSession(api.coverage.database, deadline: .seconds(30)).read { reader in
            var query = try QueryReader(request, known: ["kind", "kind.not"])
            return try ListParameters<Event>(&query, path: request.path, reader: reader).query.filters
        }
        #expect(filters.count == 2)
    }

    // MARK: Pages

    /// Follows the `Link` field, as a client does, from the first page to the last.
    @Test(arguments: [
        "/v1/events?limit=3", "/v1/events?limit=1&sort=-date&kind.not=visit", "/v1/events?q=t*+s*&limit=2",
        "/v1/events?kind=visit,meeting,call&limit=1",
        "/v1/officials?limit=1", "/v1/places?sort=-name&limit=4&fields=name", "/v1/articles?limit=2",
        "/v1/people/oskar-brandt/evidence?limit=1", "/v1/officials/oskar-brandt/evidence?limit=2&format=json",
    ])
    func leadsFromPageToPage(target: String) throws {
        let path = String(target.prefix { $0 != "?" })
        var seen: [JSONValue] = []
        var next: String? = target
        var pages = 0
        while let current = next {
            let reply = api.ask(current)
            #expect(reply.status == 200)
            seen += reply.json["data"].elements
            pages += 1
            let link = try #require(reply.field("Link"))
            #expect(link.hasSuffix("<\(target)>; rel=\"first\""))
            next = link.wholeMatch(of: /<([^>]*)>; rel="next", .*/).map { String($0.1) }
            #expect(next?.hasSuffix("cursor=" + reply.json["page"]["next"].text) == (next == nil ? nil : true))
            #expect((next == nil) == (reply.json["page"]["next"] == .null))
        }
        let whole = target.replacing(/limit=\d+/, with: "limit=100")
        #expect(seen == api.ask(whole).json["data"].elements)
        #expect(pages > 1)
        #expect(path.hasPrefix("/v1/"))
    }

    /// Only `limit` may change on the way.
    @Test func letsTheLimitChange() {
        let cursor = api.ask("/v1/events?limit=2").json["page"]["next"].text
        let rest = api.ids("/v1/events?limit=100&cursor=\(cursor)")
        #expect(rest == Array(api.ids("/v1/events?limit=100").dropFirst(2)))
        #expect(api.ids("/v1/events?cursor=\(cursor)").count == 11)
    }

    @Test(arguments: [
        "/v1/events?kind=visit&cursor=", "/v1/events?sort=name&cursor=", "/v1/people?cursor=",
        "/v1/events?fields=name&cursor=",
    ])
    func refusesTheCursorOfAnotherQuery(target: String) {
        let cursor = api.ask("/v1/events?limit=2").json["page"]["next"].text
        let reply = api.ask(target + cursor)
        #expect(reply.status == 400 && reply.problem == "invalid-cursor" && reply.faults == ["cursor"])
    }

    @Test(arguments: ["x", "00", "5b5d", "7b7d", "5B5D", "%F0%9F%98%80", "5b22222c2d315d"])
    func refusesWhatIsNoCursor(cursor: String) {
        for path in ["/v1/events", "/v1/articles", "/v1/events/karst-meeting/evidence"] {
            let reply = api.ask("\(path)?cursor=\(cursor)")
            #expect(reply.status == 400 && reply.problem == "invalid-cursor" && reply.faults == ["cursor"])
        }
    }

    @Test func refusesACursorThatWasCut() {
        let cursor = api.ask("/v1/events?limit=2").json["page"]["next"].text
        for length in [1, 2, cursor.count / 2, cursor.count - 2, cursor.count - 1] {
            #expect(api.ask("/v1/events?cursor=\(cursor.prefix(length))").problem == "invalid-cursor")
        }
    }

    /// Cursors of a ranking hold for one version of the data, the others for good.
    @Test func letsCursorsOfARankingExpire() throws {
        let ranked = api.ask("/v1/events?q=t*&limit=2").json["page"]["next"].text
        let sorted = api.ask("/v1/events?q=t*&sort=name&limit=2").json["page"]["next"].text
        #expect(api.ask("/v1/events?q=t*&limit=2&cursor=\(ranked)").status == 200)
        try api.change("Fish for three.", to: "Fish, late.")
        let expired = api.ask("/v1/events?q=t*&limit=2&cursor=\(ranked)")
        #expect(expired.status == 400 && expired.problem == "cursor-expired" && expired.faults == ["cursor"])
        #expect(api.ask("/v1/events?q=t*&sort=name&limit=2&cursor=\(sorted)").status == 200)
    }

    /// Pages of evidence are cut from one revision of the fact.
    @Test func letsCursorsOfEvidenceExpire() throws {
        let cursor = api.ask("/v1/events/karst-dinner/evidence?limit=1").json["page"]["next"]
        #expect(cursor == .null)
        let next = api.ask("/v1/events/karst-meeting/evidence?limit=1").json["page"]["next"].text
        try api.change("Fish for three.", to: "Fish, late.")
        #expect(api.ask("/v1/events/karst-meeting/evidence?limit=1&cursor=\(next)").status == 200)
        try api.change("Three hours on salt and the island.", to: "Hours.")
        #expect(api.ask("/v1/events/karst-meeting/evidence?limit=1&cursor=\(next)").problem == "cursor-expired")
    }
}

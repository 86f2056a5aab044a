// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSON
import Testing

@Suite struct ItemTests {
    private let api: TestAPI

    init() throws {
        api = try TestAPI()
    }

    @Test(arguments: [
        ("/v1/events/karst-meting", "did you mean 'karst-meeting'?"),
        ("/v1/events/karst-meting/evidence", "did you mean 'karst-meeting'?"),
        ("/v1/people/mira-talvan", "did you mean 'mira-talvane'?"),
        ("/v1/officials/mira-talvan", "did you mean 'mira-talvane'?"),
        ("/v1/people/talvane", "did you mean 'mira-talvane'?"), ("/v1/officials/Oskar", "did you mean 'oskar-brandt'?"),
        ("/v1/officials/tobias-quil", "There is no person 'tobias-quil' here."),
        ("/v1/officials/mira-talvana", "did you mean 'mira-talvane'?"),
        ("/v1/places/atlantis-below-the-sea", "There is no place 'atlantis-below-the-sea' here."),
        ("/v1/issues/Trade", "did you mean 'trade'?"),
        ("/problems/notfound", "did you mean 'not-found'?"),
        ("/v1/people/%E8%B0%88", "There is no person '谈' here."),
    ])
    func namesTheNearestOfWhatIsMissing(target: String, words: String) {
        let reply = api.ask(target)
        #expect(reply.status == 404 && reply.problem == "not-found")
        #expect(reply.json["detail"].text.contains(words), "\(reply.json["detail"].text)")
    }

    @Test(arguments: [
        ("/v1/event", "/v1/events"), ("/events", "/v1/events"), ("/v1/events/", "/v1/events"),
        ("/v1/events/karst-meeting/evidenc", "/v1/events/karst-meeting/evidence"), ("/v1/persons", nil), ("/", nil),
        ("/v1/articles/envoy-lands/evidence", "/v1/articles/envoy-lands"),
    ])
    func namesTheNearestPath(path: String, nearest: String?) {
        let reply = api.ask(path)
        #expect(reply.status == 404 && reply.problem == "not-found")
        #expect(reply.json["detail"].text.contains("Did you mean \"\(nearest ?? "")\"?") == (nearest != nil))
    }

    @Test func refusesAPathThatCannotBeRead() {
        #expect(api.ask("/v1/events/%FF").status == 400)
        #expect(api.ask("/v1/events/%zz").problem == "malformed-request")
    }

    /// Officials are people: only they are here, and they are found under `/v1/people` too.
    @Test func showsOfficialsAsPeople() {
        #expect(api.ids("/v1/officials") == ["mira-talvane", "oskar-brandt"])
        // Nobody else is in this list, whatever else is chosen.
        let categories = api.ask("/v1/officials?facets=category").json["facets"]["category"].elements
        #expect(categories.map { $0["value"] } == ["official"] && categories.map { $0["count"] } == [2])
        let official = api.ask("/v1/officials/oskar-brandt")
        #expect(official.body == api.ask("/v1/people/oskar-brandt").body)
        #expect(official.json["href"] == "/v1/people/oskar-brandt")
        #expect(
            api.ask("/v1/officials/oskar-brandt/evidence").json["data"]
                == api.ask("/v1/people/oskar-brandt/evidence").json["data"])
    }

    @Test(arguments: ["tobias-quill", "renee-ostrava"])
    func hidesOthersAmongOfficials(id: String) {
        #expect(api.ask("/v1/people/\(id)").status == 200)
        for path in ["/v1/officials/\(id)", "/v1/officials/\(id)/evidence"] {
            let reply = api.ask(path)
            #expect(reply.status == 404)
            let words = "The person '\(id)' is not among those of this path; see /v1/people/\(id)."
            #expect(reply.json["detail"] == .string(words))
        }
    }

    @Test func describesEveryMemberWhereThereIsNothing() {
        let event = api.ask("/v1/events/return-visit").json
        #expect(event["date"] == .null && event["partOf"] == .null && event.names.contains("date"))
        #expect(event["organizations"] == [] && event["issues"] == [])
        #expect(event["evidence"][0]["status"] == .null && event["evidence"][0].names.contains("status"))
        let person = api.ask("/v1/people/renee-ostrava").json
        #expect(person["country"] == .null && person["offices"] == [] && person["aliases"] == [])
        let article = api.ask("/v1/articles/notes-from-teal-island").json
        #expect(article["headline"] == .null && article["published"] == .null)
        #expect(article["name"] == "Notes From Teal Island (no headline)")
    }

    @Test(arguments: [
        ("envoy-visit", "2031-04-12", "2031-04-14", "day"), ("freighter-stopped", "2031-02-01", "2031-02-28", "month"),
        ("salt-duty", "2028-01-01", "", "year"), ("fishing-rules", "", "2030-12-31", "year"),
        ("quill-held", "2031-02-01", "", "unknown"), ("island-patrols", "", "2031-03-31", "unknown"),
        ("league-summit", "2031-11-01", "2031-11-30", "month"),
        ("ferry-festival", "2031-06-01", "2031-08-31", "season"),
        ("league-founded", "1990-01-01", "1999-12-31", "decade"),
    ])
    func givesTheBoundsOfDates(id: String, earliest: String, latest: String, precision: String) {
        let date = api.ask("/v1/events/\(id)").json["date"]
        #expect(date.names == ["edtf", "earliest", "latest", "precision", "basis", "note"])
        #expect(date["earliest"] == (earliest.isEmpty ? .null : .string(earliest)))
        #expect(date["latest"] == (latest.isEmpty ? .null : .string(latest)))
        #expect(date["precision"].text == precision)
    }
}

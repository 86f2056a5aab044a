// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSON
import TestSupport
import Testing

@Suite struct TimelineTests {
    /// The fixture and many more shapes of dates, some of which begin alike and end apart.
    private static func api() throws -> TestAPI {
        let more = [
            "2031-06-01", "2031-06", "2031-06-01/2031-07-15", "2031-06-01/2031-06-02", "2031-22", "2031", "2031-06-01~",
            "2031-06-XX", "2031-XX-XX", "203X", "20XX", "2031-06-01/", "2031-06/..", "../2031-06-01", "/2031-06",
            "/2031-22",
            "2031-06-02/2031-08", "2031-06/2031-06-20", "-0044", "Y12345", "0999-12-31", "2031-06-01/2031-06-01",
        ]
        let events = more.enumerated().map {
            """
            {"id": "more-\($0)", "title": "More \($0)", "summary": "A date.", "kind": "activity",
             "date": {"edtf": "\($1)", "basis": "stated"},
             "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 1, "anchors": ["salt"]}]}
            """
        }
        let own = EnvoyVisit.files["events.json"] ?? "[]"
        return try TestAPI(
            EnvoyVisit.seeds(with: ["events.json": own.dropLast() + ",\(events.joined(separator: ","))]"]))
    }

    private let api: TestAPI

    init() throws {
        api = try Self.api()
    }

    /// The group of a date, read from its text: its beginning, or its end where only that is known, no finer than it says.
    private static func key(_ date: JSONValue, by grain: String) -> String? {
        let sides = date["edtf"].text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let isFromStart = date["earliest"] != .null
        let day = date[isFromStart ? "earliest" : "latest"].text
        guard !day.isEmpty else { return nil }
        let side = (isFromStart ? sides[0] : sides[sides.count - 1]).filter { !"~?%".contains($0) }
        let parts = side.drop { $0 == "-" }.split(separator: "-").filter { $0 != "XX" }.count
        let isBefore = day.hasPrefix("-")
        let pieces = day.drop { $0 == "-" }.split(separator: "-")
        let wanted = min(["year": 1, "month": 2, "day": 3][grain] ?? 3, parts)
        return (isBefore ? "-" : "") + pieces.prefix(wanted).joined(separator: "-")
    }

    /// Groups one page of events as the timeline should.
    private func expectGroups(_ reply: TestReply, of items: [JSONValue], by grain: String) {
        var keys: [String] = []
        var groups: [String: [JSONValue]] = [:]
        var undated: [JSONValue] = []
        for item in items {
            guard let key = Self.key(item["date"], by: grain) else {
                undated.append(item)
                continue
            }
            if groups[key] == nil { keys.append(key) }
            groups[key, default: []].append(item)
        }
        #expect(reply.json["groups"].elements.map(\.["key"].text) == keys)
        #expect(reply.json["groups"].elements.map(\.["events"].elements) == keys.map { groups[$0] ?? [] })
        #expect(reply.json["undated"].elements == undated)
    }

    @Test(arguments: ["day", "month", "year"])
    func groupsEvents(grain: String) {
        let items = api.ask("/v1/events?limit=100").json["data"].elements
        #expect(items.count == 35)
        let reply = api.ask("/v1/timeline?by=\(grain)&limit=100")
        #expect(reply.status == 200 && reply.isShareable)
        #expect(reply.json.names == ["groups", "undated", "page"])
        #expect(reply.json["page"]["total"] == 35)
        expectGroups(reply, of: items, by: grain)
        let keys = reply.json["groups"].elements.map(\.["key"].text)
        #expect(Set(keys).count == keys.count)
    }

    /// The fixture's, by hand.
    @Test func groupsByDayWhereNothingElseIsAsked() throws {
        let api = try TestAPI()
        let groups = api.ask("/v1/timeline?limit=100").json["groups"].elements
        #expect(
            groups.map(\.["key"].text) == [
                "1990", "2028", "2031-02", "2031-04-02", "2031-04-12", "2031-04-13", "2031-06", "2031-11", "2030",
                "2031-03",
            ])
        #expect(groups[2]["events"].elements.map(\.["id"].text) == ["freighter-stopped", "quill-held"])
        let years = api.ask("/v1/timeline?by=year&limit=100").json
        #expect(years["groups"].elements.map(\.["key"].text) == ["1990", "2028", "2031", "2030"])
        // What ended in 2031 and began nobody knows when is in that year's group, last.
        #expect(years["groups"][2]["events"].elements.last?["id"] == "island-patrols")
        #expect(years["undated"].elements.map(\.["id"].text) == ["return-visit"])
        #expect(api.ask("/v1/timeline?by=day&limit=100").json == api.ask("/v1/timeline?limit=100").json)
    }

    /// A page may cut a group: it goes on under the same key on the next.
    @Test(arguments: ["day", "month", "year"])
    func goesOnFromPageToPage(grain: String) throws {
        let items = api.ask("/v1/events?limit=100").json["data"].elements
        for limit in [1, 3, 8] {
            var next: String? = "/v1/timeline?by=\(grain)&limit=\(limit)"
            var seen = 0
            while let target = next {
                let reply = api.ask(target)
                let page = Array(items[seen..<min(seen + limit, items.count)])
                expectGroups(reply, of: page, by: grain)
                seen += page.count
                next = reply.field("Link")?.wholeMatch(of: /<([^>]*)>; rel="next", .*/).map { String($0.1) }
                #expect((next == nil) == (reply.json["page"]["next"] == .null))
            }
            #expect(seen == items.count)
        }
        let cursor = api.ask("/v1/timeline?by=day&limit=3").json["page"]["next"].text
        #expect(api.ask("/v1/timeline?by=month&limit=3&cursor=\(cursor)").problem == "invalid-cursor")
        #expect(api.ask("/v1/events?limit=3&cursor=\(cursor)").problem == "invalid-cursor")
    }

    @Test(arguments: [
        "official=oskar-brandt", "kind.not=activity", "from=2031-06-01&to=2031-06-02", "certain=true&from=2031",
        "q=date", "asReportedBy=envoy-lands", "asReportedBy=envoy-lands&status=scheduled", "place=none&issue=trade",
        "fields=date,kind", "include=text,parts&kind=meeting",
    ])
    func takesTheFiltersOfEvents(query: String) {
        let items = api.ask("/v1/events?limit=100&sort=date&\(query)").json["data"].elements
        #expect(!items.isEmpty)
        expectGroups(api.ask("/v1/timeline?by=month&limit=100&\(query)"), of: items, by: "month")
    }

    @Test(arguments: [
        ("by=week", "by", "use day, month, year."), ("by=", "by", "'by' has no value"),
        ("by=days", "by", "did you mean 'day'?"),
        ("sort=name", "sort", "There is no parameter 'sort' here"), ("facets=kind", "facets", "no parameter 'facets'"),
        ("from=2031-05&to=2031-04", "from", "'from' is after 'to'."), ("by=day&by=year", "by", "stands 2 times"),
    ])
    func refusesWhatItHasNot(query: String, parameter: String, words: String) {
        let reply = api.ask("/v1/timeline?\(query)")
        #expect(reply.status == 400 && reply.faults == [parameter])
        #expect(reply.json["detail"].text.contains(words), "\(reply.json["detail"].text)")
    }
}

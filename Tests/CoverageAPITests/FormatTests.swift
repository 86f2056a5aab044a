// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSON
import TestSupport
import Testing

/// Which format an answer is in, and how much of the list it holds.
@Suite struct FormatTests {
    private let api: TestAPI

    init() throws {
        api = try TestAPI()
    }

    static let mediaTypes = [
        "json": "application/json", "csv": "text/csv; charset=utf-8; header=present", "ndjson": "application/x-ndjson",
        "ics": "text/calendar; charset=utf-8", "geojson": "application/geo+json",
    ]

    private func essence(_ mediaType: String) -> String { String(mediaType.prefix { $0 != ";" }) }

    private func lines(_ reply: TestReply) throws -> [JSONValue] {
        #expect(reply.body.last == UInt8(ascii: "\n") || reply.body.isEmpty)
        return try reply.body.split(separator: UInt8(ascii: "\n")).map { try JSONReader.read(Array($0)) }
    }

    // MARK: Choosing

    @Test(arguments: mediaTypes.keys.sorted())
    func isChosenByParameterAndByHeader(format: String) throws {
        let mediaType = try #require(Self.mediaTypes[format])
        let asked = api.ask("/v1/events?format=\(format)")
        let accepted = api.ask("/v1/events", fields: [.accept: essence(mediaType)])
        for reply in [asked, accepted] {
            #expect(reply.status == 200)
            #expect(reply.field("Content-Type") == mediaType)
            #expect(reply.field("Vary") == "Accept, Accept-Encoding, Origin")
            #expect(reply.field("Cache-Control") == "no-cache")
            #expect(reply.field("Access-Control-Allow-Origin") == "*")
            #expect(reply.isShareable)
            #expect(try #require(reply.field("ETag")).wholeMatch(of: /"[0-9a-f]{24}"/) != nil)
        }
        #expect(asked.body == accepted.body)
        // The parameter beats the header.
        for other in Self.mediaTypes.values {
            let reply = api.ask("/v1/events?format=\(format)", fields: [.accept: essence(other)])
            #expect(reply.field("Content-Type") == mediaType)
        }
        #expect(api.ask("/v1/events?format=\(format)", fields: [.accept: "image/png"]).status == 200)
    }

    @Test(arguments: [
        ("*/*", "json"), ("application/*", "json"), ("text/*", "csv"), ("text/calendar;q=0.5, text/csv;q=0.4", "ics"),
        ("application/json;q=0.1, application/geo+json", "geojson"), ("text/html, */*;q=0.1", "json"),
        ("application/json;q=0, */*", "csv"), ("TEXT/CSV", "csv"), ("text/csv;header=present", "csv"),
        ("nonsense", "json"),
    ])
    func weighsWhatIsAccepted(accept: String, format: String) {
        let reply = api.ask("/v1/events", fields: [.accept: accept])
        #expect(reply.field("Content-Type") == Self.mediaTypes[format])
    }

    @Test(arguments: [
        ("/v1/events", "image/png"), ("/v1/people", "text/calendar"), ("/v1/people", "application/geo+json"),
        ("/v1/events/karst-meeting", "text/csv"), ("/v1/events/karst-meeting/evidence", "text/csv"),
        ("/v1/timeline", "text/csv"), ("/v1/timeline", "text/calendar"), ("/v1/search?q=salt", "text/csv"),
        ("/v1/suggest?q=salt", "text/csv"), ("/v1/coverage", "text/csv"), ("/v1", "text/csv"),
        ("/v1/compare?a=envoy-lands&b=talks-in-karst", "text/html"), ("/v1/graph?focus=oskar-brandt", "image/*"),
        ("/v1/articles/envoy-lands/overlap", "text/csv"), ("/v1/vocabularies", "text/csv"),
        ("/v1/events", "application/json;q=0, text/csv;q=0"),
    ])
    func refusesWhatItHasNot(target: String, accept: String) {
        let reply = api.ask(target, fields: [.accept: accept])
        #expect(reply.status == 406 && reply.problem == "not-acceptable")
        #expect(reply.json["errors"][0]["header"] == "Accept")
        #expect(reply.json["detail"].text.contains("application/json"))
    }

    @Test(arguments: [
        ("/v1/events?format=html", "use json, csv, ndjson, ics, geojson."),
        ("/v1/people?format=ics", "use json, csv, ndjson."),
        ("/v1/places?format=ics", "use json, csv, ndjson, geojson."),
        ("/v1/statements?format=geojson", "use json, csv, ndjson."), ("/v1/timeline?format=csv", "use json."),
        ("/v1/timeline?format=ics", "use json."), ("/v1/search?q=salt&format=csv", "use json."),
        ("/v1/coverage?format=csv", "use json."), ("/v1/graph?focus=oskar-brandt&format=csv", "use json."),
        ("/v1/compare?a=envoy-lands&b=talks-in-karst&format=csv", "use json."),
        ("/v1/articles/envoy-lands/overlap?format=csv", "use json."), ("/v1/suggest?q=a&format=csv", "use json."),
        ("/v1/events/karst-meeting?format=csv", "use json."),
    ])
    func refusesAFormatItHasNot(target: String, words: String) {
        let reply = api.ask(target)
        #expect(reply.status == 400 && reply.problem == "invalid-parameter" && reply.faults == ["format"])
        #expect(reply.json["detail"].text.contains(words), "\(reply.json["detail"].text)")
    }

    @Test func refusesCountsWhereThereIsNoRoomForThem() {
        let reply = api.ask("/v1/events?format=csv&facets=kind")
        #expect(reply.status == 400 && reply.faults == ["facets"])
        #expect(api.ask("/v1/events?facets=kind", fields: [.accept: "text/csv"]).status == 400)
    }

    // MARK: How much

    /// More events than a page holds.
    private func many() throws -> TestAPI {
        let events = (100..<350).map {
            """
            {"id": "e\($0)", "title": "E\($0)", "summary": "Day \($0)", "kind": "activity",
             "date": {"edtf": "2031-0\($0 % 9 + 1)-1\($0 % 10)", "basis": "stated"}, "place": {"id": "karst"},
             "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 1, "anchors": ["salt"]}]}
            """
        }
        let known = EnvoyVisit.files["events.json"] ?? "[]"
        return try TestAPI(
            EnvoyVisit.seeds(with: ["events.json": known.dropLast() + ",\(events.joined(separator: ","))]"]))
    }

    /// The ids that an answer holds, in order.
    private func ids(_ reply: TestReply, _ format: String) throws -> [String] {
        switch format {
        case "json": return reply.json["data"].elements.map(\.["id"].text)
        case "csv": return try CSVReader.read(reply.body).dropFirst().map { $0[0] }
        case "ndjson": return try lines(reply).map(\.["id"].text)
        case "ics":
            return reply.text.split(separator: "\r\n").filter { $0.hasPrefix("UID:") }
                .map { String($0.dropFirst(4).prefix { $0 != "@" }) }
        default: return reply.json["features"].elements.map(\.["id"].text)
        }
    }

    @Test(arguments: ["csv", "ndjson", "ics", "geojson"])
    func isWholeWithoutALimit(format: String) throws {
        let api = try many()
        let filter = "kind=activity&place=karst&from=2031-02&sort=-date&q=day"
        var expected: [String] = []
        var next: String? = "/v1/events?\(filter)&limit=100"
        while let target = next {
            let reply = api.ask(target)
            expected += reply.json["data"].elements.map(\.["id"].text)
            next = reply.field("Link")?.wholeMatch(of: /<([^>]*)>; rel="next", .*/).map { String($0.1) }
        }
        #expect(expected.count > 200)
        let whole = api.ask("/v1/events?\(filter)&format=\(format)")
        #expect(try ids(whole, format) == expected)
        #expect(whole.field("Link") == nil)
    }

    @Test(arguments: ["json", "csv", "ndjson", "ics", "geojson"])
    func leadsFromPageToPage(format: String) throws {
        let api = try many()
        let target = "/v1/events?kind=activity&place=karst&limit=60&format=\(format)"
        var found: [String] = []
        var next: String? = target
        var pages = 0
        while let current = next {
            let reply = api.ask(current)
            let page = try ids(reply, format)
            #expect(page.count <= 60)
            found += page
            pages += 1
            let link = try #require(reply.field("Link"))
            #expect(link.hasSuffix("<\(target)>; rel=\"first\""))
            next = link.wholeMatch(of: /<([^>]*)>; rel="next", .*/).map { String($0.1) }
        }
        #expect(pages == 5)
        #expect(found.count == 251 && Set(found).count == 251)
    }

    // MARK: NDJSON

    @Test(arguments: EnvelopeTests.lists)
    func ndjsonHasTheRecordsOfTheList(path: String, type: String) throws {
        let query = "include=text&sort=-name"
        let reply = api.ask("\(path)?format=ndjson" + (type == "article" ? "" : "&\(query)"))
        let items = api.ask("\(path)?limit=100" + (type == "article" ? "" : "&\(query)")).json["data"].elements
        #expect(try lines(reply) == items)
        #expect(reply.text.split(separator: "\n").count == items.count)
    }

    @Test func ndjsonOfNothingIsEmpty() throws {
        #expect(api.ask("/v1/events?format=ndjson&kind=call&kind=visit").body.isEmpty)
    }

    // MARK: GeoJSON

    @Test func geojsonHasWhatIsLocated() throws {
        let reply = api.ask("/v1/events?format=geojson&fields=title,place")
        #expect(reply.json.names == ["type", "features"])
        #expect(reply.json["type"] == "FeatureCollection")
        let items = api.ask("/v1/events?limit=100&fields=title,place").json["data"].elements
        let places = Dictionary(
            uniqueKeysWithValues: api.ask("/v1/places?limit=100").json["data"].elements.map { ($0["id"].text, $0) })
        let located = items.filter { places[$0["place"]["id"].text].map { $0["latitude"] != .null } ?? false }
        #expect(!located.isEmpty && located.count < items.count)
        let features = reply.json["features"].elements
        #expect(features.map(\.["properties"]) == located)
        for feature in features {
            #expect(feature.names == ["type", "id", "geometry", "properties"])
            #expect(feature["type"] == "Feature" && feature["id"] == feature["properties"]["id"])
            let place = try #require(places[feature["properties"]["place"]["id"].text])
            // Longitude first.
            #expect(
                feature["geometry"] == [
                    "type": "Point", "coordinates": .array([place["longitude"], place["latitude"]]),
                ])
        }
    }

    @Test func geojsonOfPlaces() throws {
        let features = api.ask("/v1/places?format=geojson&kind=city").json["features"].elements
        #expect(features.map(\.["id"].text) == ["karst", "port-lindal"])
        #expect(features[0]["geometry"]["coordinates"] == [.number(-40.25), .number(12.5)])
        #expect(api.ask("/v1/places?format=geojson&kind=building").json["features"] == [])
        #expect(api.ask("/v1/people?format=geojson").status == 400)
    }

    /// As one article has them, in whatever format.
    @Test func asOneArticleHasThem() throws {
        let target = "/v1/events?asReportedBy=envoy-lands&status=scheduled"
        let items = api.ask(target).json["data"].elements
        #expect(items.map(\.["id"].text) == ["karst-meeting"])
        #expect(try lines(api.ask(target + "&format=ndjson")) == items)
        let row = try #require(try CSVReader.read(api.ask(target + "&format=csv&fields=status,evidence").body).last)
        #expect(row.suffix(2) == ["scheduled", "envoy-lands#3"])
        #expect(api.ask(target + "&format=ics").text.contains("\r\nSTATUS:CONFIRMED\r\n"))
    }
}

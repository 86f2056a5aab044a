// SPDX-License-Identifier: Apache-2.0

import JSON
import Testing

@Suite struct EnvelopeTests {
    static let lists = [
        ("/v1/events", "event"), ("/v1/people", "person"), ("/v1/officials", "person"), ("/v1/issues", "issue"),
        ("/v1/statements", "statement"), ("/v1/organizations", "organization"), ("/v1/places", "place"),
        ("/v1/discrepancies", "discrepancy"), ("/v1/articles", "article"),
    ]

    private let api: TestAPI

    init() throws {
        api = try TestAPI()
    }

    @Test(arguments: lists)
    func isTheSameForEveryList(path: String, type: String) throws {
        let reply = api.ask(path)
        #expect(reply.json.names == ["data", "page"])
        #expect(reply.json["page"].names == ["limit", "total", "totalIs", "next"])
        #expect(reply.json["page"]["limit"] == 20)
        #expect(reply.json["page"]["total"] == .integer(Int64(reply.json["data"].elements.count)))
        #expect(reply.json["page"]["totalIs"] == "exact")
        #expect(reply.json["page"]["next"] == .null)
        #expect(reply.field("Link") == "<\(path)>; rel=\"first\"")
        for item in reply.json["data"].elements {
            #expect(Array(item.names.prefix(4)) == ["id", "type", "name", "href"])
            #expect(Array(item.names.suffix(2)) == ["revision", "updatedAt"])
            #expect(item.names.contains("evidence") == (type != "article"))
            #expect(item.names.contains("coverage") == (type != "article"))
            #expect(item["type"].text == type)
            // An item by itself is the same as in the list.
            #expect(api.ask(item["href"].text).json == item)
        }
    }

    /// Whoever refers to a record calls it by its name and knows the way to it.
    @Test(arguments: lists)
    func refersToRecordsAlike(path: String, type: String) {
        func references(_ value: JSONValue) -> [JSONValue] {
            let inner = value.elements + value.names.map { value[$0] }
            return (value.names == ["id", "type", "name", "href"] ? [value] : []) + inner.flatMap(references)
        }
        let all = references(api.ask("\(path)?limit=100").json)
        #expect(!all.isEmpty || type == "article")
        for reference in Set(all.map { $0["href"].text }) {
            let record = api.ask(reference).json
            for one in all where one["href"].text == reference {
                for name in one.names { #expect(one[name] == record[name]) }
            }
        }
    }

    @Test(arguments: lists)
    func carriesTheFieldsOfARead(path: String, type: String) throws {
        let list = api.ask(path)
        let id = list.json["data"][0]["id"].text
        let item = api.ask("\(path)/\(id)")
        for reply in [list, item] {
            #expect(reply.status == 200)
            #expect(reply.isShareable)
            #expect(reply.field("Content-Type") == "application/json")
            #expect(reply.field("Cache-Control") == "no-cache")
            #expect(reply.field("Vary") == "Accept, Accept-Encoding, Origin")
            #expect(reply.field("Access-Control-Allow-Origin") == "*")
            #expect(reply.field("Access-Control-Expose-Headers")?.contains("ETag") == true)
        }
        #expect(try #require(list.field("ETag")).wholeMatch(of: /"[0-9a-f]{24}"/) != nil)
        #expect(try #require(item.field("ETag")).wholeMatch(of: /"1-[0-9a-f]{24}"/) != nil)
        #expect(item.field("Link") == nil)
    }

    @Test func marksTheRevisionInTheTag() throws {
        let before = try #require(api.ask("/v1/events/karst-dinner").field("ETag"))
        let others = api.ask("/v1/events/envoy-call").field("ETag")
        let list = api.ask("/v1/events").field("ETag")
        try api.change("Fish for three.", to: "Fish, late.")
        let after = try #require(api.ask("/v1/events/karst-dinner").field("ETag"))
        #expect(before.hasPrefix("\"1-") && after.hasPrefix("\"2-"))
        #expect(before.dropFirst(3) != after.dropFirst(3))
        #expect(api.ask("/v1/events/envoy-call").field("ETag") == others)
        #expect(api.ask("/v1/events").field("ETag") != list)
        #expect(api.ask("/v1/events/karst-dinner").json["revision"] == 2)
    }
}

// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSON
import TestSupport
import Testing

@Suite struct SearchRouteTests {
    private let api: TestAPI

    init() throws {
        api = try TestAPI()
    }

    @Test func answersInTheFormOfAList() {
        let reply = api.ask("/v1/search?q=salt&facets=type")
        #expect(reply.status == 200 && reply.isShareable)
        #expect(reply.json.names == ["data", "page", "facets"])
        #expect(reply.field("Link") == "</v1/search?q=salt&facets=type>; rel=\"first\"")
        let hits = reply.json["data"].elements
        #expect(reply.json["page"]["total"] == .integer(Int64(hits.count)))
        for hit in hits {
            #expect(hit.names == ["id", "type", "name", "href", "score", "highlights"])
            let record = api.ask(hit["href"].text).json
            for name in ["id", "type", "name", "href"] { #expect(hit[name] == record[name]) }
            #expect(!hit["highlights"].elements.isEmpty)
            for highlight in hit["highlights"].elements {
                #expect(highlight.names == ["member", "text", "spans"])
                #expect(record.names.contains(highlight["member"].text))
                for span in highlight["spans"].elements {
                    guard case .integer(let start) = span[0], case .integer(let end) = span[1] else {
                        #expect(Bool(false), "no span: \(span)")
                        continue
                    }
                    let scalars = Array(highlight["text"].text.unicodeScalars)[Int(start)..<Int(end)]
                    #expect(String(String.UnicodeScalarView(scalars)).lowercased() == "salt")
                }
            }
        }
        let types = reply.json["facets"]["type"].elements
        #expect(types.allSatisfy { $0.names == ["value", "name", "count"] && $0["name"] != .null })
        for type in types {
            let only = api.ask("/v1/search?q=salt&type=\(type["value"].text)")
            #expect(only.json["page"]["total"] == type["count"])
            #expect(!only.json.names.contains("facets"))
        }
    }

    @Test(arguments: ["/v1/search?q=t*&limit=3", "/v1/search?q=island&limit=1&type=place,issue,event&facets=type"])
    func leadsFromPageToPage(target: String) throws {
        var seen: [JSONValue] = []
        var next: String? = target
        var pages = 0
        while let current = next {
            let reply = api.ask(current)
            #expect(reply.status == 200)
            seen += reply.json["data"].elements
            pages += 1
            next = try #require(reply.field("Link")).wholeMatch(of: /<([^>]*)>; rel="next", .*/).map { String($0.1) }
        }
        #expect(pages > 2)
        #expect(seen == api.ask(target.replacing(/limit=\d+/, with: "limit=100")).json["data"].elements)
    }

    @Test func letsCursorsExpire() throws {
        let cursor = api.ask("/v1/search?q=t*&limit=2").json["page"]["next"].text
        #expect(api.ask("/v1/search?q=t*&limit=5&cursor=\(cursor)").status == 200)
        #expect(api.ask("/v1/search?q=s*&limit=2&cursor=\(cursor)").problem == "invalid-cursor")
        #expect(api.ask("/v1/search?q=t*&limit=2&cursor=00").problem == "invalid-cursor")
        try api.change("Fish for three.", to: "Fish, late.")
        let expired = api.ask("/v1/search?q=t*&limit=2&cursor=\(cursor)")
        #expect(expired.status == 400 && expired.problem == "cursor-expired" && expired.faults == ["cursor"])
    }

    @Test func suggests() {
        let reply = api.ask("/v1/suggest?q=mi")
        #expect(reply.status == 200)
        #expect(reply.json.names == ["data", "page"])
        #expect(reply.json["data"].elements.contains { $0["id"] == "mira-talvane" })
        #expect(reply.json["data"].elements.allSatisfy { $0.names == ["id", "type", "name", "href"] })
        #expect(api.ids("/v1/suggest?q=te&type=place") == ["teal-island"])
        #expect(api.ids("/v1/suggest?q=te&limit=1").count == 1)
        let all = api.ask("/v1/suggest?q=t&limit=100").json
        let total = all["data"].elements.count
        #expect(total > 1 && all["page"]["total"] == .integer(Int64(total)) && all["page"]["totalIs"] == "exact")
        let one = api.ask("/v1/suggest?q=t&limit=1").json["page"]
        #expect(one["total"] == .integer(Int64(total)) && one["totalIs"] == "exact" && one["next"] == .null)
        let people = api.ask("/v1/suggest?q=t&limit=100&type=person").json["page"]["total"]
        #expect(api.ask("/v1/suggest?q=t&limit=1&type=person").json["page"]["total"] == people)
        #expect(api.ids("/v1/suggest?q=%F0%9F%98%80") == [])
    }

    @Test(arguments: [
        ("/v1/search", "q", "'q' is missing"), ("/v1/search?q=", "q", "'q' has no value"),
        ("/v1/search?q=%22%22", "q", "holds no word"), ("/v1/search?q=%F0%9F%98%80", "q", "holds no word"),
        ("/v1/search?q=salt&q=s", "q", "stands 2 times"),
        ("/v1/search?q=a&type=person,issues", "type", "did you mean 'issue'?"),
        ("/v1/search?q=a&facets=kind", "facets", "use type."), ("/v1/search?q=a&limit=0", "limit", "from 1 to 100"),
        ("/v1/search?q=a&sort=name", "sort", "no parameter 'sort'"), ("/v1/suggest", "q", "'q' is missing"),
        ("/v1/suggest?q=a&cursor=x", "cursor", "no parameter 'cursor'"),
        ("/v1/suggest?q=a&type=x", "type", "'type' cannot be 'x'"),
    ])
    func refusesWhatItHasNot(target: String, parameter: String, words: String) {
        let reply = api.ask(target)
        #expect(reply.status == 400 && reply.faults == [parameter])
        #expect(reply.json["detail"].text.contains(words), "\(reply.json["detail"].text)")
    }

    /// Whatever a client sends is an answer or a refusal, never a failure inside.
    @Test(arguments: [
        "%22", "%22%22%22", "*", "**a", "a%22b", "AND", "OR%20OR", "NEAR(a%20b,5)", "name:salt", "%7Bname%7D:salt",
        "^a", "-a",
        "(a", "a)", "%F0%9F%98%80salt", "%E8%B0%88%E5%88%A4", "a%CC%81%22%CC%81", "%E2%80%8D",
        "';DROP%20TABLE%20search;--",
        "%EF%BB%BFa", "a%0D%0Ab", "%C2%BD", "%01%02%03",
    ])
    func neverFailsInside(text: String) {
        for path in ["/v1/search", "/v1/suggest", "/v1/events", "/v1/statements"] {
            #expect([200, 400].contains(api.ask("\(path)?q=\(text)").status), "\(path) \(text)")
        }
    }

    @Test(arguments: ["salt%20", "%22salt%20duty%22%20", "s*+", "x", "%E7%9B%90", "%F0%9F%98%80a+"])
    func takesTenKilobytes(piece: String) {
        let text = String(repeating: piece, count: 10_240 / piece.count)
        #expect(api.ask("/v1/search?q=\(text)").status == 200)
        #expect(api.ask("/v1/suggest?q=\(text)").status == 200)
    }
}

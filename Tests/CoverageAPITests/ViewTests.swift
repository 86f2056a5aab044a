// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSON
import TestSupport
import Testing

/// What several records say together: compare, coverage, graph, overlap.
@Suite struct ViewTests {
    private let api: TestAPI

    init() throws {
        api = try TestAPI()
    }

    private func ids(_ value: JSONValue) -> [String] { value.elements.map(\.["id"].text) }

    // MARK: Compare

    @Test func comparesTwoArticles() throws {
        let reply = api.ask("/v1/compare?a=envoy-lands&b=notes-from-teal-island")
        #expect(reply.status == 200 && reply.isShareable)
        let json = reply.json
        #expect(json.names == ["a", "b", "onlyA", "onlyB", "both", "differ", "copied"])
        #expect(json["a"].names == ["id", "type", "name", "href"])
        #expect(json["b"]["name"] == "Notes From Teal Island (no headline)")
        #expect(ids(json["differ"]) == ["custody-of-quill", "reach-of-arvenia"])
        #expect(
            json["copied"] == [
                [
                    "words": 13, "a": ["paragraph": 6, "start": 0, "end": 69],
                    "b": ["paragraph": 6, "start": 1, "end": 70],
                ]
            ])
        // The other way round everything changes sides.
        let back = api.ask("/v1/compare?a=notes-from-teal-island&b=envoy-lands").json
        #expect(back["a"] == json["b"] && back["onlyA"] == json["onlyB"] && back["onlyB"] == json["onlyA"])
        #expect(back["both"] == json["both"] && back["differ"] == json["differ"])
        #expect(back["copied"][0]["a"] == json["copied"][0]["b"] && back["copied"][0]["b"] == json["copied"][0]["a"])
        // Each fact stands in one list.
        let facts = (json["onlyA"].elements + json["onlyB"].elements + json["both"].elements).map(\.["href"].text)
        #expect(Set(facts).count == facts.count)
        let reported = ["events", "people", "issues", "statements", "organizations", "places"].flatMap { type in
            ["envoy-lands", "notes-from-teal-island"].flatMap { article in
                api.ask("/v1/\(type)?article=\(article)&limit=100").json["data"].elements.map(\.["href"].text)
            }
        }
        #expect(Set(reported) == Set(facts))
        #expect(api.ask("/v1/compare?a=talks-in-karst&b=notes-from-teal-island").json["copied"] == [])
        #expect(api.ask("/v1/compare?a=article:talks-in-karst&b=envoy-lands").status == 200)
    }

    @Test(arguments: [
        ("", ["a", "b"], "'a' is missing; this path needs it."), ("a=envoy-lands", ["b"], "'b' is missing"),
        ("a=envoy-lands&b=envoy-lands", ["b"], "'b' must be another article than 'a'."),
        ("a=envoy-land&b=talks-in-karst", ["a"], "did you mean 'envoy-lands'?"),
        ("a=&b=talks-in-karst", ["a"], "'a' has no value"),
        ("a=envoy-lands&a=talks-in-karst&b=notes-from-teal-island", ["a"], "stands 2 times"),
        ("a=envoy-lands&b=talks-in-karst&limit=1", ["limit"], "no parameter 'limit'"),
    ])
    func refusesToCompare(query: String, parameters: [String], words: String) {
        let reply = api.ask("/v1/compare?\(query)")
        #expect(reply.status == 400 && reply.faults == parameters)
        #expect(reply.json["detail"].text.contains(words), "\(reply.json["detail"].text)")
    }

    // MARK: Coverage

    @Test func givesTheMatrix() throws {
        let reply = api.ask("/v1/coverage?limit=100")
        #expect(reply.json.names == ["articles", "facts", "page"])
        #expect(ids(reply.json["articles"]) == ["envoy-lands", "talks-in-karst", "notes-from-teal-island"])
        let rows = reply.json["facts"].elements
        #expect(reply.json["page"]["total"] == 46 && rows.count == 46)
        for row in rows {
            #expect(row.names == ["fact", "reportedBy"])
            let record = api.ask(row["fact"]["href"].text).json
            #expect(row["fact"]["name"] == record["name"])
            let reporting = row["reportedBy"].elements
            #expect(reporting.count == 3)
            // As many as the fact itself counts.
            #expect(record["coverage"]["articles"] == .integer(Int64(reporting.count { $0 == true })))
        }
    }

    @Test(arguments: ["/v1/coverage?limit=7", "/v1/coverage?type=event,statement&limit=4"])
    func leadsThroughTheMatrix(target: String) throws {
        var seen: [JSONValue] = []
        var next: String? = target
        while let current = next {
            let reply = api.ask(current)
            #expect(reply.json["facts"].elements.count <= 7)
            seen += reply.json["facts"].elements
            next = try #require(reply.field("Link")).wholeMatch(of: /<([^>]*)>; rel="next", .*/).map { String($0.1) }
        }
        let whole = target.replacing(/limit=\d+/, with: "limit=100")
        #expect(seen == api.ask(whole).json["facts"].elements)
    }

    @Test func keepsTypesOfTheMatrix() {
        let reply = api.ask("/v1/coverage?type=discrepancy&limit=100")
        #expect(reply.json["facts"].elements.map(\.["fact"]["type"].text) == Array(repeating: "discrepancy", count: 4))
        // A type named again is not counted again.
        #expect(api.ask("/v1/coverage?type=discrepancy,discrepancy").json["page"]["total"] == 4)
        #expect(api.ask("/v1/coverage?type=article").faults == ["type"])
        #expect(api.ask("/v1/coverage?type=events").json["detail"].text.contains("did you mean 'event'?"))
        let cursor = api.ask("/v1/coverage?limit=2").json["page"]["next"].text
        #expect(api.ask("/v1/coverage?type=event&cursor=\(cursor)").problem == "invalid-cursor")
    }

    // MARK: Graph

    @Test func drawsTheGraph() {
        let reply = api.ask("/v1/graph?focus=person:renee-ostrava&type=person&depth=1")
        #expect(reply.status == 200 && reply.isShareable)
        #expect(reply.json.names == ["nodes", "edges"])
        #expect(ids(reply.json["nodes"]) == ["renee-ostrava", "mira-talvane", "oskar-brandt"])
        for node in reply.json["nodes"].elements { #expect(node.names == ["id", "type", "name", "href", "weight"]) }
        for edge in reply.json["edges"].elements {
            #expect(edge.names == ["a", "b", "weight", "through"])
            #expect(edge["a"].names == ["id", "type", "name", "href"])
            // The two others are tied by all they share, not only by what the focus was at.
            let withFocus = [edge["a"]["id"].text, edge["b"]["id"].text].contains("renee-ostrava")
            let all = ["envoy-call", "envoy-visit", "karst-dinner", "karst-meeting"]
            #expect(ids(edge["through"]) == (withFocus ? ["karst-dinner"] : all))
        }
        // Two steps where nothing else is asked.
        #expect(api.ask("/v1/graph?focus=renee-ostrava").json == api.ask("/v1/graph?focus=renee-ostrava&depth=2").json)
        #expect(api.ask("/v1/graph?focus=renee-ostrava&depth=1").json["nodes"].elements.count == 3)
    }

    @Test(arguments: [
        ("", "focus", "'focus' is missing"), ("focus=nobody-at-all-here", "focus", "nothing of a like name is known."),
        ("focus=mira-talvan", "focus", "did you mean 'mira-talvane'?"),
        ("focus=person:mira-talvan", "focus", "did you mean 'person:mira-talvane'?"),
        (
            "focus=place:karst", "focus",
            "'focus' cannot be 'place:karst': its type has to be one of person, event, issue."
        ),
        ("focus=place:mira-talvane", "focus", "one of person, event, issue; did you mean 'person:mira-talvane'?"),
        ("focus=karst", "focus", "'focus' cannot be 'karst'"),
        ("focus=mira-talvane&depth=0", "depth", "from 1 to 4"), ("focus=mira-talvane&depth=5", "depth", "from 1 to 4"),
        ("focus=mira-talvane&type=place", "type", "use person, event, issue."),
    ])
    func refusesToDraw(query: String, parameter: String, words: String) {
        let reply = api.ask("/v1/graph?\(query)")
        #expect(reply.status == 400 && reply.faults == [parameter])
        #expect(reply.json["detail"].text.contains(words), "\(reply.json["detail"].text)")
    }

    @Test func asksWhichOfSeveralIsMeant() throws {
        let api = try TestAPI(
            EnvoyVisit.seeds(in: "people.json", replacing: #""id": "ilse-marn""#, with: #""id": "detentions""#))
        let reply = api.ask("/v1/graph?focus=detentions")
        #expect(reply.status == 400 && reply.faults == ["focus"])
        #expect(reply.json["detail"].text == "'focus' could be any of person:detentions, issue:detentions; say which.")
        #expect(api.ask("/v1/graph?focus=issue:detentions&depth=1").json["nodes"].elements.count == 3)
    }

    // MARK: Overlap

    @Test func relatesAnArticleToTheOthers() throws {
        let reply = api.ask("/v1/articles/notes-from-teal-island/overlap")
        #expect(reply.status == 200 && reply.isShareable)
        #expect(reply.json.names == ["data", "page"])
        let relations = reply.json["data"].elements
        #expect(relations.map(\.["article"]["id"].text) == ["envoy-lands", "talks-in-karst"])
        for relation in relations {
            #expect(relation.names == ["article", "copied", "sharedFacts", "group", "reason", "confidence"])
            #expect(relation["group"] == "wire-nine" && relation["confidence"] == .number(0.5))
        }
        #expect(relations[0]["copied"] == .number(0.171))
        let back = api.ask("/v1/articles/envoy-lands/overlap").json["data"][0]
        #expect(back["article"]["id"] == "notes-from-teal-island" && back["copied"] == .number(0.129))
        #expect(api.ask("/v1/articles/envoy-land/overlap").json["detail"].text.contains("did you mean 'envoy-lands'?"))
        let first = api.ask("/v1/articles/envoy-lands/overlap?limit=1").json
        #expect(first["data"].elements.count == 1 && first["page"]["total"] == 2)
        let rest = api.ask("/v1/articles/envoy-lands/overlap?limit=1&cursor=\(first["page"]["next"].text)").json
        let all = api.ask("/v1/articles/envoy-lands/overlap").json["data"].elements
        #expect(all == first["data"].elements + rest["data"].elements)
    }
}

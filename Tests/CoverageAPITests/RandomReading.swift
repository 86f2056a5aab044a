// SPDX-License-Identifier: Apache-2.0

import TestSupport

/// Requests drawn at random, many of them alike, the same for the same seed.
struct RandomReading {
    private struct Question {
        let target: String
        let fields: String
    }

    var random: SeededGenerator
    private var questions: [Question] = []
    private var tags = ["*", "\"0\""]

    init(_ random: SeededGenerator) {
        self.random = random
    }

    /// What a client sends next. Two of three questions were asked before.
    mutating func request() -> String {
        let isOld = !questions.isEmpty && random.happens(inHundred: 66)
        let question = isOld ? random.pick(questions) : newQuestion()
        let method = random.pick(["GET", "GET", "GET", "GET", "GET", "GET", "HEAD", "HEAD", "OPTIONS", "POST"])
        return "\(method) \(question.target) HTTP/1.1\r\nHost: test\r\n\(question.fields)\(conditions())\r\n"
    }

    /// Takes what later requests can be about: an entity tag, the next page.
    mutating func learn(from answer: TestResponse) {
        if let tag = answer["ETag"] { tags = tags.suffix(30) + [tag] }
        if let link = answer["Link"], link.contains("rel=\"next\""), let start = link.firstIndex(of: "<"),
            let end = link.firstIndex(of: ">")
        {
            keep(Question(target: String(link[link.index(after: start)..<end]), fields: ""))
        }
    }

    private mutating func newQuestion() -> Question {
        let question = Question(target: target(), fields: negotiation())
        keep(question)
        return question
    }

    private mutating func keep(_ question: Question) {
        questions = questions.suffix(40) + [question]
    }

    // MARK: The target

    private static let lists = [
        "events", "people", "officials", "issues", "organizations", "places", "articles", "statements", "discrepancies",
        "coverage", "timeline", "search", "suggest",
    ]
    private static let ids = [
        "events/karst-meeting", "events/karst-dinner", "events/envoy-call", "people/oskar-brandt",
        "officials/mira-talvane", "issues/tariffs", "issues/salt-tariff", "organizations/arvenia", "places/belmora",
        "articles/talks-in-karst", "articles/envoy-lands", "statements/freighter-quoted",
        "discrepancies/reach-of-arvenia", "events/nowhere",
    ]
    private static let others = [
        "/", "/v1", "/healthz", "/readyz", "/problems", "/problems/invalid-cursor", "/v1/vocabularies", "/v1/nothing",
        "/v1/compare?a=envoy-lands&b=talks-in-karst", "/v1/articles/envoy-lands/overlap",
        "/v1/graph?focus=renee-ostrava&depth=2", "/v1/graph?focus=karst-meeting", "/admin/check",
    ]
    private static let parameters = [
        "limit=2", "limit=1", "limit=0", "limit=x", "q=salt", "q=karst", "q=ta", "sort=-date", "sort=name",
        "fields=id", "fields=name,date", "facets=kind,status", "facets=type", "format=csv", "format=json",
        "format=ndjson", "format=ics", "format=geojson", "from=2031-04", "to=2031-04-12", "certain=true", "by=month",
        "kind=meeting", "place=belmora", "include=events,text", "asReportedBy=envoy-lands", "type=event,person",
        "cursor=x", "nonsense=1", "%zz",
    ]

    private mutating func target() -> String {
        if random.happens(inHundred: 15) { return random.pick(Self.others) }
        let path = random.happens(inHundred: 55) ? random.pick(Self.lists) : random.pick(Self.ids)
        let isEvidence = path.contains("/") && random.happens(inHundred: 40)
        let query = (0..<random.pick([0, 0, 1, 1, 1, 2, 3])).map { _ in random.pick(Self.parameters) }
        return "/v1/\(path)\(isEvidence ? "/evidence" : "")" + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }

    // MARK: The fields

    private mutating func negotiation() -> String {
        let accept = random.pick([
            "", "", "Accept: */*\r\n", "Accept: application/json\r\n", "Accept: text/csv\r\n",
            "Accept: text/csv;q=0.5, application/json\r\n", "Accept: text/html\r\n", "Accept: application/geo+json\r\n",
            "Accept: text/calendar\r\nAccept: text/csv\r\n",
        ])
        let coding = random.pick([
            "", "", "gzip", "gzip, br", "identity", "gzip;q=0", "identity;q=0", "*;q=0", "gzip;q=0.5, identity;q=0.9",
        ])
        return accept + (coding.isEmpty ? "" : "Accept-Encoding: \(coding)\r\n")
    }

    private mutating func conditions() -> String {
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<6: "If-None-Match: \(random.pick(tags)), \(random.pick(tags))\r\n"
        case 6: "If-None-Match: W/\(random.pick(tags))\r\nIf-None-Match: \(random.pick(tags))\r\n"
        case 7: "If-Match: \(random.pick(tags))\r\n"
        case 8: "Authorization: Bearer x\r\n"
        case 9: "Range: bytes=0-1\r\n"
        case 10: "Origin: https://a.example\r\nCookie: a=b\r\n"
        default: ""
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@Suite struct MethodTests {
    static let paths = [
        "/v1", "/v1/events", "/v1/events/karst-meeting", "/v1/events/karst-meeting/evidence", "/v1/officials",
        "/v1/articles/envoy-lands", "/v1/vocabularies", "/problems", "/problems/not-found", "/healthz", "/readyz",
        "/v1/statements", "/v1/discrepancies/reach-of-arvenia/evidence", "/v1/articles/envoy-lands/overlap",
        "/v1/search?q=salt", "/v1/suggest?q=salt", "/v1/compare?a=envoy-lands&b=talks-in-karst", "/v1/coverage",
        "/v1/timeline", "/v1/graph?focus=oskar-brandt", "/v1/events?format=csv", "/v1/events?format=ics",
    ]

    /// What can be changed allows more.
    private static let collections = ["/v1/events", "/v1/statements", "/v1/articles"]
    private static let records = ["/v1/events/karst-meeting", "/v1/articles/envoy-lands"]

    private static func allowed(at target: String) -> String {
        let path = String(target.prefix { $0 != "?" })
        if collections.contains(path) { return "GET, HEAD, POST, OPTIONS" }
        return records.contains(path) ? "GET, HEAD, PUT, PATCH, DELETE, OPTIONS" : "GET, HEAD, OPTIONS"
    }

    private let api: TestAPI

    init() throws {
        api = try TestAPI()
    }

    @Test(arguments: paths)
    func answersHEADAsGET(path: String) {
        let get = api.ask(path)
        let head = api.ask(path, .head)
        #expect(get.status == 200)
        #expect(head.status == get.status)
        #expect(head.fields == get.fields)
        // The server leaves the content out, and counts it.
        #expect(head.body == get.body)
    }

    @Test(arguments: paths)
    func refusesOtherMethods(path: String) {
        let methods = [HTTPRequest.Method.post, .put, .patch, .delete, .trace, HTTPRequest.Method("BREW") ?? .get]
        let allowed = Self.allowed(at: path)
        for method in methods where !allowed.contains(method.rawValue) {
            let reply = api.ask(path, method)
            #expect(reply.status == 405)
            #expect(reply.problem == "method-not-allowed")
            #expect(reply.field("Allow") == allowed)
        }
    }

    @Test(arguments: paths)
    func answersOPTIONS(path: String) {
        let reply = api.ask(path, .options)
        #expect(reply.status == 204 && reply.body.isEmpty)
        #expect(reply.field("Allow") == Self.allowed(at: path))
        let patches = Self.allowed(at: path).contains("PATCH")
        #expect(reply.field("Accept-Patch") == (patches ? "application/merge-patch+json" : nil))
        #expect(reply.field("Access-Control-Allow-Origin") == "*")
        #expect(reply.field("Access-Control-Allow-Methods") == nil)
    }

    @Test func answersOPTIONSForTheServer() {
        let reply = api.ask("*", .options)
        #expect(reply.status == 204)
        #expect(reply.field("Allow") == "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
    }

    @Test(arguments: paths)
    func answersAPreflight(path: String) throws {
        let reply = api.ask(
            path, .options,
            fields: [
                .origin: "https://reader.example", try #require(HTTPField.Name("Access-Control-Request-Method")): "GET",
            ])
        #expect(reply.status == 204)
        #expect(reply.field("Access-Control-Allow-Origin") == "*")
        #expect(reply.field("Access-Control-Allow-Methods") == "GET, HEAD, OPTIONS")
        #expect(reply.field("Access-Control-Max-Age") == "86400")
        #expect(
            reply.field("Access-Control-Allow-Headers")
                == "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Last-Event-ID, Prefer")
    }

    @Test(arguments: ["/v1/events", "/v1/nothing", "/v1/events?limit=0"])
    func letsAnyPageRead(target: String) {
        let reply = api.ask(target, fields: [.origin: "https://reader.example"])
        #expect(reply.field("Access-Control-Allow-Origin") == "*")
        #expect(reply.field("Access-Control-Expose-Headers") == "ETag, Link, Location, Retry-After, X-Request-Id")
        #expect(reply.field("Access-Control-Allow-Credentials") == nil)
        #expect(reply.field("Access-Control-Max-Age") == nil)
    }

    @Test func answersOPTIONSForNothing() {
        #expect(api.ask("/v1/nothing", .options).status == 404)
    }
}

// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSON
import Testing

@Suite struct WriteOriginTests {
    private static let listed = "https://desk.example"
    private static let methods = ["POST", "PUT", "PATCH", "DELETE"]
    private let desk: EditorDesk

    init() throws {
        desk = try EditorDesk(
            TestAPI(requiresTokenForReading: true, writeOrigins: [Self.listed, "http://localhost:3000"]))
    }

    private func preflight(_ target: String, _ method: String, from origin: String) throws -> TestReply {
        let name = try #require(HTTPField.Name("Access-Control-Request-Method"))
        return desk.api.ask(target, .options, fields: [.origin: origin, name: method])
    }

    @Test(arguments: methods)
    func listedPagesMayWrite(method: String) throws {
        let target = method == "POST" ? "/v1/people" : "/v1/people/ilse-marn"
        let reply = try preflight(target, method, from: Self.listed)
        #expect(reply.status == 204 && reply.field("Access-Control-Allow-Origin") == "*")
        #expect(reply.field("Access-Control-Allow-Methods")?.split(separator: ", ").contains(method[...]) == true)
        #expect(reply.field("Access-Control-Allow-Headers")?.contains("If-Match") == true)
        #expect(reply.field("Vary")?.contains("Origin") == true)
    }

    @Test(arguments: methods, ["https://else.example", "null", "https://desk.example:8443", "http://desk.example"])
    func otherPagesMayNot(method: String, origin: String) throws {
        let target = method == "POST" ? "/v1/people" : "/v1/people/ilse-marn"
        let reply = try preflight(target, method, from: origin)
        #expect(reply.status == 204)
        for name in ["Origin", "Methods", "Headers"] { #expect(reply.field("Access-Control-Allow-\(name)") == nil) }
    }

    @Test func allPagesMayRead() throws {
        for origin in [Self.listed, "https://else.example"] {
            let reply = try preflight("/v1/people/ilse-marn", "GET", from: origin)
            #expect(reply.field("Access-Control-Allow-Origin") == "*")
            #expect(
                reply.field("Access-Control-Allow-Methods")
                    == (origin == Self.listed ? "GET, HEAD, PUT, PATCH, DELETE, OPTIONS" : "GET, HEAD, OPTIONS"))
        }
    }

    /// As the form of the reference does. No page can claim it: browsers set the field themselves.
    @Test(arguments: [("same-origin", 201), ("same-site", 403), ("cross-site", 403), ("none", 403)])
    func pagesOfThisServerMayWrite(site: String, status: Int) throws {
        let name = try #require(HTTPField.Name("Sec-Fetch-Site"))
        let reply = desk.post("/v1/people", Draft.person, fields: [.origin: "https://here.example", name: site])
        #expect(reply.status == status)
    }

    /// A browser sends a simple POST without asking beforehand.
    @Test func whatComesFromOtherPagesIsRefused() {
        let from = { (origin: String) in desk.post("/v1/people", Draft.person, fields: [.origin: origin]) }
        let refused = from("https://else.example")
        #expect(refused.status == 403 && refused.problem == "origin-not-allowed")
        #expect(refused.json["errors"][0]["header"] == "Origin")
        #expect(refused.json["detail"].text.contains("--write-origins"))
        let made = from(Self.listed)
        #expect(made.status == 201 && made.field("Access-Control-Allow-Origin") == "*")
        #expect(made.field("Access-Control-Expose-Headers") == "ETag, Link, Location, Retry-After, X-Request-Id")
        #expect(desk.post("/v1/people", Draft.person).status == 201)
    }
}

// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import HTTP
import HTTPTypes
import JSON
import TestSupport
import Testing

@testable import CoverageAPI

/// A server that asks for a token of everybody who reads.
@Suite struct ReadingWithTokensTests {
    private let api: TestAPI
    private let token: String

    init() throws {
        api = try TestAPI(requiresTokenForReading: true)
        token = try api.coverage.database.createToken(NewToken(name: "r", scope: .read, expires: nil), request: nil)
            .text
            .text
    }

    static let closed = [
        "/v1", "/v1/events", "/v1/events/karst-meeting", "/v1/search?q=x", "/v1/events?format=csv",
        "/v1/events?format=ndjson", "/v1/vocabularies", "/v1/nothing", "/nothing", "/", "/openapi.json", "/docs",
        "/metrics",
        "/problemsome", "/healthz/", "/%68ealthz", "/v1/events?limit=none",
    ]

    @Test(arguments: closed) func nobodyReadsWithoutOne(target: String) {
        for method in [HTTPRequest.Method.get, .head] {
            let reply = api.ask(target, method)
            #expect(reply.status == 401 && reply.problem == "unauthorized")
            #expect(reply.field("WWW-Authenticate") == #"Bearer realm="readout""#)
            #expect(!reply.isShareable)
            #expect(reply.json["detail"].text.contains("scope 'read'"))
        }
    }

    @Test(arguments: closed) func withOneItIsAsWithoutTheRule(target: String) {
        let reply = api.ask(target, fields: [.authorization: "Bearer \(token)"])
        let open = api.ask(target, origin: .local)
        #expect(reply.status == open.status && reply.status != 401)
        #expect(reply.field("ETag") == open.field("ETag"))
        #expect(!reply.isShareable)
        #expect(reply.field("Access-Control-Allow-Origin") == "*")
        let isMomentary = reply.field("Cache-Control") == "no-store"
        #expect(isMomentary || reply.field("Cache-Control") == "private, no-cache")
        #expect(isMomentary == (open.field("Cache-Control") == "no-store"))
    }

    @Test(arguments: ["/healthz", "/readyz", "/problems", "/problems/unauthorized"])
    func whatTellsOfTheServerStaysOpen(target: String) {
        #expect(api.ask(target).status == 200)
        // Even to those whose token is over: the page of the problem is for them.
        #expect(api.ask(target, fields: [.authorization: "Bearer x"]).status == 200)
        #expect(!api.ask(target, fields: [.authorization: "Bearer x"]).isShareable)
    }

    @Test func preflightsStayOpen() throws {
        let preflight: HTTPFields = [
            .origin: "https://news.example", try #require(HTTPField.Name("Access-Control-Request-Method")): "GET",
        ]
        let reply = api.ask("/v1/events", .options, fields: preflight)
        #expect(reply.status == 204)
        #expect(reply.field("Access-Control-Allow-Headers")?.contains("Authorization") == true)
        // A page can read the refusal too.
        #expect(api.ask("/v1/events").field("Access-Control-Allow-Origin") == "*")
    }

    @Test func theOperatorNeedsNone() {
        #expect(api.ask("/v1/events", origin: .local).status == 200)
    }
}

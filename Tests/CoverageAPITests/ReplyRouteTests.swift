// SPDX-License-Identifier: Apache-2.0

import CoverageAPI
import CoverageStore
import HTTP
import HTTPTypes
import TestSupport
import Testing

/// What answers are counted and logged under, whatever they are.
@Suite struct ReplyRouteTests {
    private let coverage: TestCoverage
    private let handler: CoverageHandler

    init() throws {
        coverage = try TestCoverage(EnvoyVisit.seeds(), changesKept: 0)
        let links = Links(publicURL: nil)
        let settings = APISettings(version: "0", links: links, excerpts: .none)
        let files = ["index.html": "<p>home", "docs.html": "<p>docs", "style.css": "p {}"].mapValues { Array($0.utf8) }
        handler = try CoverageHandler(
            coverage.database, settings: settings,
            routers: Routers(settings, metrics: { _ in }, publishesMetrics: false), pages: Pages(files, links: links),
            authenticator: Authenticator(), report: { _ in })
    }

    @Test(
        arguments: [
            (.get, "/v1/events/prague-talks", "/v1/events/{id}"), (.head, "/v1/events", "/v1/events"),
            (.options, "/v1/events", "/v1/events"), (.patch, "/v1/events", "/v1/events"),
            (.get, "/v1/events/nothing-of-that-name", "/v1/events/{id}"), (.get, "/v1/events/%FF", nil),
            (.post, "/v1/events", "/v1/events"), (.get, "/v1/weather", nil), (.get, "/nothing", nil),
            (.get, "/healthz", "/healthz"), (.get, "/", "/"), (.get, "/docs", "/docs"), (.delete, "/docs", "/docs"),
            (.get, "/pages/style.css", "/pages/style.css"), (.get, "/metrics", "/metrics"),
            (.post, "/admin/check", "/admin/check"), (.options, "*", nil),
        ] as [(HTTPRequest.Method, String, String?)])
    func isThatOfThePath(_ method: HTTPRequest.Method, _ path: String, _ route: String?) {
        #expect(reply(method, path).route == route)
        #expect(handler.route(of: path) == route)
    }

    @Test func isToldOfWhatIsRefused() {
        func refusal(_ reply: Reply) -> String {
            guard case .now(let response) = reply.answer else { return "not at once" }
            return "\(response.status.code) \(reply.route ?? "-")"
        }
        #expect(refusal(reply(.get, "/v1/events", query: "colour=red")) == "400 /v1/events")
        #expect(
            refusal(reply(.post, "/v1/events", fields: [.origin: "https://elsewhere.example"])) == "403 /v1/events")
        #expect(refusal(reply(.get, "/v1/events", fields: [.authorization: "Bearer nobody"])) == "401 /v1/events")
        #expect(refusal(reply(.get, "/v1/events/nothing")) == "404 /v1/events/{id}")
        #expect(refusal(reply(.delete, "/v1/events")) == "405 /v1/events")
        #expect(refusal(reply(.get, "/admin/check", origin: .local)) == "405 /admin/check")
        #expect(refusal(reply(.get, "/metrics")) == "404 /metrics")
    }

    private func reply(
        _ method: HTTPRequest.Method, _ path: String, query: String? = nil, fields: HTTPFields = [:],
        origin: Request.Origin = .network
    ) -> Reply {
        defer { handler.batchEnded() }
        return handler.respond(
            to: Request(method: method, path: path, query: query, headerFields: fields, origin: origin))
    }
}

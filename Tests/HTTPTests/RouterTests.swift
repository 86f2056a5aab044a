// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import HTTP

@Suite struct RouterTests {
    /// Answers with the name of the route and what its parameters were.
    private static func route(
        _ method: HTTPRequest.Method, _ pattern: String, _ names: String...
    ) throws(RouterError) -> Route<String> {
        try Route(method, pattern) { request, parameters, context in
            let values = names.map { "\($0)=\(parameters[$0])" }
            let text = ([context, request.method.rawValue, pattern] + values).joined(separator: " ")
            return .now(Response(status: .ok, body: Array(text.utf8)))
        }
    }

    private func router() throws -> Router<String> {
        try Router([
            Self.route(.get, "/"),
            Self.route(.get, "/v1/events"),
            Self.route(.post, "/v1/events"),
            Self.route(.get, "/v1/events/{id}", "id"),
            Self.route(.put, "/v1/events/{slug}", "slug"),
            Self.route(.get, "/v1/events/latest"),
            Self.route(.get, "/v1/articles/{id}/mentions", "id"),
            Self.route(.get, "/v1/{type}/{id}/evidence", "type", "id"),
            Self.route(.get, "/v1/{type}/{id}/revisions/{n}", "type", "id", "n"),
            Self.route(.options, "/v1/people"),
        ])
    }

    private func answer(_ method: HTTPRequest.Method, _ path: String) throws -> Response {
        guard case .now(let response) = try router().respond(to: Request(method: method, path: path), in: "ctx") else {
            throw RouterError.malformedPattern(path)
        }
        return response
    }

    private func problem(_ method: HTTPRequest.Method, _ path: String) throws -> Problem {
        try #require(#expect(throws: Problem.self) { try answer(method, path) })
    }

    @Test(arguments: [
        (HTTPRequest.Method.get, "/", "ctx GET /"),
        (.get, "/v1/events", "ctx GET /v1/events"),
        (.post, "/v1/events", "ctx POST /v1/events"),
        (.get, "/v1/events/latest", "ctx GET /v1/events/latest"),
        (.get, "/v1/events/late", "ctx GET /v1/events/{id} id=late"),
        (.put, "/v1/events/latest", "ctx PUT /v1/events/{slug} slug=latest"),
        (.get, "/v1/events/a%2Fb%20c%C3%A9", "ctx GET /v1/events/{id} id=a/b cé"),
        (.get, "/v1/%65vents", "ctx GET /v1/events"),
        (.head, "/v1/%65vents", "ctx HEAD /v1/events"),
        (.get, "/v1/events/é\u{301}x", "ctx GET /v1/events/{id} id=é\u{301}x"),
        (.get, "/v1/events/\u{301}x", "ctx GET /v1/events/{id} id=\u{301}x"),
        (.get, "/v1/events/%CC%81x", "ctx GET /v1/events/{id} id=\u{301}x"),
        (.get, "/v1/%CC%81/b%2f/revisions/%33", "ctx GET /v1/{type}/{id}/revisions/{n} type=\u{301} id=b/ n=3"),
        (.get, "/v1/articles/x/mentions", "ctx GET /v1/articles/{id}/mentions id=x"),
        (.get, "/v1/articles/x/evidence", "ctx GET /v1/{type}/{id}/evidence type=articles id=x"),
        (.get, "/v1/people/p/revisions/3", "ctx GET /v1/{type}/{id}/revisions/{n} type=people id=p n=3"),
        (.head, "/v1/events", "ctx HEAD /v1/events"),
        (.options, "/v1/people", "ctx OPTIONS /v1/people"),
    ])
    func findsTheRoute(_ method: HTTPRequest.Method, _ path: String, _ text: String) throws {
        #expect(try String(decoding: answer(method, path).body, as: UTF8.self) == text)
    }

    @Test(arguments: [
        ("/", "GET, HEAD, OPTIONS"), ("/v1/events", "GET, HEAD, POST, OPTIONS"),
        ("/v1/events/latest", "GET, HEAD, PUT, OPTIONS"), ("/v1/events/x", "GET, HEAD, PUT, OPTIONS"),
    ])
    func optionsAndOtherMethodsTellWhatIsAllowed(_ path: String, _ allowed: String) throws {
        let options = try answer(.options, path)
        #expect(options.status == .noContent && options.headerFields[.allow] == allowed && options.body.isEmpty)
        let refusal = try problem(.delete, path)
        #expect(refusal.type == .methodNotAllowed && refusal.headerFields[.allow] == allowed)
        #expect(try router().allowedMethods(for: path) == allowed)
    }

    /// The route's own pattern, or where the method has none that of another.
    @Test(
        arguments: [
            (HTTPRequest.Method.get, "/v1/events/x", "/v1/events/{id}"), (.put, "/v1/events/x", "/v1/events/{slug}"),
            (.put, "/v1/events/latest", "/v1/events/{slug}"), (.get, "/v1/events/latest", "/v1/events/latest"),
            (.delete, "/v1/events/latest", "/v1/events/latest"), (.options, "/v1/events", "/v1/events"),
            (.head, "/v1/%65vents", "/v1/events"), (.get, "/v1/weather", nil), (.get, "/v1/events/%FF", nil),
        ] as [(HTTPRequest.Method, String, String?)])
    func tellsThePatternWhateverBecomesOfTheRequest(_ method: HTTPRequest.Method, _ path: String, _ pattern: String?)
        throws
    {
        #expect(try router().find(Request(method: method, path: path)).pattern?.description == pattern)
    }

    @Test func optionsForTheServerTellsAllMethods() throws {
        #expect(try answer(.options, "*").headerFields[.allow] == "GET, HEAD, POST, PUT, OPTIONS")
    }

    @Test(
        arguments: [
            ("/v1/event", "/v1/events"), ("/v1/evnets", "/v1/events"), ("/v1/events/", "/v1/events"),
            ("/v1/events/x/", "/v1/events/x"), ("/v1/events//", "/v1/events"), ("/events", "/v1/events"),
            ("/v1/articles/x/mention", "/v1/articles/x/mentions"), ("/v1/people/x/evidenc", "/v1/people/x/evidence"),
            ("/V1/events", "/v1/events"), ("/v1/weather", nil), ("/zz", nil), ("/v1", nil), ("/favicon.ico", nil),
            ("/v1//events", "/v1/events"), ("//", "/"), ("/v1/events/x/y", "/v1/events/x"),
        ] as [(String, String?)])
    func aMissNamesTheNearestPath(_ path: String, _ nearest: String?) throws {
        let refusal = try problem(.get, path)
        #expect(refusal.type == .notFound)
        #expect(try router().nearestPath(to: path) == nearest)
        #expect(refusal.detail.contains(path))
        if let nearest { #expect(refusal.detail.contains("\"\(nearest)\"")) }
    }

    @Test func theWordingOfAMissIsTheApplications() throws {
        let router = try Router<String>([Self.route(.get, "/a")]) { path, nearest in
            Problem(.tooBusy, "\(path) \(nearest ?? "-")")
        }
        let error = #expect(throws: Problem.self) { try router.respond(to: Request(path: "/a/"), in: "") }
        #expect(error?.type == .tooBusy && error?.detail == "/a/ /a")
    }

    @Test(arguments: ["/v1/events/%", "/v1/events/%FF", "/v1/events/a%00"])
    func aPathThatDoesNotDecodeIsMalformed(_ path: String) throws {
        #expect(try problem(.get, path).type == .malformedRequest)
    }

    @Test func aParameterIsNeverEmpty() throws {
        #expect(try problem(.get, "/v1/events/").type == .notFound)
        #expect(try problem(.get, "/v1//x/evidence").type == .notFound)
    }

    @Test func longPathsAreShownInPart() throws {
        let path = "/" + String(repeating: "x/", count: 4000)
        #expect(try problem(.get, path).detail.count < 300)
    }

    /// What looks the same is not: a path is its bytes.
    @Test func routesAreToldApartByBytes() throws {
        let (composed, decomposed) = ("/caf\u{E9}", "/cafe\u{301}")
        let router = try Router<String>([Self.route(.get, composed), Self.route(.get, decomposed)])
        #expect(router.patterns.count == 2)
        for path in [composed, decomposed] {
            let found = try #require(router.find(Request(path: path)).pattern)
            #expect(found.description.utf8.elementsEqual(path.utf8))
        }
    }

    @Test func routesThatClashAreFoundWhenItIsBuilt() throws {
        #expect(throws: RouterError.clash(method: "GET", first: "/a/{b}", second: "/a/{c}")) {
            try Router([Self.route(.get, "/a/{b}"), Self.route(.put, "/a/{b}"), Self.route(.get, "/a/{c}")])
        }
    }

    @Test(arguments: ["", "a", "/a/", "//", "/{}", "/{a", "/a}", "/x{a}", "/{a}x", "/{a}/{a}", "/{{a}}"])
    func patternsAreChecked(_ pattern: String) {
        #expect(throws: RouterError.malformedPattern(pattern)) { try PathPattern(pattern) }
    }

    @Test func listsItsPatternsOnce() throws {
        #expect(
            try router().patterns.map(\.description).prefix(4)
                == ["/", "/v1/events", "/v1/events/{id}", "/v1/events/{slug}"])
    }
}

// SPDX-License-Identifier: Apache-2.0

import CoverageAPI
import CoverageStore
import HTTP
import HTTPTypes
import JSON
import TestSupport
import Testing

/// The pages for people, as the application serves them.
@Suite struct PagesTests {
    private static let files = [
        "index.html": "<!doctype html><title>home</title>", "docs.html": "<!doctype html><title>docs</title>",
        "missing.html": #"<!doctype html><a href="{home}">home</a><link href="{home}pages/style.css">"#,
        "style.css": "p { margin: 0 }", "view.js": "export {};", "lib/force.js": "export {};", "icon.svg": "<svg/>",
        "lib/guide.md": "# Guide", "notes.txt": "not for readers",
    ].mapValues { Array($0.utf8) }

    private let coverage: TestCoverage
    private let handler: CoverageHandler

    init() throws { try self.init(publicURL: nil) }

    private init(publicURL: String?, requiresToken: Bool = false, files: [String: [UInt8]] = PagesTests.files) throws {
        coverage = try TestCoverage(EnvoyVisit.seeds(), changesKept: 0)
        let links = Links(publicURL: publicURL)
        let settings = APISettings(
            version: "0", links: links, excerpts: .none, requiresTokenForReading: requiresToken)
        handler = try CoverageHandler(
            coverage.database, settings: settings, routers: Routers(settings), pages: Pages(files, links: links),
            authenticator: Authenticator(), report: { _ in })
    }

    private func ask(_ path: String, _ method: HTTPRequest.Method = .get, accept: String? = nil) -> Response {
        var fields: HTTPFields = [:]
        fields[.accept] = accept
        let request = Request(
            method: method, path: path, query: nil, headerFields: fields, body: [],
            id: RequestID(randomHigh: 0, randomLow: 0), origin: .network, client: nil)
        defer { handler.batchEnded() }
        guard case .now(let response) = handler.respond(to: request).answer else {
            return Response(status: .internalServerError)
        }
        return response
    }

    private static let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

    /// A relative link, which holds behind a path prefix.
    @Test(arguments: [("/docs/", "../docs"), ("/pages/lib/force.js/", "../force.js"), ("//", "../")])
    func aSlashTooManyLeadsToThePage(path: String, location: String) {
        let answer = ask(path)
        #expect(answer.status == .permanentRedirect && answer.headerFields[.location] == location)
        #expect(ask("/nothing/").status == .notFound)
    }

    @Test(arguments: [
        ("/", "text/html; charset=utf-8"), ("/docs", "text/html; charset=utf-8"),
        ("/pages/style.css", "text/css; charset=utf-8"), ("/pages/view.js", "text/javascript; charset=utf-8"),
        ("/pages/lib/force.js", "text/javascript; charset=utf-8"), ("/pages/icon.svg", "image/svg+xml"),
        ("/pages/lib/guide.md", "text/markdown; charset=utf-8"),
    ])
    func eachFileHasItsPathAndType(path: String, type: String) throws {
        let page = ask(path)
        #expect(page.status == .ok)
        #expect(page.headerFields[.contentType] == type)
        #expect(page.isShareable)
        #expect(page.headerFields[.cacheControl] == "no-cache")
        #expect(try #require(page.headerFields[.eTag]).hasPrefix("\""))
        #expect(ask(path, .head).status == .ok)
    }

    @Test func otherFilesAndTheirNamesAreNoPages() {
        for path in [
            "/pages/notes.txt", "/pages/missing.html", "/pages/index.html", "/index.html", "/pages", "/pages/",
        ] {
            #expect(ask(path).status == .notFound, "\(path)")
        }
    }

    @Test func contentsHaveTagsOfTheirOwn() {
        let tags = ["/", "/docs", "/pages/style.css", "/pages/icon.svg"].map { ask($0).headerFields[.eTag] }
        #expect(Set(tags).count == 4)
        #expect(ask("/").headerFields[.eTag] == tags[0])
    }

    /// Nothing may come from elsewhere or stand in the page itself.
    @Test func browsersAreHeldToWhatTheServerGives() throws {
        for path in ["/", "/docs", "/pages/view.js"] {
            let fields = ask(path).headerFields
            let policy = try #require(HTTPField.Name("Content-Security-Policy").flatMap { fields[$0] })
            #expect(policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"))
            #expect(!policy.contains("unsafe") && !policy.contains("http") && policy.contains("frame-ancestors 'none'"))
            #expect(fields[.xContentTypeOptions] == "nosniff")
            #expect(HTTPField.Name("Referrer-Policy").flatMap { fields[$0] } == "no-referrer")
        }
    }

    @Test func readingIsAllThatPagesAllow() throws {
        let refused = ask("/", .post)
        #expect(refused.status == .methodNotAllowed)
        #expect(refused.headerFields[.allow] == "GET, HEAD, OPTIONS")
        #expect(ask("/docs", .options).headerFields[.allow] == "GET, HEAD, OPTIONS")
    }

    @Test func aProgramIsLedToTheWayIn() {
        let led = ask("/", accept: "application/json")
        #expect(led.status == .seeOther && led.headerFields[.location] == "v1")
        for accept in [nil, "*/*", Self.browser] { #expect(ask("/", accept: accept).status == .ok) }
    }

    @Test func aLinkThatLeadsNowhereIsAPageToPeopleAndAProblemToPrograms() throws {
        let page = ask("/no/such/page", accept: Self.browser)
        #expect(page.status == .notFound)
        #expect(page.headerFields[.contentType] == "text/html; charset=utf-8")
        #expect(page.headerFields[.cacheControl] == "no-store" && !page.isShareable)
        #expect(String(decoding: page.body, as: UTF8.self).contains(#"href="/pages/style.css""#))
        for accept in [nil, "*/*", "application/json"] {
            let problem = ask("/no/such/page", accept: accept)
            #expect(problem.status == .notFound)
            #expect(problem.headerFields[.contentType] == "application/problem+json")
        }
        // In the API a problem says what is wrong with the path.
        #expect(ask("/v1/nothing", accept: Self.browser).headerFields[.contentType] == "application/problem+json")
    }

    @Test func thePrefixStandsInThePageThatIsShownAtAnyDepth() throws {
        let behind = try PagesTests(publicURL: "https://data.example/readout")
        let page = String(decoding: behind.ask("/no/such/page", accept: Self.browser).body, as: UTF8.self)
        #expect(page.contains(#"href="https://data.example/readout/pages/style.css""#))
        #expect(page.contains(#"href="https://data.example/readout/""#))
    }

    /// They show nothing without a token, and are where one is given.
    @Test func pagesStayOpenWhereReadingTakesAToken() throws {
        let locked = try PagesTests(publicURL: nil, requiresToken: true)
        #expect(locked.ask("/").status == .ok && locked.ask("/pages/style.css").status == .ok)
        #expect(locked.ask("/v1/events").status == .unauthorized)
        #expect(locked.ask("/no/such/page", accept: Self.browser).status == .unauthorized)
    }

    @Test func withoutPagesThereIsTheAPI() throws {
        let bare = try PagesTests(publicURL: nil, files: [:])
        #expect(bare.ask("/", accept: Self.browser).status == .notFound)
        #expect(bare.ask("/", accept: Self.browser).headerFields[.contentType] == "application/problem+json")
        #expect(bare.ask("/v1").status == .ok)
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import HTTPTypes

/// The pages for people: files as they are, answered from memory. They read the API like any other client, so they tell
/// nothing that it does not, and stay open where it asks for a token.
///
/// `index.html` is at `/`, `docs.html` at `/docs`, and what these two need under `/pages/`. They refer to each other by relative
/// links alone, and so work behind any path prefix.
package struct Pages: Sendable {
    /// What is answered in place of a problem document where somebody follows a link that leads nowhere.
    static let missingPage = "missing.html"

    /// Nil when there are no pages.
    private let router: Router<Void>?
    private let missing: Response?

    /// No pages: the API alone.
    package static let none = Pages()

    private init() {
        router = nil
        missing = nil
    }

    /// - Parameters:
    ///   - files: contents by path in the folder; what has no known extension is no page.
    ///   - links: where the server is. Only the page for what is not there needs it, which may be shown at any depth.
    /// - Throws: `RouterError` for a file whose name can stand in no path.
    package init(_ files: [String: [UInt8]], links: Links) throws {
        var routes: [Route<Void>] = []
        for (name, content) in files.sorted(by: { $0.key < $1.key }) where name != Self.missingPage {
            guard let type = Self.mediaType(of: name) else { continue }
            let page = Response.page(content, as: type)
            switch name {
            case "index.html": routes.append(try Self.home(page))
            case "docs.html": routes.append(try Route(.get, "/docs") { _, _, _ in .now(page) })
            default: routes.append(try Route(.get, "/pages/\(name)") { _, _, _ in .now(page) })
            }
        }
        router = try Router(routes)
        missing = files[Self.missingPage].map { content in
            let text = String(decoding: content, as: UTF8.self).replacing("{home}", with: links.link("/"))
            return .missingPage(Array(text.utf8))
        }
    }

    /// A program that asks for JSON is led to where that begins.
    private static func home(_ page: Response) throws -> Route<Void> {
        try Route(.get, "/") { request, _, _ in
            let wanted = MediaType.bestMatch(accept: request.headerFields[.accept], among: [.html, .json])
            return .now(wanted == .json ? .wayIn : page)
        }
    }

    /// The pattern that answers for a path; nil where no page is.
    func route(of path: String) -> PathPattern? { router?.pattern(for: path) }

    /// - Returns: nil where no page is.
    /// - Throws: `Problem` (405) for another method than reading.
    func answer(to request: Request) throws -> Answer? {
        // Most requests are for the API, where no page is.
        guard let router, !request.pathBegins(with: "/v1") else { return nil }
        let finding = router.find(request)
        if finding.pattern != nil { return try router.respond(to: request, by: finding, in: ()) }
        return Self.withoutSlash(request.path).flatMap { router.pattern(for: $0) == nil ? nil : .now(.toPage(at: $0)) }
    }

    /// A path with a slash too many at its end is that of a page for people, who add one by habit.
    private static func withoutSlash(_ path: String) -> String? {
        path.count > 1 && path.last == "/" ? String(path.dropLast()) : nil
    }

    /// What somebody sees who came by a link that leads nowhere; nil for a program, and in the API, where a problem says it
    /// better.
    func missingPage(for request: Request) -> Response? {
        guard !request.pathBegins(with: "/v1"), request.method == .get || request.method == .head,
            MediaType.bestMatch(accept: request.headerFields[.accept], among: [.problem, .html]) == .html
        else { return nil }
        return missing
    }

    /// Nil for what is no part of a page.
    private static func mediaType(of name: String) -> String? {
        switch name.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "md": "text/markdown; charset=utf-8"
        case "svg": "image/svg+xml"
        default: nil
        }
    }
}

extension MediaType {
    fileprivate static let html = MediaType("text", "html")
    fileprivate static let json = MediaType("application", "json")
    fileprivate static let problem = MediaType("application", "problem+json")
}

// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import HTTPTypes

/// Reading from any web page is allowed, writing from those of chosen origins (the Fetch standard's CORS protocol).
enum CORS {
    /// Fields of every answer that pages of other origins may see, beside those that any may see anyway.
    private static let exposed = "ETag, Link, Location, Retry-After, X-Request-Id"
    private static let allowedFields = """
        Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Last-Event-ID, Prefer
        """
    private static let allowOrigin = HTTPField.Name.named("Access-Control-Allow-Origin")
    private static let exposeHeaders = HTTPField.Name.named("Access-Control-Expose-Headers")
    private static let allowMethods = HTTPField.Name.named("Access-Control-Allow-Methods")
    private static let allowHeaders = HTTPField.Name.named("Access-Control-Allow-Headers")
    private static let fetchSite = HTTPField.Name.named("Sec-Fetch-Site")
    private static let requestMethod = HTTPField.Name.named("Access-Control-Request-Method")
    /// The methods that change nothing.
    private static let reading = ["GET", "HEAD", "OPTIONS"]

    /// Browsers send a simple POST of any page without asking first; the answer must not be the first to say no.
    /// - Throws: 403 for a page that may not write and tries to.
    static func admit(_ request: Request, writers: Set<String>) throws {
        guard request.origin == .network, !reading.contains(request.method.rawValue),
            let origin = request.headerFields[.origin], !writers.contains(origin), !isOwnPage(request)
        else { return }
        let detail = """
            Pages of the origin '\(origin)' may read here, not write: the operator's '--write-origins' does not name it.
            """
        throw Problem(.originNotAllowed, detail, faults: [.init(.header("Origin"), detail)])
    }

    /// Whether the page comes from this very server, by the word of a browser: no page can set this field (Fetch Metadata).
    private static func isOwnPage(_ request: Request) -> Bool { request.headerFields[fetchSite] == "same-origin" }

    static let marks = [
        HTTPField(name: allowOrigin, value: "*"), HTTPField(name: exposeHeaders, value: exposed),
    ]

    /// Marks an answer as readable by any page. Answers with standing fields have the marks among them.
    static func mark(_ response: inout Response) {
        assert(response.standing?.fields.contains(allowOrigin) != false, "standing fields without the marks")
        if response.standing != nil || response.headerFields.contains(allowOrigin) { return }
        for field in marks { response.add(field) }
    }

    /// The same; a preflight also learns what its page may send, for a day.
    static func mark(_ response: inout Response, answering request: Request, writers: Set<String>) {
        mark(&response)
        guard request.method == .options, let wanted = request.headerFields[requestMethod] else { return }
        response.headerFields[.vary] = "Origin, Access-Control-Request-Method"
        let mayWrite = request.headerFields[.origin].map(writers.contains) ?? false
        guard mayWrite || reading.contains(wanted) else {
            response.headerFields[allowOrigin] = nil
            return
        }
        response.headerFields[allowMethods] = response.headerFields[.allow].map { all in
            let methods = all.split(separator: ", ").map(String.init)
            return methods.filter { mayWrite || reading.contains($0) }.joined(separator: ", ")
        }
        response.headerFields[allowHeaders] = allowedFields
        response.headerFields[.accessControlMaxAge] = "86400"
    }
}

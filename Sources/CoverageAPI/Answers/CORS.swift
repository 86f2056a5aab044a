// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import HTTPTypes

/// Reading from any web page is allowed (the Fetch standard's CORS protocol).
enum CORS {
    private static let exposed = "ETag, Link, Location, Retry-After, X-Request-Id"
    private static let allowedFields = """
        Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Last-Event-ID, Prefer
        """
    private static let allowOrigin = HTTPField.Name.named("Access-Control-Allow-Origin")
    private static let exposeHeaders = HTTPField.Name.named("Access-Control-Expose-Headers")
    private static let allowMethods = HTTPField.Name.named("Access-Control-Allow-Methods")
    private static let allowHeaders = HTTPField.Name.named("Access-Control-Allow-Headers")
    private static let requestMethod = HTTPField.Name.named("Access-Control-Request-Method")

    /// Marks an answer as readable by any page.
    static func mark(_ response: inout Response) {
        response.headerFields[allowOrigin] = "*"
        response.headerFields[exposeHeaders] = exposed
    }

    /// The same; a preflight also learns what it may send, for a day.
    static func mark(_ response: inout Response, answering request: Request) {
        mark(&response)
        guard request.method == .options, request.headerFields[requestMethod] != nil else { return }
        response.headerFields[allowMethods] = response.headerFields[.allow]
        response.headerFields[allowHeaders] = allowedFields
        response.headerFields[.accessControlMaxAge] = "86400"
    }
}

// SPDX-License-Identifier: Apache-2.0

/// The problems that the protocol itself brings about: found by the parser, the router or the server, before or around
/// any application.
extension ProblemType {
    package static let malformedRequest = ProblemType(
        "malformed-request", status: 400, title: "Malformed request",
        remedy: """
            The bytes received are not a valid HTTP/1.1 request; the detail says which rule they break. Where two \
            readers might understand different things, the request is refused and the connection closed. HTTP \
            libraries send valid requests by themselves: look at code that builds lines, fields or percent-encoding by \
            hand, and at proxies in between.
            """)
    package static let missingHost = ProblemType(
        "missing-host", status: 400, title: "Missing Host field",
        remedy: """
            Every HTTP/1.1 request names the host it is meant for in one Host field, such as "Host: localhost:8080". \
            Send it, or speak HTTP/1.0.
            """)
    package static let notFound = ProblemType(
        "not-found", status: 404, title: "Not found",
        remedy: """
            Nothing is known under this path. The detail names the nearest path that exists, if any comes close. Paths \
            are case-sensitive and do not end in a slash; follow the links in other answers rather than building paths.
            """)
    package static let methodNotAllowed = ProblemType(
        "method-not-allowed", status: 405, title: "Method not allowed",
        remedy: "The path exists, but not for this method. The Allow field of the answer lists the methods it has.")
    package static let notAcceptable = ProblemType(
        "not-acceptable", status: 406, title: "Not acceptable",
        remedy: """
            Nothing that this path can answer with is acceptable to the request's Accept or Accept-Encoding field. Send \
            `Accept: */*`, or name one of the media types or codings in the detail.
            """)
    package static let requestTimeout = ProblemType(
        "request-timeout", status: 408, title: "Request timeout",
        remedy: """
            The request did not arrive in time: a head must be complete within some seconds of its first byte, and \
            content must keep up a small rate. Send the request again on a new connection, in one go.
            """)
    package static let preconditionFailed = ProblemType(
        "precondition-failed", status: 412, title: "Precondition failed",
        remedy: """
            The If-Match field of the request does not name the entity tag that the resource has now: it has changed since \
            the tag was given out. Read it again and decide anew.
            """)
    package static let contentTooLarge = ProblemType(
        "content-too-large", status: 413, title: "Content too large",
        remedy: """
            The content of the request is larger than this server reads; the detail names the limit. Send less at \
            once, in several requests.
            """)
    package static let uriTooLong = ProblemType(
        "uri-too-long", status: 414, title: "Request target too long",
        remedy: """
            The request line is longer than this server reads; the detail names the limit. Shorten the query, for \
            instance by asking for fewer values at once.
            """)
    package static let expectationFailed = ProblemType(
        "expectation-failed", status: 417, title: "Expectation failed",
        remedy: """
            The only expectation understood in an Expect field is "100-continue". Leave the field out, or send that.
            """)
    package static let misdirectedRequest = ProblemType(
        "misdirected-request", status: 421, title: "Misdirected request",
        remedy: """
            The Host field of the request, or the authority of its target, names a host that this server does not answer for. \
            Use the name under which the service is published; if that led here, the operator has left it out of --hosts.
            """)
    package static let tooManyRequests = ProblemType(
        "too-many-requests", status: 429, title: "Too many requests",
        remedy: """
            This client has sent more requests than it may for now. Wait for the seconds in the Retry-After field, and spread \
            requests out; entity tags and larger pages save many.
            """)
    package static let headerSectionTooLarge = ProblemType(
        "header-section-too-large", status: 431, title: "Header section too large",
        remedy: """
            The fields of the request are too many or too large; the detail names the limit. Cookies set by other \
            services on the same host are a frequent cause: they are not needed here.
            """)
    package static let internalError = ProblemType(
        "internal-error", status: 500, title: "Internal error",
        remedy: """
            The fault is the server's. The log has the cause under the request id that this answer carries. A request \
            that only reads may be sent again; one that writes should first be checked for its effect.
            """)
    package static let unsupportedTransferCoding = ProblemType(
        "unsupported-transfer-coding", status: 501, title: "Transfer coding not supported",
        remedy: """
            The content came in a transfer coding other than "chunked". Send it plainly with a Content-Length, or \
            chunked alone.
            """)
    package static let tooBusy = ProblemType(
        "too-busy", status: 503, title: "Too busy",
        remedy: """
            The server has as much work or as many connections as it takes on at once. Try again after the seconds in \
            the Retry-After field.
            """)
    package static let httpVersionNotSupported = ProblemType(
        "http-version-not-supported", status: 505, title: "HTTP version not supported",
        remedy: """
            The request names a version other than HTTP/1.1 or HTTP/1.0. HTTP/2 without negotiation is not spoken: \
            have the client use HTTP/1.1, or put a proxy in front.
            """)

    /// All of the above, by status.
    package static let wire: [ProblemType] = [
        malformedRequest, missingHost, notFound, methodNotAllowed, notAcceptable, requestTimeout, preconditionFailed,
        contentTooLarge, uriTooLong, expectationFailed, misdirectedRequest, tooManyRequests, headerSectionTooLarge,
        internalError, unsupportedTransferCoding, tooBusy, httpVersionNotSupported,
    ]
}

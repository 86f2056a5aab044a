// SPDX-License-Identifier: Apache-2.0

package import HTTPTypes

/// A request as handlers see it: RFC 9110 vocabulary, no bytes of the wire left in it.
package struct Request: Sendable {
    /// Who is asking, by the listener that the request came through.
    package enum Origin: Sendable {
        /// A network listener: nothing is known but what the request itself proves.
        case network
        /// The Unix socket beside the database: only its owner can open it, so it carries admin rights.
        case local
    }

    package var method: HTTPRequest.Method
    /// The absolute path as sent, still percent-encoded, always beginning with `/` (or `*` of `OPTIONS *`).
    package var path: String
    /// What followed the first `?`, as sent, or nil when there was none.
    package var query: String?
    package var headerFields: HTTPFields
    /// The content, transfer coding removed.
    package var body: [UInt8]
    /// Names this one exchange in `X-Request-Id`, logs and problem documents.
    package var id: RequestID
    package var origin: Origin
    /// The client's network address, behind trusted proxies if there are any; nil through the socket file. Few ask for its text.
    package var client: (any CustomStringConvertible & Sendable)?

    package init(
        method: HTTPRequest.Method = .get, path: String = "/", query: String? = nil,
        headerFields: HTTPFields = [:], body: [UInt8] = [], id: RequestID = .random(), origin: Origin = .network,
        client: (any CustomStringConvertible & Sendable)? = nil
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headerFields = headerFields
        self.body = body
        self.id = id
        self.origin = origin
        self.client = client
    }

    /// Whether the path begins with this text, byte for byte.
    package func pathBegins(with text: StaticString) -> Bool {
        let path = path.utf8Span.span
        return path.count >= text.utf8CodeUnitCount && path.equals(text, in: 0..<text.utf8CodeUnitCount)
    }
}

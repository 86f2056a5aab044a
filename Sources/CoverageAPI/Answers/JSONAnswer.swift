// SPDX-License-Identifier: Apache-2.0

internal import Digests
internal import HTTP
internal import HTTPTypes
internal import JSON

extension Response {
    /// A JSON answer to a read.
    /// - Parameters:
    ///   - revision: the record's, when the answer is one record: it leads the entity tag, so that a writer can name it.
    ///   - link: the value of `Link`.
    static func json(_ writer: consuming JSONWriter, revision: Int? = nil, link: String? = nil) -> Response {
        readable(writer.finish(), as: "application/json", revision: revision, link: link)
    }

    /// An answer to a read that anybody may share until the data changes.
    static func readable(_ body: [UInt8], as mediaType: String, revision: Int? = nil, link: String? = nil) -> Response {
        var fields: HTTPFields = [
            .contentType: mediaType,
            .eTag: entityTag(of: body, revision: revision),
            .cacheControl: "no-cache",
            .vary: "Accept, Accept-Encoding, Origin",
        ]
        if let link { fields[.link] = link }
        return Response(status: .ok, headerFields: fields, body: body, isShareable: true)
    }

    /// Names these very bytes.
    static func entityTag(of body: [UInt8], revision: Int?) -> String {
        let digest = Hexadecimal.encode(SHA256.digest(of: body).span.extracting(first: 12))
        guard let revision else { return "\"" + digest + "\"" }
        return "\"" + String(revision) + "-" + digest + "\""
    }

    /// Makes it an answer to this client alone, since it showed credentials: no cache keeps it for another.
    mutating func becomePrivate() {
        isShareable = false
        if headerFields[.cacheControl] == "no-cache" { headerFields[.cacheControl] = "private, no-cache" }
    }

    /// A JSON answer about the moment it was made, not to be kept.
    static func momentary(_ writer: consuming JSONWriter) -> Response {
        Response(
            status: .ok, headerFields: [.contentType: "application/json", .cacheControl: "no-store"],
            body: writer.finish())
    }
}

extension HTTPField.Name {
    static let link = HTTPField.Name.named("Link")
    static let retryAfter = HTTPField.Name.named("Retry-After")
    static let accessControlMaxAge = HTTPField.Name.named("Access-Control-Max-Age")

    /// A field name written out in this program: a token, so there is always a name.
    static func named(_ token: StaticString) -> HTTPField.Name {
        HTTPField.Name(token.description) ?? .contentType
    }
}

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
        let body = writer.finish()
        var response = Response(
            status: .ok, standing: jsonFields, entityTag: entityTag(of: body, revision: revision), body: body,
            isShareable: true)
        if let link { response.add(HTTPField(name: .link, value: link)) }
        return response
    }

    private static let jsonFields = StandingFields(fields(of: "application/json") + CORS.marks)

    /// An answer to a read that anybody may share until the data changes.
    static func readable(_ body: [UInt8], as mediaType: String, link: String? = nil) -> Response {
        var response = Response(
            status: .ok, headerFields: fields(of: mediaType), entityTag: entityTag(of: body, revision: nil), body: body,
            isShareable: true)
        if let link { response.add(HTTPField(name: .link, value: link)) }
        return response
    }

    private static func fields(of mediaType: String) -> HTTPFields {
        [.contentType: mediaType, .cacheControl: "no-cache", .vary: "Accept, Accept-Encoding, Origin"]
    }

    /// Names these very bytes.
    static func entityTag(of body: [UInt8], revision: Int?) -> String {
        var tag: [UInt8] = []
        tag.reserveCapacity(48)
        tag.append(UInt8(ascii: "\""))
        if let revision {
            tag += String(revision).utf8
            tag.append(UInt8(ascii: "-"))
        }
        Hexadecimal.append(SHA256.digest(of: body).span.extracting(first: 12), to: &tag)
        tag.append(UInt8(ascii: "\""))
        return String(decoding: tag, as: UTF8.self)
    }

    /// Makes it an answer to this client alone, since it showed credentials: no cache keeps it for another.
    mutating func becomePrivate() {
        isShareable = false
        if value(of: .cacheControl) == "no-cache" { headerFields[.cacheControl] = "private, no-cache" }
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
        let name = HTTPField.Name(token.description)
        assert(name != nil, "'\(token)' is no token")
        return name ?? .contentType
    }
}

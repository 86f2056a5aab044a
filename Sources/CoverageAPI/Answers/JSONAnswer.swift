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
        var fields = HTTPFields()
        fields.reserveCapacity(8)
        // Added, not set: to set one looks for what is to go first.
        fields.append(HTTPField(name: .contentType, value: mediaType))
        fields.append(HTTPField(name: .eTag, value: entityTag(of: body, revision: revision)))
        for field in constantFields { fields.append(field) }
        if let link { fields.append(HTTPField(name: .link, value: link)) }
        return Response(status: .ok, headerFields: fields, body: body, isShareable: true)
    }

    private static let constantFields = [
        HTTPField(name: .cacheControl, value: "no-cache"),
        HTTPField(name: .vary, value: "Accept, Accept-Encoding, Origin"),
    ]

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

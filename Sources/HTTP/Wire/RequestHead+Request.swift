// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

extension RequestHead {
    /// Builds the value handlers see. The slow path: every field becomes a string.
    /// - Parameters:
    ///   - bytes: The bytes this head was parsed from.
    ///   - body: The content, transfer coding removed.
    ///   - client: The client's address.
    package func request(
        bytes: Span<UInt8>, body: [UInt8], id: RequestID, origin: Request.Origin,
        client: (any CustomStringConvertible & Sendable)? = nil
    ) -> Request {
        var headerFields = HTTPFields()
        headerFields.reserveCapacity(fields.count)
        for field in fields {
            // Never nil: the parser lets only tokens pass.
            guard let name = Self.name(bytes, field.name) else { continue }
            // From the text where that certainly has the same bytes: looking into the field is expensive.
            headerFields.append(
                bytes.isASCII(in: field.value)
                    ? HTTPField(name: name, value: bytes.string(in: field.value))
                    : HTTPField(name: name, value: bytes.array(in: field.value)))
        }
        let (path, query) = pathAndQuery(bytes)
        return Request(
            method: method(bytes), path: path, query: query,
            headerFields: headerFields, body: body, id: id, origin: origin,
            client: client)
    }

    private func method(_ bytes: Span<UInt8>) -> HTTPRequest.Method {
        switch method {
        case .get: .get
        case .head: .head
        case .post: .post
        default: HTTPRequest.Method(bytes.string(in: methodRange)) ?? .get
        }
    }

    /// The names that most requests have are there already: to make one takes longer than to compare.
    private static func name(_ bytes: Span<UInt8>, _ range: ByteRange) -> HTTPField.Name? {
        for (text, name) in commonNames where bytes.equals(text, in: range.range) { return name }
        return HTTPField.Name(bytes.string(in: range))
    }

    private static let commonNames: [(StaticString, HTTPField.Name)] =
        (["Host", "User-Agent", "Accept", "Accept-Encoding", "Authorization", "Content-Type", "If-None-Match"]
        as [StaticString]).compactMap { text in HTTPField.Name(text.description).map { (text, $0) } }

    private func pathAndQuery(_ bytes: Span<UInt8>) -> (path: String, query: String?) {
        let range = target.range
        var mark = range.lowerBound
        while mark < range.upperBound, bytes[mark] != UInt8(ascii: "?") { mark += 1 }
        let sent = bytes.string(in: ByteRange(range.lowerBound, mark))
        let path = lacksPath ? String(decoding: impliedPath, as: UTF8.self) + sent : sent
        guard mark < range.upperBound else { return (path, nil) }
        return (path, bytes.string(in: ByteRange(mark + 1, range.upperBound)))
    }
}

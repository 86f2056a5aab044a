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
            guard let name = HTTPField.Name(bytes.string(in: field.name)) else { continue }
            // As a text where that is sure to have the same bytes: to find it out is dear for the field.
            headerFields.append(
                bytes.isASCII(in: field.value)
                    ? HTTPField(name: name, value: bytes.string(in: field.value))
                    : HTTPField(name: name, value: bytes.array(in: field.value)))
        }
        let (path, query) = pathAndQuery(bytes)
        return Request(
            method: HTTPRequest.Method(bytes.string(in: methodRange)) ?? .get, path: path, query: query,
            headerFields: headerFields, body: body, id: id, origin: origin,
            client: client)
    }

    private func pathAndQuery(_ bytes: Span<UInt8>) -> (path: String, query: String?) {
        let range = target.range
        var mark = range.lowerBound
        while mark < range.upperBound, bytes[mark] != UInt8(ascii: "?") { mark += 1 }
        let path =
            String(decoding: impliedPath, as: UTF8.self) + bytes.string(in: ByteRange(range.lowerBound, mark))
        guard mark < range.upperBound else { return (path, nil) }
        return (path, bytes.string(in: ByteRange(mark + 1, range.upperBound)))
    }
}

// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// Writes answers as HTTP/1.1 messages (RFC 9112). `Date`, `Content-Length`, `Connection` and `X-Request-Id` are written
/// here and nowhere else.
package enum ResponseSerializer {
    /// - Parameter includeBody: False for an answer to HEAD: `Content-Length` is then that of the content left out.
    package static func append(
        _ response: Response, to output: inout OutputBuffer, date: HTTPDate, id: RequestID, includeBody: Bool,
        persistence: Persistence
    ) {
        appendFields(of: response, to: &output)
        appendExchange(to: &output, date: date, id: id, persistence: persistence)
        if includeBody && mayHaveContent(response.status) { output.append(response.body) }
    }

    /// The head of an answer whose content comes in pieces, of a length that nobody knows.
    /// - Parameter isChunked: in chunks, as only HTTP/1.1 has them (RFC 9112, section 7.1); else the end of the connection
    ///   ends the content.
    package static func appendStreamHead(
        of response: Response, to output: inout OutputBuffer, date: HTTPDate, id: RequestID, isChunked: Bool,
        persistence: Persistence
    ) {
        appendStart(of: response, to: &output)
        if isChunked { output.append("Transfer-Encoding: chunked\r\n") }
        appendExchange(to: &output, date: date, id: id, persistence: persistence)
    }

    /// One chunk, which must not be empty: an empty one ends the content.
    package static func appendChunk(_ content: [UInt8], to output: inout OutputBuffer) {
        output.append(string: String(content.count, radix: 16))
        output.append("\r\n")
        output.append(content)
        output.append("\r\n")
    }

    /// The end of content in chunks, without trailers.
    package static func appendLastChunk(to output: inout OutputBuffer) {
        output.append("0\r\n\r\n")
    }

    /// The interim answer that lets the client send its content (RFC 9110, section 15.2.1).
    package static func appendContinue(to output: inout OutputBuffer) {
        output.append("HTTP/1.1 100 Continue\r\n\r\n")
    }

    /// The part of a head that is the same for every exchange: status line, fields, `Content-Length`.
    static func appendFields(of response: Response, to output: inout OutputBuffer) {
        appendStart(of: response, to: &output)
        // RFC 9110, section 8.6: never with 204; with 304 it would have to be that of the full answer, so it is left out.
        if mayHaveContent(response.status) {
            output.append("Content-Length: ")
            output.append(decimal: response.body.count)
            output.append("\r\n")
        }
    }

    /// Status line and the answer's own fields.
    private static func appendStart(of response: Response, to output: inout OutputBuffer) {
        output.append("HTTP/1.1 ")
        output.append(decimal: response.status.code)
        output.append(" ")
        output.append(string: response.status.reasonPhrase)
        output.append("\r\n")
        if let standing = response.standing { output.append(standing.lines) }
        if let tag = response.entityTag {
            output.append("ETag: ")
            output.append(string: tag)
            output.append("\r\n")
        }
        append(response.own, to: &output)
    }

    /// Lines of a head, those left out that are written here alone.
    static func append(_ fields: HTTPFields, to output: inout OutputBuffer) {
        for field in fields where !isOurs(field.name) {
            output.append(string: field.name.rawName)
            output.append(": ")
            // Unsafe: lent for the call only. HTTPField lets no control character into a value.
            unsafe field.withUnsafeBytesOfValue { value in unsafe output.append(UnsafeRawBufferPointer(value)) }
            output.append("\r\n")
        }
    }

    /// The part of a head that belongs to one exchange, and the empty line.
    static func appendExchange(
        to output: inout OutputBuffer, date: HTTPDate, id: RequestID, persistence: Persistence
    ) {
        output.append("Date: ")
        output.append(date.bytes.span)
        output.append("\r\nX-Request-Id: ")
        output.append(id.text.span)
        switch persistence {
        case .implied: output.append("\r\n\r\n")
        case .close: output.append("\r\nConnection: close\r\n\r\n")
        case .keepAlive: output.append("\r\nConnection: keep-alive\r\n\r\n")
        }
    }

    /// RFC 9112, section 6.3, item 1.
    static func mayHaveContent(_ status: HTTPResponse.Status) -> Bool {
        status.code >= 200 && status.code != 204 && status.code != 304
    }

    private static func isOurs(_ name: HTTPField.Name) -> Bool {
        let name = name.canonicalName
        // Their lengths tell most others from them, for less than five comparisons.
        return switch name.utf8.count {
        case 4: name == "date"
        case 10: name == "connection"
        case 12: name == "x-request-id"
        case 14: name == "content-length"
        case 17: name == "transfer-encoding"
        default: false
        }
    }
}

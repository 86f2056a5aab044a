// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// An answer made once and sent many times: everything but what one exchange adds is bytes already.
package struct PreparedResponse: Sendable {
    /// Status line and fields, each with its line end.
    private let fields: [UInt8]
    /// The same for the 304 answer to a client that holds this answer (RFC 9110, section 15.4.5).
    private let notModifiedFields: [UInt8]
    private let body: [UInt8]
    /// The value of `ETag`, quotes included.
    package let entityTag: [UInt8]?
    private let status: Int

    package init(_ response: Response) {
        let mayHaveContent = ResponseSerializer.mayHaveContent(response.status)
        fields = Self.fields(of: response)
        body = mayHaveContent ? response.body : []
        status = response.status.code
        entityTag = response.value(of: .eTag).map { Array($0.utf8) }
        notModifiedFields = Self.fields(of: response.notModified)
    }

    /// What it costs to keep, in bytes.
    package var byteCount: Int { fields.count + notModifiedFields.count + body.count + (entityTag?.count ?? 0) }

    /// True when the client's `If-None-Match`, a value as received, names this answer: then `appendNotModified` is due
    /// (RFC 9110, section 13.1.2). Only an answer with status 200 is ever held.
    package func isHeld(ifNoneMatch: Span<UInt8>) -> Bool {
        guard status == 200, let entityTag else { return false }
        return EntityTag.matches(ifNoneMatch: ifNoneMatch, entityTag.span)
    }

    /// Writes the answer. Allocates only when the buffer must grow.
    package func append(
        to output: inout OutputBuffer, date: HTTPDate, id: RequestID, includeBody: Bool, persistence: Persistence
    ) {
        output.append(fields)
        ResponseSerializer.appendExchange(to: &output, date: date, id: id, persistence: persistence)
        if includeBody { output.append(body) }
    }

    /// Writes 304 instead.
    package func appendNotModified(
        to output: inout OutputBuffer, date: HTTPDate, id: RequestID, persistence: Persistence
    ) {
        output.append(notModifiedFields)
        ResponseSerializer.appendExchange(to: &output, date: date, id: id, persistence: persistence)
    }

    private static func fields(of response: Response) -> [UInt8] {
        var output = OutputBuffer()
        ResponseSerializer.appendFields(of: response, to: &output)
        // Unsafe: lent for the copy only.
        return unsafe output.withUnsafeBytes { unsafe Array($0) }
    }
}

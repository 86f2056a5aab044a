// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// What a request that reads makes its answer depend on (RFC 9110, section 13): `If-Match` and `If-None-Match`. The dates of
/// other conditions concern answers with `Last-Modified` alone, and there are none here (section 13.1.3).
package struct Precondition: Sendable {
    /// What becomes of the answer.
    package enum Outcome: Sendable {
        case proceed
        /// The client has this answer: 304.
        case notModified
        /// The client wanted another one: 412.
        case failed
    }

    /// Field values, those of several lines joined (RFC 9110, section 5.3).
    private let ifMatch: [UInt8]?
    private let ifNoneMatch: [UInt8]?

    /// Nil when the request has no condition, or is no GET or HEAD: then its conditions are the handler's.
    /// - Parameter bytes: what the head was parsed from.
    package init?(_ head: borrowing RequestHead, of bytes: Span<UInt8>) {
        guard head.isRead else { return nil }
        if head.ifMatch == nil, head.ifNoneMatch == nil { return nil }
        ifMatch = head.ifMatch == nil ? nil : Self.value(of: "if-match", head, bytes)
        ifNoneMatch = head.ifNoneMatch == nil ? nil : Self.value(of: "if-none-match", head, bytes)
    }

    /// In the order of section 13.2.2. Only an answer with status 200 can meet a condition or fail it; one without an entity tag is
    /// none of those that a client names.
    package func outcome(for response: Response) -> Outcome {
        guard response.status.code == 200 else { return .proceed }
        let tag = Array((response.value(of: .eTag) ?? "").utf8)
        if let ifMatch, !EntityTag.matches(ifMatch: ifMatch.span, tag.span) { return .failed }
        guard let ifNoneMatch, !tag.isEmpty else { return .proceed }
        return EntityTag.matches(ifNoneMatch: ifNoneMatch.span, tag.span) ? .notModified : .proceed
    }

    private static func value(of name: StaticString, _ head: borrowing RequestHead, _ bytes: Span<UInt8>) -> [UInt8] {
        var value: [UInt8] = []
        var separator: [UInt8] = []
        for field in head.fields {
            guard bytes.equals(name, ignoringCaseIn: field.name.range) else { continue }
            value += separator + bytes.array(in: field.value)
            separator = [UInt8(ascii: ",")]
        }
        return value
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Gathers, field by field, what the server itself must know of a request: its host, its framing, the fate of the
/// connection. Everything else passes by untouched.
struct FieldMeaning {
    let limits: Limits
    private var hasHost = false
    private var contentLength: Int?
    private var isChunked = false

    init(limits: Limits) {
        self.limits = limits
    }

    /// Most names fall through on their length alone.
    mutating func take(
        _ field: RequestHead.FieldSpan, of bytes: Span<UInt8>, into head: inout RequestHead
    ) throws(WireError) {
        let name = field.name.range
        switch name.count {
        case 4 where bytes.equals("host", ignoringCaseIn: name):
            try takeHost(field.value, of: bytes, into: &head)
        case 5 where bytes.equals("range", ignoringCaseIn: name):
            head.hasOtherConditions = true
        case 6:
            if bytes.equals("accept", ignoringCaseIn: name) {
                Self.note(field.value, as: &head.accept, repeated: &head.hasRepeatedFields)
            } else if bytes.equals("expect", ignoringCaseIn: name) {
                try takeExpect(field.value, of: bytes, into: &head)
            }
        case 8:
            if bytes.equals("if-match", ignoringCaseIn: name) {
                Self.note(field.value, as: &head.ifMatch, repeated: &head.hasRepeatedFields)
            } else if bytes.equals("if-range", ignoringCaseIn: name) {
                head.hasOtherConditions = true
            }
        case 10 where bytes.equals("connection", ignoringCaseIn: name):
            takeConnection(field.value, of: bytes, into: &head)
        case 11 where bytes.equals("traceparent", ignoringCaseIn: name):
            head.traceparent = head.traceparent == nil ? field.value : .empty
        case 13:
            if bytes.equals("if-none-match", ignoringCaseIn: name) {
                Self.note(field.value, as: &head.ifNoneMatch, repeated: &head.hasRepeatedFields)
            } else if bytes.equals("authorization", ignoringCaseIn: name) {
                Self.note(field.value, as: &head.authorization, repeated: &head.hasRepeatedFields)
            }
        case 14 where bytes.equals("content-length", ignoringCaseIn: name):
            try takeContentLength(field.value, of: bytes)
        case 15 where bytes.equals("accept-encoding", ignoringCaseIn: name):
            Self.note(field.value, as: &head.acceptEncoding, repeated: &head.hasRepeatedFields)
        case 17:
            if bytes.equals("transfer-encoding", ignoringCaseIn: name) {
                try takeTransferEncoding(field.value, of: bytes, into: &head)
            } else if bytes.equals("if-modified-since", ignoringCaseIn: name) {
                head.hasOtherConditions = true
            }
        case 19 where bytes.equals("if-unmodified-since", ignoringCaseIn: name):
            head.hasOtherConditions = true
        default:
            break
        }
    }

    /// The section is over: what is missing, and what the framing is (RFC 9112, section 6.3).
    func conclude(_ head: inout RequestHead) throws(WireError) {
        guard hasHost || head.minorVersion == 0 else { throw .missingHost }
        if isChunked {
            head.framing = .chunked
        } else if let contentLength, contentLength > 0 {
            head.framing = .length(contentLength)
        }
        // A request without content has nothing to hold back.
        if head.framing == .none { head.expectsContinue = false }
    }

    /// RFC 9112, section 3.2: exactly one, and valid; the authority of an absolute-form target outranks it.
    private mutating func takeHost(
        _ value: ByteRange, of bytes: Span<UInt8>, into head: inout RequestHead
    ) throws(WireError) {
        guard !hasHost else { throw .repeatedHost }
        guard Authority.isValid(bytes, in: value.range) else { throw .invalidHost }
        hasHost = true
        if head.host == nil { head.host = value }
    }

    private func takeExpect(
        _ value: ByteRange, of bytes: Span<UInt8>, into head: inout RequestHead
    ) throws(WireError) {
        // RFC 9110, section 10.1.1: HTTP/1.0 clients cannot mean it.
        guard head.minorVersion > 0 else { return }
        guard bytes.equals("100-continue", ignoringCaseIn: value.range) else { throw .unknownExpectation }
        head.expectsContinue = true
    }

    private func takeConnection(_ value: ByteRange, of bytes: Span<UInt8>, into head: inout RequestHead) {
        bytes.forEachListElement(in: value) { option in
            if bytes.equals("close", ignoringCaseIn: option) { head.saysClose = true }
            if bytes.equals("keep-alive", ignoringCaseIn: option) { head.saysKeepAlive = true }
        }
    }

    /// RFC 9110, section 8.6. Repeated lengths may be accepted when they agree; nobody honest sends them, so they are not.
    private mutating func takeContentLength(_ value: ByteRange, of bytes: Span<UInt8>) throws(WireError) {
        guard !isChunked else { throw .lengthAndTransferCoding }
        guard contentLength == nil else { throw .repeatedContentLength }
        switch bytes.decimal(in: value.range) {
        case .value(let length): contentLength = length
        case .tooLarge: throw .contentTooLarge(limit: limits.body)
        case .malformed: throw .invalidContentLength
        }
    }

    /// RFC 9112, section 6.1: a lone `chunked`. A coding that is unknown is 501; `chunked` twice, or not last, makes the
    /// length unknowable and is 400.
    private mutating func takeTransferEncoding(
        _ value: ByteRange, of bytes: Span<UInt8>, into head: inout RequestHead
    ) throws(WireError) {
        guard head.minorVersion > 0 else { throw .transferCodingBeforeHTTP11 }
        guard contentLength == nil else { throw .lengthAndTransferCoding }
        var codings = 0
        var chunkedCodings = isChunked ? 1 : 0
        var endsChunked = false
        bytes.forEachListElement(in: value) { coding in
            codings += 1
            endsChunked = bytes.equals("chunked", ignoringCaseIn: coding)
            chunkedCodings += endsChunked ? 1 : 0
        }
        guard codings > 0, chunkedCodings == 0 || (chunkedCodings == 1 && endsChunked) else {
            throw .invalidTransferCoding
        }
        guard codings == 1, chunkedCodings == 1 else { throw .unsupportedTransferCoding }
        isChunked = true
    }

    /// Keeps where a field's value stands, and that it came more than once if so.
    private static func note(_ value: ByteRange, as place: inout ByteRange?, repeated: inout Bool) {
        if place == nil { place = value } else { repeated = true }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// What a parsed request head says, as offsets into the bytes it was parsed from: nothing is copied. One value is reused, with the
/// memory for its fields, for request after request; every figure counts from the first byte given to the parser.
package struct RequestHead: ~Copyable, Sendable {
    package static let fieldCapacity = 128

    /// The methods the server has names for; any other token is `other` and stands in `methodRange`.
    package enum Method: Sendable {
        case get, head, post, put, patch, delete, options, other
    }

    /// How the content is framed (RFC 9112, section 6.3).
    package enum BodyFraming: Sendable, Equatable {
        case none
        case length(Int)
        case chunked
    }

    /// One field line. The value is trimmed of optional whitespace (RFC 9110, section 5.5).
    package struct FieldSpan: Sendable {
        package var name: ByteRange
        package var value: ByteRange
    }

    package internal(set) var method: Method = .other
    package internal(set) var methodRange: ByteRange = .empty
    /// Path and query. Of an absolute-form target, what follows the authority: see `impliedPath`.
    package internal(set) var target: ByteRange = .empty
    /// The digit after `HTTP/1.`: 0, or 1 to 9, which all mean version 1.1.
    package internal(set) var minorVersion: UInt8 = 1

    package internal(set) var fields: [FieldSpan] = []
    /// The whole head, its empty lines included: the content begins here.
    package internal(set) var byteCount = 0

    package internal(set) var framing: BodyFraming = .none
    /// The client waits for `100 Continue` before it sends the content (RFC 9110, section 10.1.1).
    package internal(set) var expectsContinue = false
    /// The authority asked for: of the target if it has one, else of `Host`; nil only with HTTP/1.0.
    package internal(set) var host: ByteRange?
    package internal(set) var accept: ByteRange?
    package internal(set) var acceptEncoding: ByteRange?
    package internal(set) var ifMatch: ByteRange?
    package internal(set) var ifNoneMatch: ByteRange?
    package internal(set) var authorization: ByteRange?
    /// The trace that the request is part of (W3C Trace Context, section 3.2); empty when more than one is named.
    package internal(set) var traceparent: ByteRange?
    /// `Range`, or a condition other than the two above, is among the fields.
    package internal(set) var hasOtherConditions = false
    /// One of `accept`, `acceptEncoding`, `ifMatch`, `ifNoneMatch`, `authorization` came on several lines: the range names
    /// the first only.
    package internal(set) var hasRepeatedFields = false

    var saysClose = false
    var saysKeepAlive = false
    /// The target is in absolute form and has no path.
    var lacksPath = false

    package init() {
        fields.reserveCapacity(Self.fieldCapacity)
    }

    /// Whether the connection outlives this exchange as far as the client is concerned (RFC 9112, section 9.3).
    package var isPersistent: Bool {
        !saysClose && (minorVersion >= 1 || saysKeepAlive)
    }

    /// True when a stored answer may be looked for: a GET or HEAD without content, credentials, ranges or conditions but
    /// `If-None-Match`. Then the answer depends on `target`, `accept` and `acceptEncoding` alone. A target without a path is not
    /// worth a second place beside the one that it means.
    package var mayBeAnsweredFromCache: Bool {
        guard isRead, case .none = framing else { return false }
        return authorization == nil && ifMatch == nil && !hasOtherConditions && !hasRepeatedFields && !lacksPath
    }

    /// What has to be thought before `target` where that lacks a path: the root (RFC 9112, section 3.2.2) or, with OPTIONS and no
    /// query, the server as a whole (section 3.2.4).
    package var impliedPath: [UInt8] {
        lacksPath ? [UInt8(ascii: method == .options && target.isEmpty ? "*" : "/")] : []
    }

    /// GET or HEAD.
    package var isRead: Bool { method == .get || method == .head }

    /// What the answer's `Connection` field has to say.
    package func persistence(closing: Bool) -> Persistence {
        if closing || !isPersistent { return .close }
        return minorVersion == 0 ? .keepAlive : .implied
    }

    /// Makes ready for the next request.
    mutating func clear() {
        method = .other
        methodRange = .empty
        target = .empty
        minorVersion = 1
        fields.removeAll(keepingCapacity: true)
        byteCount = 0
        framing = .none
        expectsContinue = false
        host = nil
        accept = nil
        acceptEncoding = nil
        ifMatch = nil
        ifNoneMatch = nil
        authorization = nil
        traceparent = nil
        hasOtherConditions = false
        hasRepeatedFields = false
        saysClose = false
        saysKeepAlive = false
        lacksPath = false
    }
}

// SPDX-License-Identifier: Apache-2.0

/// The four forms of a request target (RFC 9112, section 3.2).
enum RequestTarget {
    /// Checks that the form goes with the method, and narrows `head.target` to path and query.
    static func resolve(_ bytes: Span<UInt8>, into head: inout RequestHead) throws(WireError) {
        let target = head.target.range
        if bytes.equals("CONNECT", in: head.methodRange.range) {
            // authority-form (section 3.2.3), for CONNECT alone: its port is not optional.
            guard Authority.isValid(bytes, in: target), hasPort(bytes, in: target) else {
                throw .targetFormMismatch
            }
            throw .connectRefused
        }
        switch bytes[target.lowerBound] {
        case UInt8(ascii: "/"):
            return
        case UInt8(ascii: "*") where target.count == 1:
            // asterisk-form (section 3.2.4), for OPTIONS alone.
            guard head.method == .options else { throw .targetFormMismatch }
        default:
            try resolveAbsoluteForm(bytes, target, into: &head)
        }
    }

    /// Section 3.2.2: the authority replaces that of `Host`.
    private static func resolveAbsoluteForm(
        _ bytes: Span<UInt8>, _ target: Range<Int>, into head: inout RequestHead
    ) throws(WireError) {
        let authority: Int
        if target.count > 7, bytes.equals("http://", ignoringCaseIn: target.prefix(7)) {
            authority = target.lowerBound + 7
        } else if target.count > 8, bytes.equals("https://", ignoringCaseIn: target.prefix(8)) {
            authority = target.lowerBound + 8
        } else {
            throw .invalidTarget
        }
        var end = authority
        while end < target.upperBound, bytes[end] != UInt8(ascii: "/"), bytes[end] != UInt8(ascii: "?") { end += 1 }
        // RFC 9110, section 4.2.4: user information in a request is an error; `@` is no character of a host.
        guard Authority.isValid(bytes, in: authority..<end) else { throw .invalidHost }
        head.host = ByteRange(authority, end)
        head.target = ByteRange(end, target.upperBound)
        head.lacksPath = end == target.upperBound || bytes[end] == UInt8(ascii: "?")
    }

    private static func hasPort(_ bytes: Span<UInt8>, in range: Range<Int>) -> Bool {
        bytes[range.upperBound - 1].isDigit && range.contains { bytes[$0] == UInt8(ascii: ":") }
    }
}

extension Range<Int> {
    /// The first `length` positions; the range must be as long.
    fileprivate func prefix(_ length: Int) -> Range<Int> { lowerBound..<(lowerBound + length) }
}

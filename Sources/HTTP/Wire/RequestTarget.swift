// SPDX-License-Identifier: Apache-2.0

/// The four forms of a request target (RFC 9112, section 3.2).
enum RequestTarget {
    /// Checks that the form goes with the method, and narrows `head.target` to path and query.
    static func resolve(_ bytes: Span<UInt8>, into head: inout RequestHead) throws(WireError) {
        let target = head.target.range
        if bytes.equals("CONNECT", in: head.methodRange.range) {
            // authority-form (section 3.2.3), for CONNECT alone: its port is not optional.
            guard isAuthority(bytes, in: target), hasPort(bytes, in: target) else {
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
        guard isAuthority(bytes, in: authority..<end) else { throw .invalidHost }
        head.host = ByteRange(authority, end)
        head.target = ByteRange(end, target.upperBound)
    }

    /// `uri-host [ ":" port ]` (RFC 9110, section 7.2), the host not empty (section 4.2.1).
    static func isAuthority(_ bytes: Span<UInt8>, in range: Range<Int>) -> Bool {
        guard !range.isEmpty else { return false }
        var index = range.lowerBound
        if bytes[index] == UInt8(ascii: "[") {
            // IP-literal (RFC 3986, section 3.2.2).
            index += 1
            let start = index
            while index < range.upperBound, bytes[index].isInIPLiteral { index += 1 }
            guard index > start, index < range.upperBound, bytes[index] == UInt8(ascii: "]") else { return false }
            index += 1
        } else {
            while index < range.upperBound, ByteSet.registeredName.contains(bytes[index]) { index += 1 }
            guard index > range.lowerBound else { return false }
        }
        guard index < range.upperBound else { return true }
        guard bytes[index] == UInt8(ascii: ":") else { return false }
        index += 1
        // A port may be empty (RFC 3986, section 3.2.3) and fits 16 bits.
        guard range.upperBound - index <= 5 else { return false }
        var port = 0
        while index < range.upperBound {
            guard bytes[index].isDigit else { return false }
            port = port * 10 + Int(bytes[index] & 0x0F)
            index += 1
        }
        return port <= 65535
    }

    private static func hasPort(_ bytes: Span<UInt8>, in range: Range<Int>) -> Bool {
        bytes[range.upperBound - 1].isDigit && range.contains { bytes[$0] == UInt8(ascii: ":") }
    }
}

extension Range<Int> {
    /// The first `length` positions; the range must be as long.
    fileprivate func prefix(_ length: Int) -> Range<Int> { lowerBound..<(lowerBound + length) }
}

extension UInt8 {
    /// Hexadecimal digits, colons and dots: IPv6 addresses, those with an IPv4 tail included.
    fileprivate var isInIPLiteral: Bool {
        isDigit || lowercased &- 0x61 < 6 || self == UInt8(ascii: ":") || self == UInt8(ascii: ".")
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Whom a request is for, as `Host` and absolute targets name it.
enum Authority {
    /// `uri-host [ ":" port ]` (RFC 9110, section 7.2), the host not empty (section 4.2.1).
    static func isValid(_ bytes: Span<UInt8>, in range: Range<Int>) -> Bool {
        guard !range.isEmpty, let end = endOfHost(bytes, in: range) else { return false }
        guard end < range.upperBound else { return true }
        // A port may be empty (RFC 3986, section 3.2.3) and fits 16 bits.
        guard bytes[end] == UInt8(ascii: ":"), range.upperBound - end <= 6 else { return false }
        var port = 0
        for index in (end + 1)..<range.upperBound {
            guard bytes[index].isDigit else { return false }
            port = port * 10 + Int(bytes[index] & 0x0F)
        }
        return port <= 65535
    }

    /// Where the host ends that the range begins with; nil when there is none. Of RFC 3986, section 3.2.2, all but addresses of
    /// versions yet to come.
    private static func endOfHost(_ bytes: Span<UInt8>, in range: Range<Int>) -> Int? {
        var index = range.lowerBound
        if bytes[index] == UInt8(ascii: "[") {
            while index < range.upperBound, bytes[index] != UInt8(ascii: "]") { index += 1 }
            guard index < range.upperBound, isIPv6Address(bytes, in: (range.lowerBound + 1)..<index) else { return nil }
            return index + 1
        }
        while index < range.upperBound, ByteSet.registeredName.contains(bytes[index]) {
            if bytes[index] == UInt8(ascii: "%") {
                guard range.upperBound - index > 2, bytes[index + 1].hexadecimalValue != nil,
                    bytes[index + 2].hexadecimalValue != nil
                else { return nil }
            }
            index += 1
        }
        return index > range.lowerBound ? index : nil
    }

    /// `IPv6address`: eight groups of up to four digits, the last two perhaps written as IPv4, and `::` in place of some.
    private static func isIPv6Address(_ bytes: Span<UInt8>, in range: Range<Int>) -> Bool {
        let colon = UInt8(ascii: ":")
        var groups = 0
        var isShortened = range.count >= 2 && bytes[range.lowerBound] == colon && bytes[range.lowerBound + 1] == colon
        var index = range.lowerBound + (isShortened ? 2 : 0)
        while index < range.upperBound {
            let start = index
            while index < range.upperBound, bytes[index].hexadecimalValue != nil { index += 1 }
            if index < range.upperBound, bytes[index] == UInt8(ascii: ".") {
                guard isIPv4Address(bytes, in: start..<range.upperBound) else { return false }
                groups += 2
                break
            }
            guard 1...4 ~= index - start else { return false }
            groups += 1
            guard index < range.upperBound else { break }
            guard bytes[index] == colon, index + 1 < range.upperBound else { return false }
            index += 1
            if bytes[index] == colon {
                guard !isShortened else { return false }
                isShortened = true
                index += 1
            }
        }
        return isShortened ? groups < 8 : groups == 8
    }

    /// `IPv4address`: four numbers up to 255 without leading zeros.
    private static func isIPv4Address(_ bytes: Span<UInt8>, in range: Range<Int>) -> Bool {
        var numbers = 0
        var index = range.lowerBound
        while true {
            let start = index
            var number = 0
            while index < range.upperBound, index - start < 3, bytes[index].isDigit {
                number = number * 10 + Int(bytes[index] & 0x0F)
                index += 1
            }
            let hasLeadingZero = index - start > 1 && bytes[start] == UInt8(ascii: "0")
            guard index > start, number <= 255, !hasLeadingZero else { return false }
            numbers += 1
            if numbers == 4 { return index == range.upperBound }
            guard index < range.upperBound, bytes[index] == UInt8(ascii: ".") else { return false }
            index += 1
        }
    }
}

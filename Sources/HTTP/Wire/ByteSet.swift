// SPDX-License-Identifier: Apache-2.0

/// A set of ASCII characters as two words of bits, so that membership is a shift and a mask.
struct ByteSet {
    let low: UInt64
    let high: UInt64

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        // The masking shift takes the low six bits of the byte, which is what is wanted.
        let word = byte & 0x40 == 0 ? low : high
        return byte < 0x80 && (word &>> UInt64(byte)) & 1 == 1
    }

    /// `tchar` of RFC 9110, section 5.6.2.
    static var token: ByteSet { ByteSet(low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE) }

    /// What a request target may be made of: visible ASCII without `"`, `#`, `<` and `>`. Wider than RFC 3986 by the
    /// characters that browsers leave unencoded in queries.
    static var target: ByteSet { ByteSet(low: 0xAFFF_FFF2_0000_0000, high: 0x7FFF_FFFF_FFFF_FFFF) }

    /// `reg-name` of RFC 3986, section 3.2.2: unreserved, sub-delims and the percent sign.
    static var registeredName: ByteSet { ByteSet(low: 0x2BFF_7FF2_0000_0000, high: 0x47FF_FFFE_87FF_FFFE) }

    /// What a name or value may hold as it is in a query (RFC 3986, section 3.4) that is read as HTML's forms are: without `&`, `=` and
    /// `+`, which mean something there, and without `'`, in which some write links, and `;`, which some take for the end of one.
    static var formValue: ByteSet { ByteSet(low: 0x87FF_F712_0000_0000, high: 0x47FF_FFFE_87FF_FFFF) }
}

extension UInt8 {
    static var tab: UInt8 { 0x09 }
    static var lineFeed: UInt8 { 0x0A }
    static var carriageReturn: UInt8 { 0x0D }
    static var space: UInt8 { 0x20 }

    var isDigit: Bool { self &- 0x30 < 10 }

    /// The value of a hexadecimal digit in either case.
    var hexadecimalValue: UInt8? {
        if isDigit { return self & 0x0F }
        let letter = lowercased &- 0x61
        return letter < 6 ? letter + 10 : nil
    }

    /// The hexadecimal digit of the lower four bits, as percent-encoding has it (RFC 3986, section 2.1).
    package var hexadecimalDigit: UInt8 {
        let value = self & 0x0F
        return value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}

// SPDX-License-Identifier: Apache-2.0

/// What a JSON string cannot hold as it is (RFC 8259, section 7): control characters, quotation mark and backslash.
enum JSONEscapes {
    /// Whether no byte has to be escaped.
    static func areAbsent(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        unsafe holds(for: utf8) { escapes(in: $0) }
    }

    /// The same, and there is nothing but ASCII, so that the bytes are UTF-8.
    static func areAbsentInASCII(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        unsafe holds(for: utf8) { escapes(in: $0) | $0 & 0x8080_8080_8080_8080 }
    }

    /// Whether nothing is found in any eight bytes, which are looked at together, some perhaps twice.
    @inline(__always)
    private static func holds(for utf8: UnsafeBufferPointer<UInt8>, _ findings: (UInt64) -> UInt64) -> Bool {
        let count = utf8.count
        guard let start = unsafe UnsafeRawPointer(utf8.baseAddress) else { return true }
        guard count >= 8 else {
            // What is missing of a word is spaces.
            var word: UInt64 = 0x2020_2020_2020_2020
            for index in 0..<count { unsafe word = word << 8 | UInt64(utf8[index]) }
            return findings(word) == 0
        }
        var found: UInt64 = 0
        var index = 0
        while index < count - 8 {
            // Unsafe: eight bytes more than `index` are there, by the condition.
            unsafe found |= findings(start.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            index += 8
        }
        // Unsafe: there are eight at least.
        unsafe found |= findings(start.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
        return found == 0
    }

    static func mustEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// Not 0 if one of eight bytes must be escaped, by Mycroft's tests of a word for a byte below a number and for a byte of 0, which
    /// a quotation mark or backslash is made first. Which bytes they are it does not tell: a borrow can set bits beyond the first.
    private static func escapes(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = word ^ (ones &* 0x22)
        let backslashes = word ^ (ones &* 0x5C)
        let below = (word &- ones &* 0x20) & ~word
        return (below | ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)) & (ones &* 0x80)
    }
}

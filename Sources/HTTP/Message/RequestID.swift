// SPDX-License-Identifier: Apache-2.0

/// The identity of one exchange: a random UUID (RFC 9562, version 4).
package struct RequestID: Sendable, Hashable, CustomStringConvertible {
    private var high: UInt64
    private var low: UInt64

    /// Marks 122 random bits as a version 4 UUID of the RFC's variant.
    package init(randomHigh: UInt64, randomLow: UInt64) {
        high = (randomHigh & ~0xF000) | 0x4000
        low = (randomLow & ~(0xC000 << 48)) | (0x8000 << 48)
    }

    package static func random() -> RequestID {
        var generator = SystemRandomNumberGenerator()
        return RequestID(randomHigh: generator.next(), randomLow: generator.next())
    }

    /// The 36 characters, for paths too hot for a String.
    package var text: InlineArray<36, UInt8> {
        var text = InlineArray<36, UInt8>(repeating: UInt8(ascii: "-"))
        Self.put(high >> 32, 0..<8, into: &text, at: 0)
        Self.put(high, 0..<4, into: &text, at: 9)
        Self.put(high, 4..<8, into: &text, at: 14)
        Self.put(low >> 32, 0..<4, into: &text, at: 19)
        Self.put(low >> 32, 4..<8, into: &text, at: 24)
        Self.put(low, 0..<8, into: &text, at: 28)
        return text
    }

    /// Writes some of the eight digits of a word's lower half.
    @inline(__always)
    private static func put(
        _ word: UInt64, _ which: Range<Int>, into text: inout InlineArray<36, UInt8>, at place: Int
    ) {
        let digits = hexadecimal(word & 0xFFFF_FFFF)
        for index in which {
            text[place + index - which.lowerBound] = UInt8(truncatingIfNeeded: digits >> UInt64(56 - index * 8))
        }
    }

    /// The eight digits of 32 bits as characters, the first in the highest byte: all at once, since every answer has 36.
    private static func hexadecimal(_ bits: UInt64) -> UInt64 {
        // Each four bits into a byte of their own.
        var nibbles = (bits | bits << 16) & 0x0000_FFFF_0000_FFFF
        nibbles = (nibbles | nibbles << 8) & 0x00FF_00FF_00FF_00FF
        nibbles = (nibbles | nibbles << 4) & 0x0F0F_0F0F_0F0F_0F0F
        // 1 where the digit is a letter, which in ASCII comes 39 places later.
        let letters = ((nibbles &+ 0x0606_0606_0606_0606) >> 4) & 0x0101_0101_0101_0101
        return nibbles &+ 0x3030_3030_3030_3030 &+ letters &* 39
    }

    package var description: String {
        let text = text
        return String(decoding: text.indices.map { text[$0] }, as: UTF8.self)
    }
}

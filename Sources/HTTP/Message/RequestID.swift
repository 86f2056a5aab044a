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
        var place = 0
        for index in 0..<32 {
            if index == 8 || index == 12 || index == 16 || index == 20 { place += 1 }
            let word = index < 16 ? high : low
            let nibble = UInt8(truncatingIfNeeded: word >> UInt64(60 - (index % 16) * 4)) & 0xF
            text[place] = nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
            place += 1
        }
        return text
    }

    package var description: String {
        let text = text
        return String(decoding: text.indices.map { text[$0] }, as: UTF8.self)
    }
}

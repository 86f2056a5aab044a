// SPDX-License-Identifier: Apache-2.0

/// The identity of one exchange: a random UUID (RFC 9562, version 4).
package struct RequestID: Sendable, Hashable, CustomStringConvertible {
    /// The number of ASCII characters in the text form, hyphens included.
    package static let textLength = 36

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

    /// Hands out the 36 characters one by one, so that the hot path can write them without a String.
    package func forEachCharacter(_ body: (UInt8) -> Void) {
        for index in 0..<32 {
            if index == 8 || index == 12 || index == 16 || index == 20 { body(UInt8(ascii: "-")) }
            let word = index < 16 ? high : low
            let nibble = UInt8(truncatingIfNeeded: word >> UInt64(60 - (index % 16) * 4)) & 0xF
            body(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10)
        }
    }

    package var description: String {
        var characters: [UInt8] = []
        characters.reserveCapacity(Self.textLength)
        forEachCharacter { characters.append($0) }
        return String(decoding: characters, as: UTF8.self)
    }
}

// SPDX-License-Identifier: Apache-2.0

/// FNV-1a in 64 bits (Fowler, Noll, Vo): the same on every machine and in every run, unlike `Hasher`, so that
/// fingerprints can be kept. Nobody gains by making two texts collide: what a fingerprint suggests is verified.
struct StableHash {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    private mutating func combine(byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }

    mutating func combine(_ text: String) {
        for byte in text.utf8 { combine(byte: byte) }
        // Parts one text from the next; it stands in no UTF-8.
        combine(byte: 0xFF)
    }

    mutating func combine(_ number: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            combine(byte: UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    /// A word in one spelling (`café` three ways): the standard library lends no normal form to hash.
    mutating func combine(folding word: String) {
        var folded: [UInt8] = []
        for scalar in word.unicodeScalars { Folding.append(scalar, to: &folded) }
        for byte in folded { combine(byte: byte) }
        combine(byte: 0xFF)
    }

    /// Folded to 32 bits, every bit of the 64 in play.
    var folded: UInt32 { UInt32(truncatingIfNeeded: value ^ (value >> 32)) }

    static func of(_ parts: String...) -> UInt32 {
        var hash = StableHash()
        for part in parts { hash.combine(part) }
        return hash.folded
    }
}

// SPDX-License-Identifier: Apache-2.0

/// SplitMix64: the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension [UInt8] {
    /// One to four changes: a byte replaced, removed, put in, or a piece repeated.
    mutating func mutate(using random: inout SeededGenerator) {
        let telling = Array("\r\n\t :;,/0159aAfF+-\"\\%?*[]".utf8) + [0, 0x7F, 0x80, 0xFF]
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0...count, using: &random)
            let byte = telling.randomElement(using: &random) ?? 0
            switch Int.random(in: 0..<4, using: &random) {
            case 0 where place < count: self[place] = byte
            case 1 where place < count: remove(at: place)
            case 2: insert(byte, at: place)
            default: insert(contentsOf: self[place..<Swift.min(count, place + 9)], at: place)
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// The same choices for the same seed (SplitMix64).
package struct SeededGenerator: RandomNumberGenerator {
    /// To be printed, so that a run can be repeated.
    package let seed: UInt64
    private var state: UInt64

    package init(seed: UInt64 = .random(in: 0 ... .max)) {
        self.seed = seed
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    package mutating func happens(inHundred percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    /// One of several; there must be one.
    package mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &self)]
    }
}

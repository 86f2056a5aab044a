// SPDX-License-Identifier: Apache-2.0

/// The same numbers for the same seed, everywhere (SplitMix64; Steele, Lea and Flood, OOPSLA 2014).
struct SeededNumbers {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// From 0, below `bound`; 0 when there is nothing below it.
    mutating func number(below bound: Int) -> Int {
        bound > 0 ? Int(next() % UInt64(bound)) : 0
    }

    /// From 0, below `bound`, the small far more often than the large: a tenth of them has half of the draws.
    mutating func skewed(below bound: Int) -> Int {
        let share = Double(next() >> 11) / Double(1 << 53)
        return min(Int(share * share * share * Double(bound)), max(bound - 1, 0))
    }

    mutating func happens(inHundred percent: Int) -> Bool { number(below: 100) < percent }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(below: elements.count)] }

    mutating func hexadecimal(_ count: Int) -> String {
        let digits = Array("0123456789abcdef")
        return String((0..<count).map { _ in digits[number(below: 16)] })
    }
}

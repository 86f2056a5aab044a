// SPDX-License-Identifier: Apache-2.0

/// Texts put together at random, the same for the same seed (SplitMix64): words that the readers look for, marks they
/// trip over, and Unicode at its worst.
struct RandomParts {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func number(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(max(1, bound)))
    }

    mutating func text(of parts: [String], count: Int) -> String {
        let joint = number(below: 3) == 0 ? "" : " "
        return (0..<count).map { _ in parts[number(below: parts.count)] }.joined(separator: joint)
    }

    /// Beyond letters: what breaks readers that count wrongly.
    static let oddities = [
        "\u{301}", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", "\u{202E}", "\u{0}", "ß", "中", "ﬁ", "\u{AD}",
        "\u{FEFF}", "’", "‘", "“", "”", "\"", "'", ",", ".", "!", "?", "-", "–", "\n", "\r\n", "\t", " ", "(", ")", "«",
        "»", "…",
    ]
}

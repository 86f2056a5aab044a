// SPDX-License-Identifier: Apache-2.0

/// An input in pieces, as a network might deliver it: some sixteen, bytes alone where it is short. The places come from the
/// bytes, so that the same input is always cut alike.
struct Cuts: Sequence, IteratorProtocol {
    private let count: Int
    private let longest: UInt64
    private var start = 0
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    init(of bytes: [UInt8]) {
        count = bytes.count
        longest = UInt64(Swift.max(1, bytes.count / 8))
        for byte in bytes { mix(UInt64(byte)) }
    }

    mutating func next() -> Range<Int>? {
        guard start < count else { return nil }
        mix(1)
        let end = Swift.min(count, start + 1 + Int((state >> 32) % longest))
        defer { start = end }
        return start..<end
    }

    /// A step of FNV-1a.
    private mutating func mix(_ value: UInt64) {
        state = (state ^ value) &* 0x100_0000_01B3
    }
}

// SPDX-License-Identifier: Apache-2.0

import HTTP

/// Names the exchanges of one event loop without asking the kernel each time: xoshiro256** (Blackman and Vigna, 2018),
/// seeded by the system. The names are unique, not secret.
struct RequestIDGenerator {
    private var a: UInt64
    private var b: UInt64
    private var c: UInt64
    private var d: UInt64

    init() {
        var system = SystemRandomNumberGenerator()
        a = system.next()
        b = system.next()
        c = system.next()
        d = system.next() | 1  // never the all-zero state, which would stay so
    }

    mutating func next() -> RequestID {
        RequestID(randomHigh: word(), randomLow: word())
    }

    private mutating func word() -> UInt64 {
        let result = Self.rotate(b &* 5, by: 7) &* 9
        let shifted = b << 17
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= shifted
        d = Self.rotate(d, by: 45)
        return result
    }

    private static func rotate(_ word: UInt64, by count: UInt64) -> UInt64 {
        (word << count) | (word >> (64 - count))
    }
}

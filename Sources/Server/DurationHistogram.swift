// SPDX-License-Identifier: Apache-2.0

/// How many durations were at most so long. A plain value: whoever measures owns it, and those of several are added up.
package struct DurationHistogram: Sendable, Equatable {
    /// The upper bounds of all classes but the last, in nanoseconds. OpenTelemetry's for HTTP (5 ms to 10 s), and finer ones
    /// below, where this server's answers are.
    package static let bounds: [UInt64] = [
        50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000,
        100_000_000, 250_000_000, 500_000_000, 1_000_000_000, 2_500_000_000, 5_000_000_000, 10_000_000_000,
    ]

    /// Of each class by itself; the last has no upper bound.
    package private(set) var counts = [UInt64](repeating: 0, count: bounds.count + 1)
    /// Of all durations, in nanoseconds.
    package private(set) var sum: UInt64 = 0

    package init() {}

    package var count: UInt64 { counts.reduce(0, &+) }

    package mutating func add(_ nanoseconds: UInt64) {
        var index = 0
        while index < Self.bounds.count, nanoseconds > Self.bounds[index] { index += 1 }
        counts[index] &+= 1
        sum &+= nanoseconds
    }

    package mutating func add(_ other: DurationHistogram) {
        for index in counts.indices { counts[index] &+= other.counts[index] }
        sum &+= other.sum
    }
}

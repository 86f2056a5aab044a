// SPDX-License-Identifier: Apache-2.0

import Logging

/// Keeps one message from filling the log: after a few within a window of time the rest are only counted, and their number is
/// told when the window is over. Messages are the same when their words are; what differs in their metadata is left out.
struct RepeatedMessages {
    /// How often a message is logged in a window, and how long that is in milliseconds.
    static let burst = 10
    static let window: UInt64 = 10_000
    /// More messages than this program has.
    private static let bound = 256

    private struct Key: Hashable {
        let message: String
        let level: Logger.Level
    }

    private var windows: [Key: (end: UInt64, count: Int)] = [:]

    /// Whether the message is to be logged; else it is counted.
    /// - Parameter now: milliseconds of any clock.
    mutating func takes(_ message: String, _ level: Logger.Level, at now: UInt64) -> Bool {
        let key = Key(message: message, level: level)
        guard let window = windows[key], now < window.end else {
            if windows.count < Self.bound { windows[key] = (now + Self.window, 1) }
            return true
        }
        windows[key]?.count += 1
        return window.count < Self.burst
    }

    /// The messages whose window is over, with how many of them were not logged. They begin anew.
    mutating func collect(at now: UInt64) -> [(message: String, level: Logger.Level, count: Int)] {
        let over = windows.filter { now >= $0.value.end }
        for key in over.keys { windows[key] = nil }
        return over.filter { $0.value.count > Self.burst }
            .map { (message: $0.key.message, level: $0.key.level, count: $0.value.count - Self.burst) }
            .sorted { $0.message < $1.message }
    }
}

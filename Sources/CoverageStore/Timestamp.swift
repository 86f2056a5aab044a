// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import Glibc

/// Moments as the API writes them.
package enum Timestamp {
    /// The present, in seconds since 1970.
    package static func unixTime() -> Int { Int(time(nil)) }

    /// The present, in milliseconds since 1970.
    static func unixMilliseconds() -> Int64 {
        var now = timespec()
        // Unsafe: written during the call.
        _ = unsafe clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
    }

    /// The present second, RFC 3339 in UTC: `2026-01-31T12:00:00Z`.
    package static func now() -> String { text(of: unixTime()) }

    /// So many seconds before the present one.
    static func before(seconds: Int) -> String { text(of: unixTime() - seconds) }

    package static func text(of unixTime: Int) -> String {
        let (days, second) = unixTime.quotientAndRemainder(dividingBy: 86_400)
        let day = CalendarDay(number: Int32(clamping: days))
        let parts = [second / 3600, second / 60 % 60, second % 60]
        return "\(day)T" + parts.map { ($0 < 10 ? "0" : "") + String($0) }.joined(separator: ":") + "Z"
    }
}

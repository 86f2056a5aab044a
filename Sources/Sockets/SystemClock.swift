// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The kernel's two clocks, read without a system call (vDSO).
package enum SystemClock {
    /// Milliseconds that only ever grow: for limits and durations.
    package static func monotonicMilliseconds() -> UInt64 {
        monotonicNanoseconds() / 1_000_000
    }

    /// Nanoseconds of the same clock.
    package static func monotonicNanoseconds() -> UInt64 {
        let time = read(CLOCK_MONOTONIC)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, as the machine's administrator set them.
    package static func unixSeconds() -> Int64 {
        // The cheaper clock, right within a tick of the kernel.
        Int64(read(CLOCK_REALTIME_COARSE).tv_sec)
    }

    /// The same in milliseconds.
    package static func unixMilliseconds() -> Int64 {
        let time = read(CLOCK_REALTIME)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    private static func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        // Unsafe: the pointer lasts for the call. These clocks always exist, so there is no error to handle.
        _ = unsafe clock_gettime(clock, &time)
        return time
    }
}

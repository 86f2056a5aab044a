// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What SQLite's callbacks read and write. They run inside calls on the connection, so on its thread.
final class ConnectionHooks {
    /// When running statements are to be cut short, if ever: a reading of `now`. A number, since every statement looks at it, and
    /// an instant of the library's clocks costs more to compare than many a statement to run.
    var deadline: Int64?

    /// Whether the progress handler has cut a statement short.
    var hasExpired = false

    /// Whether a commit is refused, as it is while the body of a transaction runs.
    var refusesCommit = false

    /// The length of the write-ahead log in frames after a commit that wrote to it; nil when none has since it was cleared.
    var committedFrames: Int32?

    /// Whether the deadline is past; never so without one.
    var isOverdue: Bool {
        guard let deadline else { return false }
        return Self.now >= deadline
    }

    /// Nanoseconds of the clock that nobody sets.
    static var now: Int64 {
        var time = timespec()
        // Unsafe: the pointer lasts for the call. This clock always exists, so there is no error to handle.
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

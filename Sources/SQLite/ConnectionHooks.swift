// SPDX-License-Identifier: Apache-2.0

/// What SQLite's callbacks read and write. They run inside calls on the connection, so on its thread.
final class ConnectionHooks {
    /// When running statements are to be cut short, if ever.
    var deadline: ContinuousClock.Instant?

    /// Whether the progress handler has cut a statement short.
    var hasExpired = false

    /// Whether a commit is refused, as it is while the body of a transaction runs.
    var refusesCommit = false

    /// The length of the write-ahead log in frames after a commit that wrote to it; nil when none has since it was cleared.
    var committedFrames: Int32?

    /// Whether the deadline is past; never so without one.
    var isOverdue: Bool {
        guard let deadline else { return false }
        return ContinuousClock.now >= deadline
    }
}

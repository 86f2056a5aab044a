// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What has gone against the connections of this process, all of them together.
package enum SQLiteCounters {
    private static let busy = Atomic<Int>(0)
    private static let deadlines = Atomic<Int>(0)

    /// Statements that gave up waiting for the lock of another connection.
    package static var busyCount: Int { busy.load(ordering: .relaxed) }
    /// Statements that were cut short because their time was up.
    package static var deadlineCount: Int { deadlines.load(ordering: .relaxed) }

    static func count(_ error: SQLiteError) {
        if error.code.primary == .busy { busy.add(1, ordering: .relaxed) }
        if error.isDeadline { deadlines.add(1, ordering: .relaxed) }
    }
}

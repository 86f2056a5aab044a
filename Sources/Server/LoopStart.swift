// SPDX-License-Identifier: Apache-2.0

import Sockets
import Synchronization

/// Where a loop says that it has started, or why not.
final class LoopStart: Sendable {
    private let failure = Mutex<(any Error)?>(nil)
    private let reports: CountingSemaphore

    init() throws(Errno) {
        reports = try CountingSemaphore()
    }

    func report(_ body: () throws -> EventLoop) -> EventLoop? {
        defer { reports.signal() }
        do {
            return try body()
        } catch {
            failure.withLock { $0 = error }
            return nil
        }
    }

    /// Waits for one report.
    func wait() throws {
        reports.wait()
        if let error = failure.withLock({ $0 }) { throw error }
    }
}

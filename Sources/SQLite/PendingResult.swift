// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization

/// A place for one result that one thread waits for and another gives.
final class PendingResult<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)
    private let isGiven = DispatchSemaphore(value: 0)

    @Sendable func give(_ given: Result<Value, any Error>) {
        result.withLock { $0 = given }
        isGiven.signal()
    }

    /// Blocks until the result is given; to be called once.
    func wait() throws -> Value {
        while true {
            isGiven.wait()
            if let given = result.withLock({ $0 }) { return try given.get() }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Sockets
import Synchronization

/// A question to all event loops at once: what they have counted.
final class Survey: Sendable {
    private let sum = Mutex(LoopFigures())
    private let answers: CountingSemaphore

    /// A loop that has ended does not answer any more. In milliseconds.
    private static let patience = 5000

    init() throws(Errno) {
        answers = try CountingSemaphore()
    }

    func add(_ figures: LoopFigures) {
        sum.withLock { $0.add(figures) }
        answers.signal()
    }

    /// What has been answered once so many loops have, or once it has taken too long.
    func result(of loops: Int) -> LoopFigures {
        for _ in 0..<loops {
            guard answers.wait(milliseconds: Self.patience) else { break }
        }
        return sum.withLock { $0 }
    }
}

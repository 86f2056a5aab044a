// SPDX-License-Identifier: Apache-2.0

import Sockets
import Synchronization
import Testing

@testable import Server

@Suite struct WorkerPoolTests {
    @Test func runsAllJobsItTakes() throws {
        let pool = try WorkerPool(width: 3, capacity: 1000)
        let done = try Done()
        for _ in 0..<500 { #expect(pool.submit { done.count.add(1, ordering: .relaxed) }) }
        #expect(eventually { done.count.load(ordering: .relaxed) == 500 })
        pool.stop()
    }

    @Test func takesNoMoreThanItsQueueHolds() throws {
        let pool = try WorkerPool(width: 1, capacity: 2)
        let done = try Done()
        #expect(
            pool.submit {
                done.began.signal()
                done.mayEnd.wait()
            })
        done.began.wait()
        let taken = (0..<5).map { _ in pool.submit { done.count.add(1, ordering: .relaxed) } }
        #expect(taken == [true, true, false, false, false])
        done.mayEnd.signal()
        #expect(eventually { done.count.load(ordering: .relaxed) == 2 })
        pool.stop()
        #expect(!pool.submit {})
    }

    private final class Done: Sendable {
        let count = Atomic<Int>(0)
        let began: CountingSemaphore
        let mayEnd: CountingSemaphore

        init() throws {
            began = try CountingSemaphore()
            mayEnd = try CountingSemaphore()
        }
    }
}

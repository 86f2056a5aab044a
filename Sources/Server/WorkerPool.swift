// SPDX-License-Identifier: Apache-2.0

import Sockets
import Synchronization

/// A few threads for what takes long, behind a bounded queue.
final class WorkerPool: Sendable {
    typealias Job = @Sendable () -> Void

    private struct Queue {
        var jobs: [Job] = []
        var isStopped = false
    }

    private let capacity: Int
    private let width: Int
    private let queue = Mutex(Queue())
    /// One signal per job in the queue, and one per thread at the end.
    private let work: CountingSemaphore

    init(width: Int, capacity: Int) throws(Errno) {
        self.capacity = capacity
        self.width = max(1, width)
        work = try CountingSemaphore()
        for index in 0..<self.width {
            do throws(Errno) {
                _ = try Thread(name: "worker-\(index)") { [self] in run() }
            } catch {
                stop()
                throw error
            }
        }
    }

    /// How many jobs wait for a thread.
    var waiting: Int { queue.withLock { $0.jobs.count } }

    /// Puts a job into the queue. False when that is full, or the pool is stopped: then the job will never run.
    func submit(_ job: @escaping Job) -> Bool {
        let isTaken = queue.withLock { queue in
            guard !queue.isStopped, queue.jobs.count < capacity else { return false }
            queue.jobs.append(job)
            return true
        }
        if isTaken { work.signal() }
        return isTaken
    }

    /// Forgets the jobs that have not begun. Those that have are not waited for: their results find nobody.
    func stop() {
        queue.withLock { queue in
            queue.isStopped = true
            queue.jobs.removeAll()
        }
        for _ in 0..<width { work.signal() }
    }

    private func run() {
        while true {
            work.wait()
            let (job, isStopped) = queue.withLock { queue in
                (queue.jobs.isEmpty ? nil : queue.jobs.removeFirst(), queue.isStopped)
            }
            if isStopped { return }
            job?()
        }
    }
}

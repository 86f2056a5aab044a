// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization

/// The one place that writes: it holds the lock file and the only read-write connection.
///
/// Jobs come from any thread. What has queued up while a commit was on its way to the disk, and a moment longer where several write
/// at a time, is run as one batch, committed once, and only then answered (group commit). A job that throws undoes only its own
/// changes.
///
/// A job may be run more than once, when another one of its batch fails after it began to write; so it does nothing but use
/// the connection and compute. It lets SQLite's errors out: a statement that failed may have done a part of its work, which only
/// the end of the job undoes.
package final class Writer: Sendable {
    private struct Storage: ~Copyable {
        var connection: Connection?
        var lock: LockFile?
    }

    private struct Intake {
        var waiting: [WriteJob] = []
        var isDraining = false
        var isClosed = false
        /// How many jobs are to wait before the next batch begins; nil while no batch waits for that.
        var wanted: Int?
        var figures = WriterFigures()
    }

    private let storage: Mutex<Storage>
    private let intake = Mutex(Intake())
    private let limits: WriterLimits
    private let path: String
    private let file: FileIdentity?
    private let version = Atomic<UInt64>(1)
    private let commitHook = Mutex<(@Sendable () -> Void)?>(nil)
    private let queue = DispatchQueue(label: "readout.writer")
    /// Signalled when as many jobs wait as are wanted.
    private let gathered = DispatchSemaphore(value: 0)
    private let isOnQueue = DispatchSpecificKey<Bool>()

    /// The longest that a batch waits for others to come: less than anybody notices.
    private static let patience = Duration.milliseconds(20)

    /// Takes the lock file and opens the database, creating it when it is missing.
    ///
    /// - Parameters:
    ///   - prepare: runs once on the connection before any job and outside a transaction; the place for migrations.
    /// - Throws: `LockFileError`, `SQLiteError`, or what `prepare` throws.
    package init(
        path: String, limits: WriterLimits = WriterLimits(), prepare: @Sendable (Connection) throws -> Void = { _ in }
    ) throws {
        let lock = try LockFile(database: path)
        // An event's change alone takes some hundred statements.
        let connection = try Connection(path: path, mode: .readWrite, statementCapacity: 512)
        try prepare(connection)
        storage = Mutex(Storage(connection: connection, lock: lock))
        self.limits = limits
        self.path = path
        file = FileIdentity(path)
        queue.setSpecific(key: isOnQueue, value: true)
    }

    deinit {
        shutDown()
    }

    /// Moves on with each commit that changed the file, before its jobs are answered. Counted from 1 in each process.
    ///
    /// What is read in a transaction begun after this was read is at least as new as this version.
    package var dataVersion: UInt64 { version.load(ordering: .acquiring) }

    /// Whether the path still names the file that is open here. If not, that was deleted or another was put in its place, and
    /// what is written ends with the process: so nothing more is.
    package var hasItsFile: Bool { FileIdentity(path) == file }

    /// What it has done, and what waits for it.
    package var figures: WriterFigures {
        intake.withLock { intake in
            var figures = intake.figures
            figures.waiting = intake.waiting.count
            return figures
        }
    }

    /// Runs a job and waits until it is committed. Not from inside a job.
    package func perform<Value: Sendable>(
        _ job: @escaping @Sendable (Connection) throws -> Value
    ) throws -> Value {
        guard DispatchQueue.getSpecific(key: isOnQueue) == nil else { throw WriterError.nested }
        let result = PendingResult<Value>()
        // The callers wait, so there are never more of these than threads.
        try enqueue(WriteJob(job, completion: result.give), limit: .max)
        return try result.wait()
    }

    /// Queues a job and returns at once. `completion` is called on the writer's queue when the job is committed or has
    /// failed, and must not block there.
    package func submit<Value: Sendable>(
        _ job: @escaping @Sendable (Connection) throws -> Value,
        completion: @escaping @Sendable (Result<Value, any Error>) -> Void
    ) throws(WriterError) {
        try enqueue(WriteJob(job, completion: completion), limit: limits.waiting)
    }

    /// Has this called on the writer's queue after each commit that changed the file, when `dataVersion` has moved on and the
    /// commit's jobs are not answered yet. It must neither block nor use the writer.
    package func onCommit(_ body: @escaping @Sendable () -> Void) {
        commitHook.withLock { $0 = body }
    }

    /// Refuses new jobs, finishes those that wait, copies the log into the database and lets go of the lock. Calls after the
    /// first do nothing. Not from inside a job or a completion.
    package func close() {
        dispatchPrecondition(condition: .notOnQueue(queue))
        intake.withLock { intake in
            intake.isClosed = true
            endGathering(&intake)
        }
        // Behind every drain that was started before.
        queue.sync { shutDown() }
    }
}

extension Writer {
    private func enqueue(_ job: WriteJob, limit: Int) throws(WriterError) {
        let mustStart = try intake.withLock { intake throws(WriterError) in
            guard !intake.isClosed else { throw .closed }
            guard intake.waiting.count < limit else { throw .queueFull(limit: limit) }
            intake.waiting.append(job)
            if let wanted = intake.wanted, intake.waiting.count >= wanted { endGathering(&intake) }
            defer { intake.isDraining = true }
            return !intake.isDraining
        }
        if mustStart { queue.async { self.drain() } }
    }

    /// Runs batch after batch until nothing waits.
    private func drain() {
        var busy = Duration.zero
        while true {
            let batch = intake.withLock { intake in
                intake.figures.busy += busy
                let batch = Array(intake.waiting.prefix(max(limits.batch, 1)))
                intake.waiting.removeFirst(batch.count)
                intake.isDraining = !batch.isEmpty
                if !batch.isEmpty { intake.figures.add(batch: batch.count) }
                return batch
            }
            if batch.isEmpty { return }
            let before = dataVersion
            let start = ContinuousClock.now
            let answers = commit(batch)
            busy = start.duration(to: .now)
            if dataVersion != before, let tell = commitHook.withLock({ $0 }) { tell() }
            // Before those who are answered can come again.
            let active = intake.withLock { batch.count + $0.waiting.count }
            for answer in answers { answer() }
            checkpointIfDue()
            gather(active, for: min(busy / 8, Self.patience))
        }
    }

    /// Lets clients that write one change after the other send their next, so that it is committed with those that came meanwhile:
    /// otherwise they go on in two halves, each of which waits for the commit of the other (PostgreSQL's `commit_delay`).
    /// - Parameters:
    ///   - count: how many are writing, whether answered just now or waiting.
    ///   - time: for which to wait at most.
    private func gather(_ count: Int, for time: Duration) {
        let wanted = min(count, limits.batch, limits.waiting)
        // Whoever writes alone is not waited for.
        guard wanted > 1 else { return }
        let mustWait = intake.withLock { intake in
            guard !intake.isClosed, intake.waiting.count < wanted else { return false }
            intake.wanted = wanted
            return true
        }
        guard mustWait else { return }
        let microseconds = Int(time / .microseconds(1))
        guard gathered.wait(timeout: .now() + .microseconds(microseconds)) == .timedOut else { return }
        // The signal may have come just now.
        let isSignalled = intake.withLock { intake in
            defer { intake.wanted = nil }
            return intake.wanted == nil
        }
        if isSignalled { gathered.wait() }
    }

    /// Has a batch that waits for others begin.
    private func endGathering(_ intake: inout Intake) {
        guard intake.wanted != nil else { return }
        intake.wanted = nil
        gathered.signal()
    }

    private func commit(_ batch: [WriteJob]) -> [WriteJob.Answer] {
        storage.withLock { storage in
            guard let connection = storage.connection else {
                return batch.map { job in { job.fail(WriterError.closed) } }
            }
            guard hasItsFile else {
                let error = SQLiteError(code: .readOnlyMoved, message: "\(path): the file was removed or replaced")
                return batch.map { job in { job.fail(error) } }
            }
            connection.hooks.committedFrames = nil
            let answers = WriteBatch.run(batch, on: connection)
            if connection.hooks.committedFrames != nil { version.add(1, ordering: .releasing) }
            return answers
        }
    }

    /// After the answers, so that nobody waits for it. One that fails is tried again after the next commit.
    private func checkpointIfDue() {
        storage.withLock { storage in
            guard let connection = storage.connection,
                let frames = connection.hooks.committedFrames, Int(frames) * connection.pageSize >= limits.log
            else { return }
            do { try connection.checkpoint(.passive) } catch {
                intake.withLock { $0.figures.failedCheckpoints &+= 1 }
            }
        }
    }

    private func shutDown() {
        storage.withLock { storage in
            // A reader that is still at work keeps the log from being cut; it is then used by the next to open the file.
            try? storage.connection?.checkpoint(.truncate)
            // In this order: whoever gets the lock must not meet our connection.
            storage.connection = nil
            storage.lock = nil
        }
    }
}

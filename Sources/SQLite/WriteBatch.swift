// SPDX-License-Identifier: Apache-2.0

/// Group commit: the jobs that were waiting together, in one transaction.
///
/// A savepoint around each job would cost more than most jobs: SQLite then notes how each page was, and its full-text index
/// writes a segment at each. So the jobs are run without; where one fails that has begun to write, all is rolled back, and the
/// others are run again, each in a savepoint of its own. A job that fails before it writes, as most refusals do, harms nobody.
struct WriteBatch {
    private enum Abandon: Error {
        /// Nothing is kept of what was done, since one job has failed.
        case transactionLost
        case nothingToCommit
    }

    private var waiting: [WriteJob]
    private var succeeded: [(job: WriteJob, answer: WriteJob.Answer)] = []
    private var answers: [WriteJob.Answer] = []
    /// Whether each job has a savepoint.
    private var isCareful = false

    /// Runs the jobs and commits those that did not throw.
    ///
    /// When the failure of one takes the whole transaction with it, the others are run again without it.
    ///
    /// - Returns: one answer for each job, to be called once the commit is known to all.
    static func run(_ jobs: [WriteJob], on connection: Connection) -> [WriteJob.Answer] {
        var batch = WriteBatch(waiting: jobs)
        // Ends: each attempt answers at least one job, or all of them.
        while !batch.waiting.isEmpty { batch.attempt(on: connection) }
        return batch.answers
    }

    private init(waiting: [WriteJob]) {
        self.waiting = waiting
    }

    private mutating func attempt(on connection: Connection) {
        var next = 0
        succeeded = []
        do {
            try connection.transaction {
                while next < waiting.count {
                    next += 1
                    try runJob(waiting[next - 1], on: connection)
                }
                if succeeded.isEmpty { throw Abandon.nothingToCommit }
            }
            answers += succeeded.map(\.answer)
            waiting = []
        } catch Abandon.transactionLost {
            waiting = succeeded.map(\.job) + waiting[next...]
            isCareful = true
        } catch {
            // The transaction could not start or not commit: whoever has no answer yet fails with it.
            answers += (succeeded.map(\.job) + waiting[next...]).map { job in { job.fail(error) } }
            waiting = []
        }
    }

    private mutating func runJob(_ job: WriteJob, on connection: Connection) throws {
        let before = connection.writingCount
        do {
            let answer =
                isCareful
                ? try connection.savepoint { try Self.run(job, on: connection) } : try Self.run(job, on: connection)
            succeeded.append((job, answer))
        } catch {
            answers.append { job.fail(error) }
            guard connection.isInTransaction, isCareful || connection.writingCount == before else {
                throw Abandon.transactionLost
            }
        }
    }

    private static func run(_ job: WriteJob, on connection: Connection) throws -> WriteJob.Answer {
        let answer = try job.run(connection)
        guard connection.isInTransaction else { throw connection.transactionLost }
        if connection.hasUnmetForeignKeys {
            // Found only at the commit, it would fail the whole batch.
            throw SQLiteError(code: .constraintForeignKey, message: "FOREIGN KEY constraint failed")
        }
        return answer
    }
}

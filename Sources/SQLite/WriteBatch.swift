// SPDX-License-Identifier: Apache-2.0

/// Group commit: the jobs that were waiting together, each in a savepoint of its own, in one transaction.
struct WriteBatch {
    private enum Abandon: Error {
        /// SQLite rolled back everything, with a job that failed.
        case transactionLost
        case nothingToCommit
    }

    private var waiting: [WriteJob]
    private var succeeded: [(job: WriteJob, answer: WriteJob.Answer)] = []
    private var answers: [WriteJob.Answer] = []

    /// Runs the jobs and commits those that did not throw.
    ///
    /// When the failure of one takes the whole transaction with it, as an interrupted write and a full disk do, the others
    /// are run again without it.
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
        } catch {
            // The transaction could not start or not commit: whoever has no answer yet fails with it.
            answers += (succeeded.map(\.job) + waiting[next...]).map { job in { job.fail(error) } }
            waiting = []
        }
    }

    private mutating func runJob(_ job: WriteJob, on connection: Connection) throws {
        do {
            let answer = try connection.savepoint {
                let answer = try job.run(connection)
                if connection.hasUnmetForeignKeys {
                    // Found only at the commit, it would fail the whole batch.
                    throw SQLiteError(code: .constraintForeignKey, message: "FOREIGN KEY constraint failed")
                }
                return answer
            }
            succeeded.append((job, answer))
        } catch {
            answers.append { job.fail(error) }
            guard connection.isInTransaction else { throw Abandon.transactionLost }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Group commit: the jobs that were waiting together, in one transaction.
///
/// A savepoint around each job would cost more than most jobs: SQLite then notes how each page was, and its full-text index
/// writes a segment at each. So the jobs are run without; where one fails that has begun to write, all is rolled back, and they
/// are run again, each in a savepoint of its own. A job that fails before it writes, as most refusals do, harms nobody.
///
/// A job sees what those before it have changed, so its failure may rest on that as much as its success does: either is told
/// only when the commit has made it true.
struct WriteBatch {
    private enum Abandon: Error {
        /// Nothing is kept of what was done, since one job has failed.
        case transactionLost
        case nothingToCommit
    }

    private var waiting: [WriteJob]
    /// The jobs of this attempt whose ends hold once it is committed; none before one has succeeded.
    private var ended: [(job: WriteJob, answer: WriteJob.Answer)] = []
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
        // Ends: each attempt but the first answers at least one job, or all of them.
        while !batch.waiting.isEmpty { batch.attempt(on: connection) }
        return batch.answers
    }

    private init(waiting: [WriteJob]) {
        self.waiting = waiting
    }

    private mutating func attempt(on connection: Connection) {
        var next = 0
        ended = []
        do {
            try connection.transaction {
                while next < waiting.count {
                    next += 1
                    try runJob(waiting[next - 1], on: connection)
                }
                if ended.isEmpty { throw Abandon.nothingToCommit }
            }
            answers += ended.map(\.answer)
            waiting = []
        } catch Abandon.transactionLost {
            waiting = ended.map(\.job) + waiting[next...]
            isCareful = true
        } catch {
            // The transaction could not start or not commit: whoever has no answer yet fails with it.
            answers += (ended.map(\.job) + waiting[next...]).map { job in { job.fail(error) } }
            waiting = []
        }
    }

    private mutating func runJob(_ job: WriteJob, on connection: Connection) throws {
        let before = connection.writingCount
        do {
            let answer =
                isCareful
                ? try connection.savepoint { try Self.run(job, on: connection) } : try Self.run(job, on: connection)
            ended.append((job, answer))
        } catch {
            let failure: WriteJob.Answer = { job.fail(error) }
            // What ends a transaction is SQLite's own trouble, and before the first success there is nothing to rest on.
            if !connection.isInTransaction || ended.isEmpty {
                answers.append(failure)
            } else {
                ended.append((job, failure))
            }
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

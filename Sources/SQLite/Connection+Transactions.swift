// SPDX-License-Identifier: Apache-2.0

extension Connection {
    /// Runs `body` in a transaction that holds the write lock from its start; commits at its end, or rolls back when it
    /// throws. Transactions do not nest: use `savepoint(_:)` inside.
    ///
    /// No SQL in `body` can commit: such a statement fails and takes the transaction with it.
    package func transaction<Result>(_ body: () throws -> Result) throws -> Result {
        try control("BEGIN IMMEDIATE")
        do {
            let result = try withoutCommits(body)
            guard isInTransaction else { throw transactionLost }
            try control("COMMIT")
            return result
        } catch {
            rollBack()
            throw error
        }
    }

    /// Runs `body` so that its changes are undone when it throws, and only they. Savepoints nest; outside a transaction one
    /// is a transaction of its own.
    ///
    /// Some failures (no space, an interrupted write) make SQLite roll back the transaction around it too; then
    /// `isInTransaction` is false afterwards.
    package func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
        try control("SAVEPOINT readout")
        do {
            let result = try body()
            guard isInTransaction else { throw transactionLost }
            try control("RELEASE readout")
            return result
        } catch {
            memory = nil
            if isInTransaction { undoSavepoint() }
            throw error
        }
    }

    /// Starts a transaction that only reads, and takes its snapshot now: what others commit later is not seen until
    /// `endRead()`.
    package func beginRead() throws(SQLiteError) {
        try control("BEGIN DEFERRED")
        do throws(SQLiteError) {
            // BEGIN alone takes no snapshot, the first read does; this one reads the header only.
            try run("PRAGMA schema_version")
        } catch {
            rollBack()
            throw error
        }
    }

    /// Ends what `beginRead()` started.
    package func endRead() throws(SQLiteError) {
        try control("ROLLBACK")
    }

    /// Runs `body` on one snapshot of the database.
    package func readTransaction<Result>(_ body: () throws -> Result) throws -> Result {
        try beginRead()
        do {
            let result = try body()
            try endRead()
            return result
        } catch {
            rollBack()
            throw error
        }
    }

    /// Runs a statement that starts or ends a transaction, whatever the deadline.
    private func control(_ sql: String) throws(SQLiteError) {
        let statement = try prepare(sql)
        while try statement.stepRegardless() {}
    }

    /// Ends an open transaction without its changes. It cannot fail for a reason that the next BEGIN would not meet too.
    private func rollBack() {
        memory = nil
        if isInTransaction { try? control("ROLLBACK") }
    }

    private func undoSavepoint() {
        do {
            try control("ROLLBACK TO readout")
            try control("RELEASE readout")
        } catch {
            // The body ended the savepoint by SQL of its own. What it changed can only be undone with all the rest.
            rollBack()
        }
    }

    private func withoutCommits<Result>(_ body: () throws -> Result) rethrows -> Result {
        hooks.refusesCommit = true
        defer { hooks.refusesCommit = false }
        return try body()
    }

    var transactionLost: SQLiteError {
        SQLiteError(code: .abortRollback, message: "the transaction was rolled back before its end")
    }
}

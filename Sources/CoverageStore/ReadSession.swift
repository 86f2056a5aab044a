// SPDX-License-Identifier: Apache-2.0

internal import SQLite

/// The reading side of one event loop: a connection of its own, and one read transaction around all the requests of a
/// batch, since beginning one costs more than most of what is read in it. Not Sendable: it belongs to one thread.
package final class ReadSession {
    private let database: CoverageDatabase
    private let connection: Connection
    private let deadline: Duration
    /// The version read before the open transaction began; nil when none is open.
    private var snapshot: UInt64?

    /// - Parameter deadline: how long the reading for one request may take.
    package init(_ database: CoverageDatabase, deadline: Duration) throws {
        self.database = database
        self.deadline = deadline
        do { connection = try Connection(path: database.path, mode: .readOnly) } catch { throw StoreFailure(error) }
    }

    /// Reads within the batch's transaction; a newer one replaces it when something was committed since it began.
    package func read<Result>(_ body: (Reader) throws -> Result) throws -> Result {
        do { try refresh() } catch let error as SQLiteError {
            end()
            throw StoreFailure(error)
        }
        return try glance(body)
    }

    /// Reads without beginning a transaction, each statement by itself: what needs nothing of the database does not fail with it.
    package func glance<Result>(_ body: (Reader) throws -> Result) throws -> Result {
        do {
            return try connection.withDeadline(deadline) { try body(Reader(connection)) }
        } catch let error as SQLiteError {
            end()
            throw StoreFailure(error)
        }
    }

    private func refresh() throws {
        let version = database.version
        if snapshot == version { return }
        end()
        try connection.beginRead()
        snapshot = version
    }

    /// Lets the snapshot go, so that checkpoints are not held up and the next reading is fresh.
    package func end() {
        guard snapshot != nil else { return }
        snapshot = nil
        // It can only fail when the transaction is gone already, which is what was wanted.
        try? connection.endRead()
    }
}

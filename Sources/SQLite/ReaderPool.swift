// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Read connections for threads that have none of their own, opened when first needed and lent for the time of a closure: as many
/// as there are such threads, at most.
package final class ReaderPool: Sendable {
    /// `@unchecked` because a connection is in this box only while nobody uses it, and leaves it under the lock of `idle`.
    private struct Idle: @unchecked Sendable {
        let connection: Connection
    }

    private let path: String
    /// The file that all of them are to be open on.
    private let file: FileIdentity?
    private let idle = Mutex<[Idle]>([])

    package init(path: String) {
        self.path = path
        file = FileIdentity(path)
    }

    /// How many connections are open and not lent.
    package var idleCount: Int { idle.withLock { $0.count } }

    /// Lends a connection in a transaction that reads one snapshot.
    package func read<Result>(_ body: (Connection) throws -> Result) throws -> Result {
        let connection = try idle.withLock { $0.popLast() }?.connection ?? open()
        defer {
            // A connection that cannot end its transaction is not fit for the next one.
            if !connection.isInTransaction {
                let box = Idle(connection: connection)
                idle.withLock { $0.append(box) }
            }
        }
        return try connection.readTransaction { try body(connection) }
    }

    private func open() throws(SQLiteError) -> Connection {
        // Another file would be read with the log of this one.
        if let file, FileIdentity(path) != file {
            throw SQLiteError(code: .readOnlyMoved, message: "\(path): the file was removed or replaced")
        }
        return try Connection(path: path, mode: .readOnly)
    }
}

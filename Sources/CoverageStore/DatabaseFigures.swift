// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SQLite

/// How a database is doing, for those who watch it.
package struct DatabaseFigures: Sendable {
    /// The sizes of the file and of its log, in bytes; nil when there is none.
    package let fileBytes: Int?
    package let logBytes: Int?
    package let writer: WriterFigures
    package let busyCount: Int
    package let deadlineCount: Int
    /// The number of the last change.
    package let dataVersion: Int?
    /// When the last backup was made, in seconds since 1970; nil when none was.
    package let lastBackup: Int?
}

extension CoverageDatabase {
    /// What can be said at this moment: what a broken database does not tell is left out.
    package func figures() -> DatabaseFigures {
        let known = try? read { (try $0.dataVersion(), try $0.lastBackup()) }
        return DatabaseFigures(
            fileBytes: Self.size(of: path), logBytes: Self.size(of: path + "-wal"), writer: writer.figures,
            busyCount: SQLiteCounters.busyCount, deadlineCount: SQLiteCounters.deadlineCount,
            dataVersion: known?.0, lastBackup: known?.1)
    }

    private static func size(of path: String) -> Int? {
        var status = stat()
        // Unsafe: the path is read and the structure written during the call.
        return unsafe stat(path, &status) == 0 ? Int(status.st_size) : nil
    }
}

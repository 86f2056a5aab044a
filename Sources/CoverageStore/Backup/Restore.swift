// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SQLite

/// Puts a backup in the place of a database.
package enum Restore {
    /// Checks the backup, then puts it where the database is to be. Until then the database is as it was; after it, a database
    /// that was there is kept under another name.
    ///
    /// The line that the numbers of changes belong to begins anew: those that were given out since the backup come again.
    /// Revisions do not: whoever read a record before cannot overwrite what became of it since (`firstRevision`).
    ///
    /// - Parameter replace: whether there may be a database already.
    /// - Returns: where the former database is now; nil when there was none.
    /// - Throws: `BackupFault`, `LockFileError` when a process writes the database, `MigrationError`, `FileError`.
    package static func perform(
        _ backup: String, to database: String, migrations: Migrator, replace: Bool
    ) throws -> (check: BackupCheck, kept: String?) {
        let database = LockFile.resolved(database)
        let lock = try LockFile(database: database)
        guard replace || !Backup.exists(database) else {
            throw BackupFault(
                "there is a database \(database) already; --force puts the backup in its place and keeps it")
        }
        let check = try BackupCheck(of: backup, migrations: migrations, scratch: ReplacedFile.folder(of: database))
        guard check.isClean else { throw BackupFault("\(backup) is as it was written, but its data is not sound") }
        var file = try ReplacedFile(database)
        let copied = try BackupCheck.copy(backup, to: file.temporaryPath)
        try BackupDigest(beside: backup).expect(copied, of: backup)
        try beginEpoch(of: file.temporaryPath)
        let kept = try setAside(database)
        try file.take()
        _ = lock.path
        return (check, kept)
    }

    /// The least revision that may be given out: nil but in a restored database, where it is the time of restoring in
    /// milliseconds. No record was changed as often as that since, so that each revision means one state even if the same
    /// backup is restored twice.
    static func firstRevision(on connection: Connection) throws -> Int? {
        guard case .integer(let first)? = try connection.scalar("SELECT value FROM counters WHERE name = 'revision'")
        else { return nil }
        return Int(first)
    }

    private static func beginEpoch(of path: String) throws {
        do {
            let connection = try Connection(path: path, mode: .readWrite)
            if try connection.scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'feed'") == .integer(1) {
                try connection.execute("UPDATE feed SET epoch = lower(hex(randomblob(8)))")
                try connection.run(
                    "INSERT INTO counters VALUES ('revision', ?1) ON CONFLICT (name) DO UPDATE SET value = max(value, ?1)",
                    .integer(Timestamp.unixMilliseconds()))
            }
            try connection.checkpoint(.truncate)
        }
        for ending in ["-wal", "-shm"] { _ = unsafe unlink(path + ending) }
    }

    /// Gives the database a second name, and its log with it: without that it would be older than it was, and beside
    /// another file of its name it would be taken for that one's. A log may be all that is left of it.
    /// - Returns: what it is called now; nil when nothing was there.
    private static func setAside(_ database: String) throws -> String? {
        let kept = "\(database).replaced-\(Backup.compactTime())"
        let (hasFile, hasLog) = (Backup.exists(database), Backup.exists(database + "-wal"))
        // Unsafe, as above: paths are read during the calls.
        guard unsafe !hasFile || link(database, kept) == 0 else {
            throw FileError("cannot keep \(database) as \(kept)", errno)
        }
        guard unsafe !hasLog || rename(database + "-wal", kept + "-wal") == 0 else {
            throw FileError("cannot keep \(database)-wal", errno)
        }
        _ = unsafe unlink(database + "-shm")
        return hasFile ? kept : hasLog ? kept + "-wal" : nil
    }
}

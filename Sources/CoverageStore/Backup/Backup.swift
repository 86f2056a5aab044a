// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import SQLite

/// A copy of the database at one moment, with its digest beside it.
package struct Backup: Sendable, Equatable {
    package let path: String
    package let byteCount: Int
    package let sha256: String
    /// Whether the database keeps the time of it: not when there is no room, or its file is gone. The backup is as good.
    package fileprivate(set) var isNoted = false

    /// Copies the database of a connection, as that sees it.
    /// - Parameters:
    ///   - path: of the backup; where there is a folder, the backup gets the time for a name.
    ///   - replace: whether the backup may take the place of another.
    static func make(from connection: Connection, to path: String, replace: Bool) throws -> Backup {
        let path = isFolder(path) ? "\(path)\(path.hasSuffix("/") ? "" : "/")readout-\(compactTime()).sqlite" : path
        let digestPath = BackupDigest.path(for: path)
        guard !belongs(path, to: connection.path) else {
            throw BackupFault("\(path) is the database or a file beside it that it needs; name another file")
        }
        for taken in [path, digestPath] where !replace && exists(taken) {
            throw BackupFault("\(taken) is there already; --force replaces a backup")
        }
        guard isBackup(path) || ![path, digestPath].contains(where: exists) else {
            throw BackupFault("\(path) is no backup with its digest beside it: move it away, or name another file")
        }
        var file = try ReplacedFile(path)
        try connection.copy(to: file.temporaryPath)
        let digest = try BackupDigest(of: file.temporaryPath, named: path)
        var digestFile = try ReplacedFile(digestPath)
        try digestFile.write(Array(digest.line.utf8))
        let byteCount = size(of: file.temporaryPath)
        // Both are on the disk before either is replaced. The digest first: by it what is there is known as a backup.
        try file.sync()
        try digestFile.take()
        try file.take()
        return Backup(path: path, byteCount: byteCount, sha256: digest.hex)
    }

    /// Copies a database that nobody writes, of whatever schema.
    /// - Throws: `LockFileError` when somebody does.
    package static func make(ofIdle database: String, to path: String, replace: Bool) throws -> Backup {
        let lock = try LockFile(database: database)
        // For writing, since what a crash left in the log is then brought into the file.
        let connection = try Connection(path: database, mode: .readWrite)
        var backup = try make(from: connection, to: path, replace: replace)
        backup.isNoted = (try? note(on: connection)) != nil
        _ = lock.path
        return backup
    }

    /// Keeps the time of the last backup, in databases that have a place for it.
    fileprivate static func note(on connection: Connection) throws {
        let counters = try connection.scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'counters'")
        guard counters == .integer(1) else { return }
        try connection.run(
            "INSERT INTO counters VALUES ('backup', ?1) ON CONFLICT (name) DO UPDATE SET value = ?1",
            .integer(Int64(Timestamp.unixTime())))
    }

    /// Whether a backup is there, or its digest alone: as far as can be told without reading all of it.
    private static func isBackup(_ path: String) -> Bool {
        guard (try? BackupDigest(beside: path)) != nil else { return false }
        guard exists(path) else { return true }
        struct Enough: Error {}
        var header: [UInt8] = []
        try? FilePieces.forEach(of: path) { piece in
            header = Array(piece.prefix(16))
            throw Enough()
        }
        return header == Array("SQLite format 3\0".utf8)
    }

    /// Whether a path is that of the database, or of a file beside it by which it is used.
    private static func belongs(_ path: String, to database: String) -> Bool {
        ["", "-wal", "-shm", "-journal", ".lock", ".sock"].contains { ending in
            // By either name where the database is a link: the socket file is beside that.
            [database, LockFile.resolved(database)].contains { canonical(path) == canonical($0 + ending) }
        }
    }

    /// A path without symbolic links, whether there is such a file or not.
    private static func canonical(_ path: String) -> String {
        if exists(path) { return LockFile.resolved(path) }
        return LockFile.resolved(ReplacedFile.folder(of: path)) + "/" + (path.split(separator: "/").last ?? "")
    }

    // Unsafe below: paths are read during the calls, and the structure is written by them.

    static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func size(of path: String) -> Int {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// `20260131T120000Z`: sorts as time goes by, and is a file's name anywhere.
    static func compactTime() -> String { Timestamp.now().filter { $0 != "-" && $0 != ":" } }
}

extension CoverageDatabase {
    /// Copies the database while it is written: what is in the copy is one moment's. Takes as long as the file is large.
    package func backUp(to path: String, replace: Bool) throws -> Backup {
        var backup = try read { try Backup.make(from: $0.connection, to: path, replace: replace) }
        backup.isNoted = (try? transact { connection, _ in try Backup.note(on: connection) }) != nil
        return backup
    }
}

extension Reader {
    /// When the last backup was made, in seconds since 1970; nil when none was.
    package func lastBackup() throws -> Int? {
        let row = try connection.prepare("SELECT value FROM counters WHERE name = 'backup'")
        return try row.step() ? row.int(0) : nil
    }
}

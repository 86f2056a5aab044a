// SPDX-License-Identifier: Apache-2.0

internal import Digests
package import SQLite

/// One database file with its one writer and its readers: the door to everything in this module.
package final class CoverageDatabase: Sendable {
    package let path: String
    private let writer: Writer
    private let readers: ReaderPool

    /// Opens the file as its one writer, creating it when it is missing.
    /// - Parameter mayMigrate: whether it is brought to the schema of these migrations; else it must be there already.
    /// - Throws: `LockFileError` when another process writes it, `MigrationError`, `PendingMigrations`, `SQLiteError`.
    package init(path: String, migrations: Migrator, mayMigrate: Bool = true) throws {
        self.path = path
        writer = try Writer(path: path) { connection in
            if mayMigrate {
                _ = try migrations.migrate(connection)
            } else if let next = try migrations.pending(on: connection).first {
                throw PendingMigrations(path: path, next: next.name)
            }
            try ListWriter.renew(on: connection)
        }
        readers = ReaderPool(path: path, limit: 4)
    }

    /// The migrations of a folder, their checksums by SHA-256.
    package static func migrations(in directory: String) throws -> Migrator {
        try Migrator(Migration.load(directory: directory) { SHA256.hex(of: $0) })
    }

    /// How far a database is: each migration with the time it was applied, nil when it is pending. Takes no lock.
    package static func status(
        of path: String, migrations: Migrator
    ) throws -> [(name: String, appliedAt: String?)] {
        let connection = try Connection(path: path, mode: .readOnly)
        let pending = try migrations.pending(on: connection)
        let applied = try migrations.applied(on: connection)
        return applied.map { (name: "\($0.number) \($0.name)", appliedAt: $0.appliedAt) }
            + pending.map { (name: "\($0.number) \($0.name)", appliedAt: nil) }
    }

    /// Moves on with each commit. Read it before the transaction whose results you keep under it.
    package var version: UInt64 { writer.dataVersion }

    /// Waits for what is being written, then lets go of the file.
    package func close() { writer.close() }

    /// Reads one snapshot on a connection lent for the time of the closure, which may take as long as it needs.
    package func read<Result>(_ body: (Reader) throws -> Result) throws -> Result {
        try StoreFailure.mapping { try readers.read { try body(Reader($0)) } }
    }

    /// Loads the seeds: all or nothing.
    package func load(_ seeds: SeedFiles) throws -> SeedReport {
        let set = try SeedSet(seeds)
        return try write { try SeedLoader.load(set, with: $0) }
    }

    /// Stores the text of one article.
    package func importArticle(source: String, bytes: [UInt8], replace: Bool) throws -> ImportReport {
        try write { try ArticleImport(with: $0).store(source: source, bytes: bytes, replace: replace) }
    }

    /// True when no record was ever loaded.
    package func isEmpty() throws -> Bool {
        try read { try $0.dataVersion() == 0 }
    }

    /// Runs one job of the writer, all or nothing.
    func write<Result: Sendable>(_ body: @escaping @Sendable (Recorder) throws -> Result) throws -> Result {
        try StoreFailure.mapping {
            try writer.perform { connection in
                let recorder = Recorder(connection, at: Timestamp.now())
                let result = try body(recorder)
                try recorder.finish()
                return result
            }
        }
    }
}

/// A database that is older than the program, where it must not be changed.
package struct PendingMigrations: Error, CustomStringConvertible {
    let path: String
    let next: String

    package var description: String {
        "\(path) is older than this program: the migration '\(next)' is pending; run 'readout migrate'"
    }
}

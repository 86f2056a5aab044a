// SPDX-License-Identifier: Apache-2.0

internal import Digests
package import SQLite

/// One database file with its one writer and its readers: the door to everything in this module.
package final class CoverageDatabase: Sendable {
    package let path: String
    private let writer: Writer
    private let readers: ReaderPool

    /// Opens the file, creating it when it is missing, and brings it to the schema of these migrations.
    /// - Throws: `LockFileError` when another process writes it, `MigrationError`, `SQLiteError`.
    package init(path: String, migrations: Migrator) throws {
        self.path = path
        writer = try Writer(path: path) { connection in _ = try migrations.migrate(connection) }
        readers = ReaderPool(path: path, limit: 4)
    }

    /// The migrations of a folder, their checksums by SHA-256.
    package static func migrations(in directory: String) throws -> Migrator {
        try Migrator(Migration.load(directory: directory) { SHA256.hex(of: $0) })
    }

    /// Moves on with each commit. Read it before the transaction whose results you keep under it.
    package var version: UInt64 { writer.dataVersion }

    /// Waits for what is being written, then lets go of the file.
    package func close() { writer.close() }

    /// A connection of the caller's own, for a thread that reads all the time.
    package func makeConnection() throws -> Connection { try Connection(path: path, mode: .readOnly) }

    /// Reads one snapshot on a connection lent for the time of the closure.
    package func read<Result>(_ body: (Reader) throws -> Result) throws -> Result {
        try readers.read { try body(Reader($0)) }
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

    private func write<Result: Sendable>(_ body: @escaping @Sendable (Recorder) throws -> Result) throws -> Result {
        try writer.perform { try body(Recorder($0, at: Timestamp.now())) }
    }
}

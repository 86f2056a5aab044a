// SPDX-License-Identifier: Apache-2.0

internal import Digests
internal import JSON
package import SQLite
internal import Synchronization

/// One database file with its one writer and its readers: the way in to everything in this module.
package final class CoverageDatabase: Sendable {
    /// The last migration that this program's statements are written for.
    package static let schema = 8

    package let path: String
    let writer: Writer
    /// The copy that was made before the database was migrated; nil when it was not, or held nothing.
    package let backupBeforeMigration: Backup?
    /// The first migration that the database lacks; nil when it is at this program's schema.
    package let pendingMigration: String?
    private let readers: ReaderPool
    let changesKept: Int
    /// The names that texts are searched for.
    package let names = NameCache()

    /// Opens the file as its one writer, creating it when it is missing.
    /// - Parameters:
    ///   - schema: what is done about a schema older than that of these migrations.
    ///   - changesKept: how many changes can be read again; 0 for all.
    ///   - limits: how much is written at once.
    ///   - report: told, before it begins, of what may take minutes in a large database.
    /// - Throws: `LockFileError` when another process writes it, `MigrationError`, `PendingMigrations`, `SQLiteError`.
    package init(
        path: String, migrations: Migrator, schema: SchemaPolicy = .migrate, changesKept: Int = 0,
        limits: WriterLimits = WriterLimits(), report: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
        self.path = path
        self.changesKept = changesKept
        let outcome = Mutex<(backup: Backup?, pending: String?)>((nil, nil))
        writer = try Writer(path: path, limits: limits) { connection in
            if let next = try migrations.pending(on: connection).first {
                switch schema {
                case .migrate:
                    if next.number > 1 { report("the database is copied, then migrated, from \(next.name) on") }
                    let backup = try Self.backUp(connection, before: next)
                    outcome.withLock { $0.backup = backup }
                    try migrations.migrate(connection)
                case .require: throw PendingMigrations(path: path, next: next.name)
                // What is not there cannot be renewed.
                case .accept: return outcome.withLock { $0.pending = next.name }
                }
            }
            let tell = try Self.isUntouched(connection) ? { _ in } : report
            try ListWriter.renew(on: connection, report: tell)
            try History.begin(on: connection)
            try ArticleNames.renew(on: connection, changesKept: changesKept)
            try FingerprintStore.renew(on: connection, report: tell)
        }
        (backupBeforeMigration, pendingMigration) = outcome.withLock { $0 }
        readers = ReaderPool(path: path)
    }

    /// What to do with a database whose schema is older than the program's. A newer one is always refused.
    package enum SchemaPolicy: Sendable {
        /// It is copied to a file beside it, unless it is empty, and brought to the program's.
        case migrate
        /// It is refused.
        case require
        /// It is taken as it is: what needs the new schema fails.
        case accept
    }

    /// Nothing was ever written to it.
    private static func isUntouched(_ connection: Connection) throws -> Bool {
        try connection.scalar("SELECT value FROM counters WHERE name = 'change'") == .integer(0)
    }

    /// The copy takes the place of one that an earlier attempt at the same migration has left.
    private static func backUp(_ connection: Connection, before migration: Migration) throws -> Backup? {
        guard migration.number > 1, try !isUntouched(connection) else { return nil }
        return try Backup.make(
            from: connection, to: "\(connection.path).before-\(migration.number)", replace: true)
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

    /// Reads one snapshot of a database file, beside a process that writes it or without one. Takes no lock.
    /// - Throws: `PendingMigrations` when it is older than this program, `MigrationError`, `SQLiteError`.
    package static func read<Result>(
        _ path: String, migrations: Migrator, _ body: (Reader) throws -> Result
    ) throws -> Result {
        let connection = try Connection(path: path, mode: .readOnly)
        return try connection.readTransaction {
            if let next = try migrations.pending(on: connection).first {
                throw PendingMigrations(path: path, next: next.name)
            }
            return try body(Reader(connection))
        }
    }

    /// Moves on with each commit. Read it before the transaction whose results you keep under it.
    package var version: UInt64 { writer.dataVersion }

    /// Whether the path still names the file that is open here; if not, nothing more is written.
    package var hasItsFile: Bool { writer.hasItsFile }

    /// Has this called after each commit that changed something, on the writer's queue and before those who wrote it are
    /// answered. It must not block. To be set once, before there is anybody to be told.
    package func onCommit(_ body: @escaping @Sendable () -> Void) { writer.onCommit(body) }

    /// Waits for what is being written, then lets go of the file.
    package func close() { writer.close() }

    /// Reads one snapshot on a connection lent for the time of the closure, which may take as long as it needs.
    package func read<Result>(_ body: (Reader) throws -> Result) throws -> Result {
        try StoreFailure.mapping { try readers.read { try body(Reader($0)) } }
    }

    /// Loads the seeds: all or nothing, but for what editors have changed since.
    /// - Parameter force: whether the seeds win over that too.
    /// - Parameter request: the number of the request that asks for it.
    package func load(_ seeds: SeedFiles, force: Bool = false, request: String? = nil) throws -> SeedReport {
        let set = try SeedSet(seeds)
        return try write(.seed, by: .operator(request: request, action: force ? "seed, by force" : "seed")) {
            try SeedLoader.load(set, force: force, with: $0)
        }
    }

    /// Makes changes, all of them or none, and returns at once. They are committed together with what others ask for
    /// meanwhile.
    /// - Parameters:
    ///   - faults: what is wrong with the request beside the edits; then none is made, and all is told together.
    ///   - key: what makes the request safe to repeat, where it is.
    ///   - deadline: how long the statements of each hundred edits may take together.
    ///   - answer: makes the answer from what has been written; it is kept under the key with the changes.
    ///   - completion: called on the writer's queue when all is on disk or nothing was done; must not block there. It fails
    ///     with an `EditRefusal`, a `StoreFailure`, or what `answer` throws.
    /// - Throws: when too much waits to be written, or the database is closed.
    package func edit(
        _ edits: [Edit], besides faults: [FaultList.Fault] = [], by author: Author, key: IdempotencyKey? = nil,
        deadline: Duration, answer: @escaping @Sendable (Reader, [EditOutcome]) throws -> KeptAnswer,
        completion: @escaping @Sendable (Result<EditResult, any Error>) -> Void
    ) throws(StoreFailure) {
        try submit(
            job(edits, besides: faults, by: author, key: key, deadline: deadline, answer: answer),
            completion: completion)
    }

    /// What the writer does to make changes.
    func job(
        _ edits: [Edit], besides faults: [FaultList.Fault], by author: Author, key: IdempotencyKey?, deadline: Duration,
        answer: @escaping @Sendable (Reader, [EditOutcome]) throws -> KeptAnswer
    ) -> Job {
        job(by: author, key: key, deadline: deadline * (1 + edits.count / 100)) { [changesKept, names] connection in
            let recorder = Recorder(
                connection, origin: .editor, author: author, changesKept: changesKept, names: names)
            let outcomes = try Editor(recorder, besides: faults).perform(edits)
            return try answer(Reader(connection), outcomes)
        }
    }

    /// Accepts, edits or rejects a proposal, and returns at once.
    /// - Parameters: as of `edit`; `completion` can also fail with a `ProposalRefusal`.
    package func decide(
        _ edit: ProposalEdit, by author: Author, key: IdempotencyKey? = nil, deadline: Duration,
        answer: @escaping @Sendable (Reader, StoredProposal) throws -> KeptAnswer,
        completion: @escaping @Sendable (Result<EditResult, any Error>) -> Void
    ) throws(StoreFailure) {
        let job = job(by: author, key: key, deadline: deadline) { [changesKept, names] connection in
            let recorder = Recorder(
                connection, origin: .editor, author: author, changesKept: changesKept, names: names)
            let rehearsal = Recorder(
                connection, origin: .editor, author: author, changesKept: changesKept, names: names)
            let proposal = try ProposalEditor(recorder, rehearsal: rehearsal).perform(edit)
            return try answer(Reader(connection), proposal)
        }
        try submit(job, completion: completion)
    }

    typealias Job = @Sendable (Connection) throws -> EditResult

    /// Work of the writer whose answer is kept under the key, or was.
    private func job(
        by author: Author, key: IdempotencyKey?, deadline: Duration,
        _ work: @escaping @Sendable (Connection) throws -> KeptAnswer
    ) -> Job {
        { connection in
            try connection.withDeadline(deadline) {
                try Self.admit(author, on: connection)
                return try KeptAnswers.once(key, on: connection) { try work(connection) }
            }
        }
    }

    private func submit(
        _ job: @escaping Job, completion: @escaping @Sendable (Result<EditResult, any Error>) -> Void
    ) throws(StoreFailure) {
        do {
            try writer.submit(job) { result in
                completion(result.mapError { ($0 as? SQLiteError).map { StoreFailure($0) } ?? $0 })
            }
        } catch { throw StoreFailure(error) }
    }

    /// True when no record was ever loaded.
    package func isEmpty() throws -> Bool {
        try read { try $0.dataVersion() == 0 }
    }

    /// Runs one job of the writer that changes no records, all or nothing, at the time given.
    func transact<Result: Sendable>(
        _ body: @escaping @Sendable (Connection, _ time: String) throws -> Result
    ) throws -> Result {
        try StoreFailure.mapping { try writer.perform { try body($0, Timestamp.now()) } }
    }

    /// Looks at an author's token again: it may have been revoked since the request was let in.
    /// - Throws: `EditRefusal.tokenOver`.
    static func admit(_ author: Author, on connection: Connection) throws {
        guard let token = author.token else { return }
        if try Reader(connection).token(id: token)?.state(at: Timestamp.unixTime()) != .active {
            throw EditRefusal.tokenOver
        }
    }

    func write<Result: Sendable>(
        _ origin: Origin, by author: Author,
        _ body: @escaping @Sendable (Recorder) throws -> Result
    ) throws -> Result {
        try StoreFailure.mapping {
            try writer.perform { [changesKept, names] connection in
                try Self.admit(author, on: connection)
                let recorder = Recorder(
                    connection, origin: origin, author: author, changesKept: changesKept, names: names)
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

// SPDX-License-Identifier: Apache-2.0

/// Brings a database to the schema of this program, forward only, and refuses what it cannot vouch for.
///
/// What has been applied is recorded in the table `migrations`; `PRAGMA user_version` is the last number.
package struct Migrator: Sendable {
    /// What marks a database file as ours: "RDOT" in ASCII.
    package static let applicationID = 0x5244_4F54

    /// A migration that has been run on a database.
    package struct Applied: Hashable, Sendable {
        package let number: Int
        package let name: String
        package let checksum: String
        /// When, in UTC, as `2026-01-31T12:00:00Z`.
        package let appliedAt: String
    }

    /// In order, numbered from 1 without gaps.
    package let migrations: [Migration]

    package init(_ migrations: [Migration]) throws(MigrationError) {
        self.migrations = migrations.sorted { $0.number < $1.number }
        var expected = 1
        for migration in self.migrations {
            if migration.number == expected - 1 { throw .duplicateNumber(migration.number) }
            guard migration.number == expected else { throw .missingNumber(expected) }
            expected += 1
        }
    }

    /// What has been run on the database, in order.
    package func applied(on connection: Connection) throws -> [Applied] {
        guard try hasRecord(connection) else { return [] }
        let statement = try connection.prepare(
            "SELECT number, name, checksum, applied_at FROM migrations ORDER BY number")
        var applied: [Applied] = []
        while try statement.step() {
            applied.append(
                Applied(
                    number: statement.int(0), name: statement.text(1), checksum: statement.text(2),
                    appliedAt: statement.text(3)))
        }
        return applied
    }

    /// What is still to be run, after a check that the database is ours, not newer, and was made by these migrations.
    package func pending(on connection: Connection) throws -> [Migration] {
        try checkOwner(of: connection)
        let applied = try applied(on: connection)
        let version = try max(integer("PRAGMA user_version", connection), applied.last?.number ?? 0)
        guard version <= migrations.count else {
            throw MigrationError.newerDatabase(database: version, program: migrations.count)
        }
        for (migration, record) in zip(migrations, applied)
        where (migration.number, migration.name, migration.checksum) != (record.number, record.name, record.checksum) {
            throw MigrationError.changed(number: migration.number, name: migration.name)
        }
        return Array(migrations.dropFirst(applied.count))
    }

    /// Runs what is pending, each in a transaction of its own, so that a failure leaves the database at the one before.
    ///
    /// Foreign keys are not enforced meanwhile, as rebuilding a table needs; they are checked before each commit.
    ///
    /// - Returns: what has been run.
    @discardableResult
    package func migrate(_ connection: Connection) throws -> [Migration] {
        let pending = try pending(on: connection)
        if pending.isEmpty { return [] }
        try connection.withoutForeignKeys {
            if try !hasRecord(connection) { try connection.transaction { try createRecord(connection) } }
            for migration in pending {
                do {
                    try connection.transaction { try apply(migration, to: connection) }
                } catch let error as SQLiteError {
                    throw MigrationError.failed(number: migration.number, name: migration.name, error)
                }
            }
        }
        return pending
    }
}

extension Migrator {
    private func apply(_ migration: Migration, to connection: Connection) throws {
        try connection.execute(migration.sql)
        try checkReferences(after: migration, on: connection)
        try connection.run(
            """
            INSERT INTO migrations (number, name, checksum, applied_at)
            VALUES (?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
            """, .integer(Int64(migration.number)), .text(migration.name), .text(migration.checksum))
        try connection.execute("PRAGMA user_version = \(migration.number)")
    }

    private func createRecord(_ connection: Connection) throws {
        try connection.execute(
            """
            CREATE TABLE migrations (
                number INTEGER PRIMARY KEY,
                name TEXT NOT NULL,
                checksum TEXT NOT NULL,
                applied_at TEXT NOT NULL
            ) STRICT;
            PRAGMA application_id = \(Self.applicationID);
            """)
    }

    private func checkReferences(after migration: Migration, on connection: Connection) throws {
        let statement = try connection.prepare("PRAGMA foreign_key_check")
        guard try statement.step() else { return }
        let table = statement.text(0)
        var violations = 1
        while try statement.step() { violations += 1 }
        throw MigrationError.brokenReferences(number: migration.number, table: table, violations: violations)
    }

    /// A file without an application id is taken only when it is empty.
    private func checkOwner(of connection: Connection) throws {
        let owner = try integer("PRAGMA application_id", connection)
        if owner == Self.applicationID { return }
        guard owner == 0, try integer("SELECT count(*) FROM sqlite_schema", connection) == 0 else {
            throw MigrationError.foreignDatabase(applicationID: owner)
        }
    }

    private func hasRecord(_ connection: Connection) throws -> Bool {
        try integer("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'", connection) == 1
    }

    private func integer(_ sql: String, _ connection: Connection) throws -> Int {
        let statement = try connection.prepare(sql)
        return try statement.step() ? statement.int(0) : 0
    }
}

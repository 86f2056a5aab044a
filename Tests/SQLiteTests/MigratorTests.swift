// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import SQLite

@Suite struct MigratorTests {
    let folder: ScratchFolder
    let connection: Connection

    init() throws {
        folder = try ScratchFolder()
        connection = try Connection(path: folder.database, mode: .readWrite)
    }

    private static let people = Migration(
        number: 1, name: "people", sql: "CREATE TABLE person (id INTEGER PRIMARY KEY) STRICT;", checksum: "aa")
    private static let quotes = Migration(
        number: 2, name: "quotes",
        sql: """
            CREATE TABLE quote (person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE) STRICT;
            INSERT INTO person VALUES (1);
            INSERT INTO quote VALUES (1);
            """, checksum: "bb")

    private func failure(_ migrations: [Migration]) throws -> MigrationError? {
        let migrator = try Migrator(migrations)
        return #expect(throws: MigrationError.self) { try migrator.migrate(connection) }
    }

    @Test func pendingMigrationsAreRunAndRecorded() throws {
        let first = try Migrator([Self.people])
        #expect(try first.pending(on: connection) == [Self.people])
        #expect(try first.migrate(connection) == [Self.people])
        let both = try Migrator([Self.quotes, Self.people])
        #expect(try both.pending(on: connection) == [Self.quotes])
        #expect(try both.migrate(connection) == [Self.quotes])
        #expect(try both.migrate(connection) == [])
        let applied = try both.applied(on: connection)
        #expect(applied.map(\.number) == [1, 2])
        #expect(applied.map(\.name) == ["people", "quotes"])
        #expect(applied.map(\.checksum) == ["aa", "bb"])
        #expect(applied.allSatisfy { $0.appliedAt.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil })
        #expect(try connection.scalar("PRAGMA user_version") == .integer(2))
        #expect(try connection.scalar("PRAGMA application_id") == .integer(0x5244_4F54))
        #expect(try connection.scalar("PRAGMA foreign_keys") == .integer(1))
        let reader = try Connection(path: folder.database, mode: .readOnly)
        #expect(try both.pending(on: reader) == [])
    }

    @Test func numbersRunFromOneWithoutGaps() {
        func numbered(_ numbers: Int...) throws {
            _ = try Migrator(numbers.map { Migration(number: $0, name: "m", sql: "", checksum: "") })
        }
        #expect(throws: MigrationError.missingNumber(1)) { try numbered(2) }
        #expect(throws: MigrationError.missingNumber(2)) { try numbered(1, 3) }
        #expect(throws: MigrationError.duplicateNumber(1)) { try numbered(1, 2, 1) }
        #expect(throws: MigrationError.self) { try numbered(0, 1) }
        #expect(throws: Never.self) { try numbered() }
    }

    @Test func aChangedMigrationIsRefused() throws {
        try Migrator([Self.people]).migrate(connection)
        let edited = Migration(number: 1, name: "people", sql: Self.people.sql, checksum: "ab")
        #expect(try failure([edited, Self.quotes]) == .changed(number: 1, name: "people"))
        let renamed = Migration(number: 1, name: "persons", sql: Self.people.sql, checksum: "aa")
        #expect(try failure([renamed]) == .changed(number: 1, name: "persons"))
        #expect(try connection.scalar("PRAGMA user_version") == .integer(1))
    }

    @Test func aNewerDatabaseIsRefused() throws {
        try Migrator([Self.people, Self.quotes]).migrate(connection)
        let error = try failure([Self.people])
        #expect(error == .newerDatabase(database: 2, program: 1))
        #expect(
            error?.description == "the database is at migration 2, newer than this program, which knows 1")
    }

    @Test func theDatabaseOfAnotherProgramIsRefused() throws {
        try connection.execute("PRAGMA application_id = 252006673")
        #expect(try failure([Self.people]) == .foreignDatabase(applicationID: 252_006_673))
        try connection.execute("PRAGMA application_id = 0; CREATE TABLE theirs (a)")
        #expect(try failure([Self.people]) == .foreignDatabase(applicationID: 0))
        #expect(try connection.scalar("SELECT count(*) FROM sqlite_schema") == .integer(1))
    }

    @Test func aFailureKeepsWhatWentBefore() throws {
        let broken = Migration(
            number: 3, name: "broken", sql: "CREATE TABLE half (a); CREATE TABEL other (a);", checksum: "cc")
        let error = try failure([Self.people, Self.quotes, broken])
        guard case .failed(3, "broken", let cause) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(cause.sql?.contains("TABEL") == true)
        #expect(try connection.scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'half'") == .integer(0))
        #expect(try connection.scalar("PRAGMA user_version") == .integer(2))
        #expect(try connection.scalar("PRAGMA foreign_keys") == .integer(1))
        #expect(!connection.isInTransaction)
    }

    @Test func aMigrationCannotCommitHalfOfItself() throws {
        let sly = Migration(
            number: 2, name: "sly", sql: "CREATE TABLE half (a); COMMIT; CREATE TABLE rest (a);", checksum: "cc")
        #expect(try failure([Self.people, sly]) != nil)
        let half = try connection.scalar("SELECT count(*) FROM sqlite_schema WHERE name IN ('half', 'rest')")
        #expect(half == .integer(0))
    }

    @Test func brokenReferencesAreRefused() throws {
        let dangling = Migration(
            number: 3, name: "dangling", sql: "INSERT INTO quote VALUES (8), (9)", checksum: "cc")
        let error = try failure([Self.people, Self.quotes, dangling])
        #expect(error == .brokenReferences(number: 3, table: "quote", violations: 2))
        #expect(try connection.scalar("SELECT count(*) FROM quote") == .integer(1))
    }

    @Test func rebuildingATableKeepsWhatRefersToIt() throws {
        let rebuild = Migration(
            number: 3, name: "rebuild",
            sql: """
                CREATE TABLE person_new (id INTEGER PRIMARY KEY, name TEXT) STRICT;
                INSERT INTO person_new (id) SELECT id FROM person;
                DROP TABLE person;
                ALTER TABLE person_new RENAME TO person;
                """, checksum: "cc")
        try Migrator([Self.people, Self.quotes, rebuild]).migrate(connection)
        #expect(try connection.scalar("SELECT count(*) FROM quote") == .integer(1))
        // Enforced again afterwards.
        #expect(throws: SQLiteError.self) { try connection.execute("INSERT INTO quote VALUES (5)") }
    }
}

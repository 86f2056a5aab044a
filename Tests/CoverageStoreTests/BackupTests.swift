// SPDX-License-Identifier: Apache-2.0

import Foundation
import SQLite
import Synchronization
import TestSupport
import Testing

@testable import CoverageStore

@Suite struct BackupTests {
    private let folder: ScratchFolder
    private let migrations: Migrator

    init() throws {
        folder = try ScratchFolder()
        migrations = try CoverageDatabase.migrations(in: Repository.migrations)
    }

    private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    private func check(_ backup: String) throws -> BackupCheck {
        try BackupCheck(of: backup, migrations: migrations, scratch: folder.path)
    }

    /// Makes the digest anew, as somebody would who tampers with both.
    private func renewDigest(of backup: String) throws {
        let digest = try BackupDigest(of: backup, named: backup)
        try Data(digest.line.utf8).write(to: URL(filePath: BackupDigest.path(for: backup)))
    }

    private func edit(_ backup: String, _ sql: String) throws {
        do {
            let connection = try Connection(path: backup, mode: .readWrite)
            try connection.execute("PRAGMA foreign_keys = OFF; \(sql)")
            try connection.checkpoint(.truncate)
        }
        try renewDigest(of: backup)
    }

    @Test func copyHasAllThereIsAndADigestThatOthersCanCheck() throws {
        let coverage = try TestCoverage()
        try coverage.importTexts()
        let backup = try coverage.database.backUp(to: path("a.sqlite"), replace: false)
        let found = try check(backup.path)
        #expect(found.isClean)
        #expect(found.sha256 == backup.sha256)
        #expect((found.schema, found.program) == (migrations.migrations.count, migrations.migrations.count))
        #expect(found.report == (try coverage.database.read { try $0.check() }))
        #expect(found.report.verified > 0)
        #expect(try Shell.require("cd \(folder.path) && sha256sum -c a.sqlite.sha256").contains("a.sqlite: OK"))
        #expect(try Shell.require("stat -c %s:%a \(backup.path)") == "\(backup.byteCount):600\n")
        // Neither of the backup nor of its proof is anything left behind.
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
                "a.sqlite", "a.sqlite.sha256",
            ])
    }

    @Test func copyIsOfOneMomentWhoeverWrites() throws {
        let coverage = try TestCoverage()
        let isDone = Atomic<Bool>(false)
        let written = Atomic<Int>(0)
        let writer = Thread {
            while !isDone.load(ordering: .relaxed) {
                let number = written.load(ordering: .relaxed)
                try? coverage.addArticles(number..<number + 1)
                written.add(1, ordering: .relaxed)
            }
        }
        writer.start()
        defer { isDone.store(true, ordering: .relaxed) }
        var earlier = 0
        for round in 0..<10 {
            while written.load(ordering: .relaxed) <= earlier { usleep(1000) }
            let before = written.load(ordering: .relaxed)
            let backup = try coverage.database.backUp(to: path("\(round).sqlite"), replace: false)
            let found = try check(backup.path)
            #expect(found.isClean, "\(found.report)")
            let copy = try Connection(path: backup.path, mode: .readOnly)
            guard case .integer(let articles)? = try copy.scalar("SELECT count(*) FROM articles") else { continue }
            // What was answered before is in it, and each article came with its change.
            #expect(articles >= before + 3)
            let changes = try copy.scalar("SELECT count(*) FROM changes WHERE type = 'article' AND change = 'created'")
            #expect(changes == .integer(articles))
            earlier = before
        }
    }

    @Test func backupsAreReplacedOnlyWhereThatIsAsked() throws {
        let coverage = try TestCoverage()
        let first = try coverage.database.backUp(to: path("a.sqlite"), replace: false)
        #expect(throws: BackupFault.self) { try coverage.database.backUp(to: first.path, replace: false) }
        try coverage.addArticles(0..<1)
        let second = try coverage.database.backUp(to: first.path, replace: true)
        #expect(second.sha256 != first.sha256)
        #expect(try check(second.path).isClean)
        try FileManager.default.removeItem(atPath: first.path)
        // A digest alone would be replaced too.
        #expect(throws: BackupFault.self) { try coverage.database.backUp(to: first.path, replace: false) }
    }

    /// A slip of the hand must not cost the database, or any other file.
    @Test(arguments: ["", "-wal", "-shm", "-journal", ".lock", ".sock"]) func noBackupTakesThePlaceOfTheDatabase(
        ending: String
    ) throws {
        let coverage = try TestCoverage()
        let database = coverage.database.path
        try FileManager.default.createSymbolicLink(
            atPath: path("link"), withDestinationPath: (database as NSString).deletingLastPathComponent)
        let linked = path("link/") + (database as NSString).lastPathComponent
        for target in [database + ending, linked + ending] {
            for replace in [false, true] {
                let error = #expect(throws: BackupFault.self) {
                    try coverage.database.backUp(to: target, replace: replace)
                }
                #expect(error?.description.contains("is the database or a file beside it") == true)
            }
        }
        #expect(try coverage.findings() == [])
    }

    @Test func onlyBackupsAreReplaced() throws {
        let coverage = try TestCoverage()
        try "notes".write(toFile: path("notes"), atomically: true, encoding: .utf8)
        // Others' files have such digests, too.
        let digest = "\(String(repeating: "0", count: 64))  notes\n"
        for beside in [nil, "0  notes\n", digest] {
            try beside?.write(toFile: path("notes.sha256"), atomically: true, encoding: .utf8)
            let error = #expect(throws: BackupFault.self) {
                try coverage.database.backUp(to: path("notes"), replace: true)
            }
            #expect(error?.description.contains("is no backup") == true)
            #expect(try String(contentsOfFile: path("notes"), encoding: .utf8) == "notes")
        }
    }

    @Test func backupInAFolderIsNamedByTheTime() throws {
        let coverage = try TestCoverage()
        let backup = try coverage.database.backUp(to: folder.path, replace: false)
        #expect(backup.path.hasPrefix(path("readout-20")))
        #expect(backup.path.hasSuffix("Z.sqlite"))
        #expect(try check(backup.path).isClean)
    }

    @Test func timeOfTheLastBackupIsKept() throws {
        let coverage = try TestCoverage()
        #expect(try coverage.database.read { try $0.lastBackup() } == nil)
        let before = Timestamp.unixTime()
        let backup = try coverage.database.backUp(to: path("a.sqlite"), replace: false)
        let last = try #require(try coverage.database.read { try $0.lastBackup() })
        #expect(before...Timestamp.unixTime() ~= last && backup.isNoted)
    }

    @Test func backupThatCannotBeWrittenLeavesNothing() throws {
        let coverage = try TestCoverage()
        #expect(throws: FileError.self) {
            try coverage.database.backUp(to: "/proc/readout.sqlite", replace: false)
        }
        #expect(throws: FileError.self) { try coverage.database.backUp(to: path("none/a.sqlite"), replace: false) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    /// SQLite itself finds a flipped bit only where it breaks the structure of the file.
    @Test func flippedBitsAreFoundEveryTime() throws {
        let coverage = try TestCoverage()
        let backup = try coverage.database.backUp(to: path("a.sqlite"), replace: false)
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        let digest = BackupDigest.path(for: backup.path)
        for _ in 0..<1000 {
            // One in ten strikes the digest itself.
            let file = Int.random(in: 0..<10, using: &generator) == 0 ? digest : backup.path
            let handle = try #require(FileHandle(forUpdatingAtPath: file))
            let offset = try UInt64.random(in: 0..<handle.seekToEnd(), using: &generator)
            let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
            try handle.seek(toOffset: offset)
            let byte = try #require(try handle.read(upToCount: 1)?.first)
            try handle.seek(toOffset: offset)
            try handle.write(contentsOf: [byte ^ bit])
            #expect(throws: BackupFault.self, "seed \(seed), \(file) at \(offset), bit \(bit)") {
                try BackupDigest.check(backup.path)
            }
            try handle.seek(toOffset: offset)
            try handle.write(contentsOf: [byte])
            try handle.close()
        }
        try BackupDigest.check(backup.path)
    }

    @Test(arguments: ["truncate -s -1", "truncate -s +1", "truncate -s 0", "rm"])
    func filesOfAnotherLengthAreFound(_ command: String) throws {
        let coverage = try TestCoverage()
        let backup = try coverage.database.backUp(to: path("a.sqlite"), replace: false)
        try Shell.require("\(command) \(backup.path)")
        #expect(throws: (any Error).self) { try check(backup.path) }
    }

    @Test func digestOfAnotherFileIsNone() throws {
        let coverage = try TestCoverage()
        let backup = try coverage.database.backUp(to: path("a.sqlite"), replace: false)
        try Shell.require("cp \(backup.path) \(path("b.sqlite")); cp \(backup.path).sha256 \(path("b.sqlite.sha256"))")
        #expect(throws: BackupFault.self) { try BackupDigest.check(path("b.sqlite")) }
        try Shell.require("rm \(path("b.sqlite.sha256"))")
        #expect(throws: BackupFault.self) { try BackupDigest.check(path("b.sqlite")) }
    }

    /// With the digest made anew for each: what the digest cannot find.
    @Test(arguments: [
        ("DROP INDEX issues_name", "index issues_name is missing"),
        ("CREATE TABLE guest (a INTEGER) STRICT", "table guest is made by no migration"),
        (
            "DROP INDEX issues_name; CREATE INDEX issues_name ON issues (id)",
            "index issues_name is not as its migration"
        ),
    ])
    func schemaIsHeldAgainstItsMigrations(_ sql: String, _ fault: String) throws {
        let coverage = try TestCoverage()
        let backup = try coverage.database.backUp(to: path("a.sqlite"), replace: false)
        try edit(backup.path, sql)
        let found = try check(backup.path)
        #expect(!found.isClean)
        #expect(found.schemaFaults.count == 1)
        #expect(found.schemaFaults.first?.hasPrefix(fault) == true, "\(found.schemaFaults)")
    }

    @Test func rowsThatReferToNothingAreFound() throws {
        let coverage = try TestCoverage()
        let backup = try coverage.database.backUp(to: path("a.sqlite"), replace: false)
        try edit(backup.path, "DELETE FROM people WHERE id = (SELECT person_id FROM event_participants LIMIT 1)")
        let found = try check(backup.path)
        #expect(!found.isClean)
        #expect(found.brokenReferences.contains { $0.hasPrefix("event_participants: ") }, "\(found.brokenReferences)")
    }

    @Test func citationsThatDoNotHoldAreFound() throws {
        let coverage = try TestCoverage()
        try coverage.importTexts()
        let backup = try coverage.database.backUp(to: path("a.sqlite"), replace: false)
        try edit(backup.path, "UPDATE paragraphs SET text = 'something else'")
        let found = try check(backup.path)
        #expect(!found.isClean)
        #expect(!found.report.failures.isEmpty)
    }

    @Test func schemaOfANewerProgramIsRefused() throws {
        let coverage = try TestCoverage()
        let backup = try coverage.database.backUp(to: path("a.sqlite"), replace: false)
        let older = try Migrator(Array(migrations.migrations.dropLast()))
        #expect(throws: MigrationError.self) {
            try BackupCheck(of: backup.path, migrations: older, scratch: folder.path)
        }
    }

    @Test func olderSchemaIsCheckedAsTheProgramWouldBringItUp() throws {
        let database = path("old.sqlite")
        let older = try Migrator(Array(migrations.migrations.prefix(3)))
        do { try older.migrate(Connection(path: database, mode: .readWrite)) }
        let backup = try Backup.make(ofIdle: database, to: path("a.sqlite"), replace: false)
        let found = try check(backup.path)
        #expect(found.isClean)
        #expect(found.schema == 3)
        #expect(try foldersLeft().isEmpty)
    }

    private func foldersLeft() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("readout-check") }
    }

    /// A damaged database has damaged backups, whose digests hold.
    @Test func damagedDatabaseHasDamagedBackups() throws {
        let coverage = try TestCoverage()
        let backup = try coverage.database.backUp(to: path("a.sqlite"), replace: false)
        let handle = try #require(FileHandle(forWritingAtPath: backup.path))
        try handle.seek(toOffset: 4096)
        try handle.write(contentsOf: Data(repeating: 0xFF, count: 40 * 4096))
        try handle.close()
        try renewDigest(of: backup.path)
        let fault = #expect(throws: BackupFault.self) { try check(backup.path) }
        #expect(fault?.description.contains("was damaged then") == true, "\(fault?.description ?? "")")
        #expect(try foldersLeft().isEmpty)
    }

    /// All that was written is in it, though the file has no name any more.
    @Test func databaseThatIsGoneCanStillBeBackedUp() throws {
        let coverage = try TestCoverage()
        _ = try coverage.database.isEmpty()
        try Shell.require("rm \(coverage.database.path) \(coverage.database.path)-wal \(coverage.database.path)-shm")
        #expect(throws: StoreFailure.self) { try coverage.addArticles(0..<1) }
        let backup = try coverage.database.backUp(to: path("a.sqlite"), replace: false)
        #expect(!backup.isNoted)
        #expect(try check(backup.path).isClean)
    }
}

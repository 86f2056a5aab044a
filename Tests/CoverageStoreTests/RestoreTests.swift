// SPDX-License-Identifier: Apache-2.0

import Coverage
import Dispatch
import Foundation
import JSON
import SQLite
import TestSupport
import Testing

@testable import CoverageStore

@Suite struct RestoreTests {
    private let folder: ScratchFolder
    private let migrations: Migrator
    private let backup: Backup
    private let epoch: String

    init() throws {
        folder = try ScratchFolder()
        migrations = try CoverageDatabase.migrations(in: Repository.migrations)
        let coverage = try TestCoverage()
        epoch = try coverage.database.read { try $0.epoch() }
        backup = try coverage.database.backUp(to: folder.path + "/backup.sqlite", replace: false)
    }

    private var database: String { folder.path + "/data.sqlite" }

    private func open() throws -> CoverageDatabase { try CoverageDatabase(path: database, migrations: migrations) }

    @discardableResult
    private func restore(replace: Bool = false) throws -> String? {
        try Restore.perform(backup.path, to: database, migrations: migrations, replace: replace).kept
    }

    @Test func restoredDatabaseHasTheDataAndANewEpoch() throws {
        #expect(try restore() == nil)
        let restored = try open()
        defer { restored.close() }
        #expect(try restored.read { try $0.check() }.isClean)
        #expect(try restored.read { try $0.dataVersion() } == 49)
        #expect(try restored.read { try $0.epoch() } != epoch)
    }

    /// Revisions do not come again, so that no one overwrites what they have not read.
    @Test func restoredDatabaseGivesOutNewRevisions() throws {
        func change(_ aliases: JSONValue) throws -> Int {
            let live = try open()
            defer { live.close() }
            let edit = Edit(.person, .patch(id: "ilse-marn", with: ["aliases": aliases], if: .present))
            let isDone = DispatchSemaphore(value: 0)
            try live.edit([edit], by: TestCoverage.desk, deadline: .seconds(30)) { _, _ in
                KeptAnswer(status: 200, fields: [], content: [])
            } completion: { _ in
                isDone.signal()
            }
            isDone.wait()
            return try #require(try live.read { try $0.record("ilse-marn", of: Person.self) }).revision
        }
        try restore()
        let first = [try change(["I. M."]), try change(["Marn"])]
        #expect(first[1] == first[0] + 1 && first[0] > 2)
        try restore(replace: true)
        #expect(try change(["Ilse"]) > first[1])
        let restored = try open()
        defer { restored.close() }
        #expect(try restored.read { try $0.check() }.isClean)
    }

    @Test func databaseInUseIsLeftAlone() throws {
        let live = try open()
        defer { live.close() }
        #expect(throws: LockFileError.self) { try restore(replace: true) }
        #expect(try live.isEmpty())
    }

    @Test func databaseThatIsThereIsReplacedOnlyWhereThatIsAskedAndKept() throws {
        do {
            let former = try open()
            _ = try former.importArticle(source: "a.txt", bytes: Array("A harbour opens\n".utf8), replace: false)
            former.close()
        }
        #expect(throws: BackupFault.self) { try restore() }
        let kept = try #require(try restore(replace: true))
        let restored = try open()
        #expect(try restored.read { try $0.record("a-harbour-opens", of: Article.self) } == nil)
        restored.close()
        let former = try CoverageDatabase(path: kept, migrations: migrations)
        defer { former.close() }
        #expect(try former.read { try $0.record("a-harbour-opens", of: Article.self) } != nil)
    }

    /// A crash leaves what was written last in the log: it belongs to the former database, not to the restored one.
    @Test func logOfTheFormerDatabaseGoesWithIt() throws {
        let source = folder.path + "/crashed"
        try FileManager.default.createDirectory(atPath: source, withIntermediateDirectories: false)
        let live = try CoverageDatabase(path: source + "/data.sqlite", migrations: migrations)
        _ = try live.importArticle(source: "a.txt", bytes: Array("A harbour opens\n".utf8), replace: false)
        // As it is on the disk when the process is killed.
        try Shell.require("cp \(source)/data.sqlite \(source)/data.sqlite-wal \(folder.path)/")
        live.close()
        #expect(FileManager.default.fileExists(atPath: database + "-wal"))
        let kept = try #require(try restore(replace: true))
        #expect(!FileManager.default.fileExists(atPath: database + "-wal"))
        let restored = try open()
        #expect(try restored.read { try $0.dataVersion() } == 49)
        restored.close()
        let former = try CoverageDatabase(path: kept, migrations: migrations)
        defer { former.close() }
        #expect(try former.read { try $0.record("a-harbour-opens", of: Article.self) } != nil)
    }

    /// Beside the restored file it would be taken for that one's.
    @Test func logThatIsLeftAloneIsSetAside() throws {
        try Data("what was written last".utf8).write(to: URL(filePath: database + "-wal"))
        let kept = try #require(try restore())
        #expect(kept.hasSuffix("-wal") && FileManager.default.contents(atPath: kept)?.count == 21)
        let restored = try open()
        defer { restored.close() }
        #expect(try restored.read { try $0.check() }.isClean)
    }

    @Test func brokenDatabaseIsReplaced() throws {
        try Data(repeating: 0x5A, count: 9000).write(to: URL(filePath: database))
        #expect(throws: (any Error).self) { try open() }
        let kept = try #require(try restore(replace: true))
        #expect(FileManager.default.contents(atPath: kept)?.count == 9000)
        let restored = try open()
        defer { restored.close() }
        #expect(try restored.read { try $0.check() }.isClean)
    }

    @Test func backupThatDoesNotHoldChangesNothing() throws {
        try restore()
        let before = try BackupDigest(of: database, named: database)
        try Shell.require("printf x | dd of=\(backup.path) bs=1 seek=5000 conv=notrunc 2>&1")
        #expect(throws: BackupFault.self) { try restore(replace: true) }
        #expect(try BackupDigest(of: database, named: database) == before)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.filter { $0.contains("partial") || $0.contains("check") || $0.contains("replaced") } == [])
    }
}

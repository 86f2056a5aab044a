// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization
import TestSupport
import Testing

@testable import SQLite

@Suite struct ReaderPoolTests {
    struct Stop: Error {}

    let folder: ScratchFolder
    let writer: Writer

    init() throws {
        folder = try ScratchFolder()
        writer = try Writer(path: folder.database) { try $0.execute("CREATE TABLE t (a)") }
    }

    @Test func connectionsAreOpenedOnDemandAndUsedAgain() throws {
        let pool = ReaderPool(path: folder.database)
        #expect(pool.idleCount == 0)
        let first = try pool.read { ObjectIdentifier($0) }
        #expect(pool.idleCount == 1)
        #expect(try pool.read { ObjectIdentifier($0) } == first)
        try pool.read { _ in try pool.read { #expect(ObjectIdentifier($0) != first) } }
        #expect(pool.idleCount == 2)
    }

    @Test func aReadSeesOneSnapshotAndTheNextOneTheCommit() throws {
        let pool = ReaderPool(path: folder.database)
        let insert: @Sendable (Connection) throws -> Void = { try $0.execute("INSERT INTO t VALUES (1)") }
        try pool.read { connection in
            try writer.perform(insert)
            #expect(try connection.scalar("SELECT count(*) FROM t") == .integer(0))
        }
        #expect(try pool.read { try $0.scalar("SELECT count(*) FROM t") } == .integer(1))
    }

    @Test func anErrorGivesTheConnectionBack() throws {
        let pool = ReaderPool(path: folder.database)
        #expect(throws: Stop.self) { try pool.read { _ in throw Stop() } }
        #expect(throws: SQLiteError.self) { try pool.read { try $0.execute("INSERT INTO t VALUES (1)") } }
        #expect(pool.idleCount == 1)
        #expect(try pool.read { $0.isInTransaction })
        let missing = ReaderPool(path: folder.database + "x")
        for _ in 0..<2 { #expect(throws: SQLiteError.self) { try missing.read { _ in } } }
    }

    /// Another file would be read with the log of the first.
    @Test func aFileThatTookThePlaceIsNotOpened() throws {
        let pool = ReaderPool(path: folder.database)
        try pool.read { _ in }
        try FileManager.default.moveItem(atPath: folder.database, toPath: folder.path("away.db"))
        try FileManager.default.copyItem(atPath: folder.path("away.db"), toPath: folder.database)
        try pool.read { _ in
            let error = #expect(throws: SQLiteError.self) { try pool.read { _ in } }
            #expect(error?.code == .readOnlyMoved)
        }
        #expect(pool.idleCount == 1)
    }

    /// However many they are: none waits for another to end.
    @Test func eachThreadHasOneToItself() throws {
        let pool = ReaderPool(path: folder.database)
        let count = 8
        let (all, ended) = (DispatchGroup(), DispatchGroup())
        let inside = Mutex(Set<ObjectIdentifier>())
        // All are expected before the first begins: it could meet nobody else, and leave, otherwise.
        for _ in 0..<count {
            all.enter()
            ended.enter()
        }
        for _ in 0..<count {
            Thread.detachNewThread {
                defer { ended.leave() }
                #expect(throws: Never.self) {
                    try pool.read { connection in
                        inside.withLock { _ = $0.insert(ObjectIdentifier(connection)) }
                        all.leave()
                        #expect(all.wait(timeout: .now() + 10) == .success)
                        let rows = try connection.scalar("SELECT count(*) FROM t")
                        #expect(rows == .integer(0))
                    }
                }
            }
        }
        ended.wait()
        #expect(inside.withLock { $0.count } == count)
        #expect(pool.idleCount == count)
    }
}

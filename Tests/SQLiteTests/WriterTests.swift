// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization
import TestSupport
import Testing

@testable import SQLite

@Suite struct WriterTests {
    struct Stop: Error {}

    let folder: ScratchFolder
    let writer: Writer

    init() throws {
        folder = try ScratchFolder()
        var limits = WriterLimits()
        limits.waiting = 200
        limits.log = 4 << 20
        writer = try Writer(path: folder.database, limits: limits) { connection in
            try connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY) STRICT")
            try connection.execute("CREATE TABLE child (a REFERENCES t DEFERRABLE INITIALLY DEFERRED)")
            try connection.checkpoint(.truncate)
        }
    }

    private func insert(_ number: Int) -> @Sendable (Connection) throws -> Int {
        { connection in
            try connection.run("INSERT INTO t VALUES (?)", .integer(Int64(number)))
            return number
        }
    }

    /// What another connection sees.
    private func rows() throws -> [Int] {
        let reader = try Connection(path: folder.database, mode: .readOnly)
        let statement = try reader.prepare("SELECT a FROM t ORDER BY a")
        var rows: [Int] = []
        while try statement.step() { rows.append(statement.int(0)) }
        return rows
    }

    /// Runs the jobs as one batch, and gives their results in the order of the jobs.
    private func batch<Value: Sendable>(
        _ jobs: [@Sendable (Connection) throws -> Value]
    ) throws -> [Result<Value, any Error>] {
        let isHeld = DispatchSemaphore(value: 0)
        let mayGo = DispatchSemaphore(value: 0)
        let results = Mutex<[Int: Result<Value, any Error>]>([:])
        let group = DispatchGroup()
        // While this one is on its way the others queue up.
        try writer.submit { _ in
            isHeld.signal()
            mayGo.wait()
        } completion: { _ in
        }
        isHeld.wait()
        for (index, job) in jobs.enumerated() {
            group.enter()
            try writer.submit(job) { result in
                results.withLock { $0[index] = result }
                group.leave()
            }
        }
        mayGo.signal()
        group.wait()
        return try results.withLock { found in try jobs.indices.map { try #require(found[$0]) } }
    }

    /// A file without a name ends with the process, and another of its name is not ours.
    @Test(arguments: [false, true]) func nothingIsWrittenToAFileThatIsGone(isReplaced: Bool) throws {
        _ = try writer.perform(insert(1))
        try FileManager.default.moveItem(atPath: folder.database, toPath: folder.path("away.db"))
        if isReplaced { try folder.write("another", to: "test.db") }
        #expect(!writer.hasItsFile)
        let error = #expect(throws: SQLiteError.self) { try writer.perform(insert(2)) }
        #expect(error?.code == .readOnlyMoved)
        if isReplaced { #expect(try String(contentsOfFile: folder.database, encoding: .utf8) == "another") }
        try Shell.require("mv \(folder.path("away.db")) \(folder.database)")
        #expect(writer.hasItsFile)
        _ = try writer.perform(insert(3))
        #expect(try rows() == [1, 3])
    }

    @Test func whatIsPerformedIsCommitted() throws {
        #expect(try writer.perform(insert(7)) == 7)
        #expect(try rows() == [7])
    }

    @Test func whatQueuesUpIsOneCommit() throws {
        let before = writer.dataVersion
        let results = try batch((1...100).map(insert))
        #expect(try results.map { try $0.get() } == Array(1...100))
        #expect(try rows() == Array(1...100))
        #expect(writer.dataVersion == before + 1)
    }

    /// Two that write without a pause would else each have the commit of the other to wait for.
    @Test func thoseWhoWriteOneAfterTheOtherComeToShareCommits() throws {
        let rounds = 12
        let failures = Mutex(0)
        let (writer, clients) = (writer, DispatchGroup())
        for client in 0..<2 {
            clients.enter()
            // Threads of their own: a queue with none to spare would have one client wait until the other is done.
            Thread.detachNewThread {
                for round in 0..<rounds {
                    do {
                        _ = try writer.perform { connection in
                            Thread.sleep(forTimeInterval: 0.04)
                            try connection.run("INSERT INTO t VALUES (?)", .integer(Int64(client * rounds + round)))
                        }
                    } catch { failures.withLock { $0 += 1 } }
                }
                clients.leave()
            }
        }
        clients.wait()
        #expect(failures.withLock { $0 } == 0)
        #expect(try rows() == Array(0..<(2 * rounds)))
        #expect(writer.figures.jobs == UInt64(2 * rounds))
        #expect(writer.figures.batches.reduce(0, +) < UInt64(2 * rounds))
    }

    @Test func aCommitTakesNoMoreJobsThanItMay() throws {
        var limits = WriterLimits()
        limits.batch = 3
        let other = try ScratchFolder()
        let writer = try Writer(path: other.database, limits: limits) { try $0.execute("CREATE TABLE t (a)") }
        let (isHeld, mayGo, group) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0), DispatchGroup())
        let versions = Mutex<[UInt64]>([])
        let before = writer.dataVersion
        try writer.submit { _ in
            isHeld.signal()
            mayGo.wait()
        } completion: { _ in
        }
        isHeld.wait()
        for _ in 0..<7 {
            group.enter()
            try writer.submit {
                try $0.run("INSERT INTO t VALUES (1)")
            } completion: { _ in
                versions.withLock { $0.append(writer.dataVersion - before) }
                group.leave()
            }
        }
        mayGo.signal()
        group.wait()
        #expect(versions.withLock { $0 } == [1, 1, 1, 2, 2, 2, 3])
        writer.close()
    }

    @Test func aFailingJobHarmsNoOther() throws {
        let failing: @Sendable (Connection) throws -> Int = { connection in
            try connection.run("INSERT INTO t VALUES (50)")
            throw Stop()
        }
        let results = try batch([insert(1), failing, insert(2), insert(1), insert(3)])
        #expect(try results[0].get() == 1)
        #expect(throws: Stop.self) { try results[1].get() }
        #expect(try results[2].get() == 2)
        #expect(#expect(throws: SQLiteError.self) { try results[3].get() }?.code == .constraintPrimaryKey)
        #expect(try results[4].get() == 3)
        #expect(try rows() == [1, 2, 3])
    }

    /// The others are run again only where a job that fails has written; then each by itself, however many fail.
    @Test func theOthersAreRunAgainOnlyAfterAWrite() throws {
        let runs = Atomic<Int>(0)
        let counted: @Sendable (Connection) throws -> Int = { connection in
            runs.add(1, ordering: .relaxed)
            try connection.run("INSERT INTO t SELECT coalesce(max(a), 0) + 1 FROM t")
            return 0
        }
        let reading: @Sendable (Connection) throws -> Int = { connection in
            _ = try connection.scalar("SELECT count(*) FROM t")
            throw Stop()
        }
        let writing: @Sendable (Connection) throws -> Int = { connection in
            try connection.run("INSERT INTO t VALUES (99)")
            throw Stop()
        }
        let defining: @Sendable (Connection) throws -> Int = { connection in
            try connection.run("CREATE TABLE u (a)")
            throw Stop()
        }
        _ = try batch([counted, reading, counted])
        #expect(runs.load(ordering: .relaxed) == 2)
        let results = try batch([counted, writing, counted, reading, writing, counted, defining])
        #expect(runs.load(ordering: .relaxed) == 2 + 1 + 3)
        for index in [1, 3, 4, 6] { #expect(throws: Stop.self) { try results[index].get() } }
        #expect(try rows() == [1, 2, 3, 4, 5])
        _ = try batch([counted, defining])
        #expect(
            try writer.perform { try $0.scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'u'") } == .integer(0))
    }

    @Test func aJobWhoseFailureEndsTheTransactionHarmsNoOther() throws {
        let overdue: @Sendable (Connection) throws -> Int = { connection in
            try connection.withDeadline(.milliseconds(5)) {
                try connection.run(
                    "INSERT INTO t WITH n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n")
            }
            return 0
        }
        let committing: @Sendable (Connection) throws -> Int = { connection in
            try connection.run("INSERT INTO t VALUES (60)")
            try? connection.execute("COMMIT")
            try? connection.execute("INSERT INTO t VALUES (61)")
            return 0
        }
        let releasing: @Sendable (Connection) throws -> Int = { connection in
            try connection.run("INSERT INTO t VALUES (65)")
            try connection.execute("RELEASE readout")
            throw Stop()
        }
        let dangling: @Sendable (Connection) throws -> Int = { connection in
            try connection.run("INSERT INTO child VALUES (70)")
            return 0
        }
        let results = try batch([
            insert(1), overdue, insert(2), committing, insert(3), dangling, insert(4), releasing, insert(5),
        ])
        for (index, number) in [(0, 1), (2, 2), (4, 3), (6, 4), (8, 5)] { #expect(try results[index].get() == number) }
        #expect(#expect(throws: SQLiteError.self) { try results[1].get() }?.isDeadline == true)
        #expect(throws: SQLiteError.self) { try results[3].get() }
        #expect(#expect(throws: SQLiteError.self) { try results[5].get() }?.code == .constraintForeignKey)
        #expect(throws: Stop.self) { try results[7].get() }
        #expect(try rows() == [1, 2, 3, 4, 5])
    }

    @Test func aFailedCommitFailsTheWholeBatch() throws {
        let folder = folder
        let fillDisk: @Sendable (Connection) throws -> Int = { [path = folder.path] connection in
            try connection.run("INSERT INTO t VALUES (2)")
            // The log's descriptor now leads to a device that is always full.
            try replaceDescriptor(of: path + "/test.db-wal", by: "/dev/full")
            return 2
        }
        let before = writer.dataVersion
        let results = try batch([insert(1), fillDisk, insert(3)])
        for result in results {
            let error = #expect(throws: SQLiteError.self) { try result.get() }
            #expect(error?.code.primary == .full)
        }
        #expect(writer.dataVersion == before)
        #expect(throws: SQLiteError.self) { try writer.perform(insert(4)) }
        #expect(try rows() == [])
    }

    /// What was refused because of another's change is told only when that is on disk; here it never gets there.
    @Test func aRefusalDoesNotOutliveWhatItRestsOn() throws {
        let folder = folder
        let refusing: @Sendable (Connection) throws -> Int = { connection in
            if try connection.scalar("SELECT count(*) FROM t") != .integer(0) { throw Stop() }
            return 0
        }
        let refused: @Sendable (Connection) throws -> Int = { _ in throw Stop() }
        let fillDisk: @Sendable (Connection) throws -> Int = { [path = folder.path] connection in
            try connection.run("INSERT INTO t VALUES (2)")
            try replaceDescriptor(of: path + "/test.db-wal", by: "/dev/full")
            return 2
        }
        let results = try batch([refused, insert(1), refusing, fillDisk])
        #expect(throws: Stop.self) { try results[0].get() }
        for result in results[1...] {
            #expect(#expect(throws: SQLiteError.self) { try result.get() }?.code.primary == .full)
        }
        #expect(try rows() == [])
    }

    /// A refusal that rests on a change which is undone with another job's is given up, and the job has another try.
    @Test func aRefusalIsTriedAgainWithWhatItRestsOn() throws {
        let runs = Atomic<Int>(0)
        let once: @Sendable (Connection) throws -> Int = { connection in
            if runs.add(1, ordering: .relaxed).newValue == 1 { try connection.run("INSERT INTO t VALUES (1)") }
            return 0
        }
        let refusing: @Sendable (Connection) throws -> Int = { connection in
            if try connection.scalar("SELECT count(*) FROM t") != .integer(0) { throw Stop() }
            return 7
        }
        let failing: @Sendable (Connection) throws -> Int = { connection in
            try connection.run("INSERT INTO t VALUES (50)")
            throw Stop()
        }
        let results = try batch([once, refusing, failing])
        #expect(try results[1].get() == 7)
        #expect(throws: Stop.self) { try results[2].get() }
        #expect(try rows() == [])
    }

    @Test func manyThreadsAreAllAnswered() throws {
        let before = writer.dataVersion
        let answered = Mutex<Set<Int>>([])
        let mismatches = Atomic<Int>(0)
        let group = DispatchGroup()
        for thread in 0..<16 {
            group.enter()
            Thread.detachNewThread { [writer] in
                var seen: UInt64 = 0
                for number in (thread * 25)..<(thread * 25 + 25) {
                    do {
                        let answer: Int = try writer.perform { connection in
                            try connection.run("INSERT INTO t VALUES (?)", .integer(Int64(number)))
                            if number % 5 == 0 { throw Stop() }
                            return number
                        }
                        // The version has moved on before the answer came.
                        if writer.dataVersion <= seen { mismatches.add(1, ordering: .relaxed) }
                        answered.withLock { _ = $0.insert(answer) }
                    } catch {
                        if number % 5 != 0 { mismatches.add(1, ordering: .relaxed) }
                    }
                    seen = writer.dataVersion
                }
                group.leave()
            }
        }
        group.wait()
        let expected = (0..<400).filter { $0 % 5 != 0 }
        #expect(mismatches.load(ordering: .relaxed) == 0)
        #expect(answered.withLock { $0.sorted() } == expected)
        #expect(try rows() == expected)
        #expect((before + 1...before + 320).contains(writer.dataVersion))
    }

    @Test func theDataVersionMovesWithChangesOnly() throws {
        var version = writer.dataVersion
        _ = try writer.perform { try $0.scalar("SELECT count(*) FROM t") }
        #expect(writer.dataVersion == version)
        #expect(throws: Stop.self) {
            try writer.perform { connection in
                try connection.run("INSERT INTO t VALUES (1)")
                throw Stop()
            }
        }
        #expect(writer.dataVersion == version)
        for job in ["INSERT INTO t VALUES (2)", "UPDATE t SET a = 3", "CREATE TABLE u (a)", "DELETE FROM t"] {
            try writer.perform { try $0.run(job) }
            #expect(writer.dataVersion == version + 1)
            version += 1
        }
    }

    @Test func theQueueIsBounded() throws {
        let mayGo = DispatchSemaphore(value: 0)
        let isHeld = DispatchSemaphore(value: 0)
        let group = DispatchGroup()
        try writer.submit { _ in
            isHeld.signal()
            mayGo.wait()
        } completion: { _ in
        }
        isHeld.wait()
        for number in 0..<200 {
            group.enter()
            try writer.submit(insert(number)) { _ in group.leave() }
        }
        #expect(throws: WriterError.queueFull(limit: 200)) {
            try writer.submit(insert(1000)) { _ in Issue.record("a refused job was answered") }
        }
        mayGo.signal()
        group.wait()
        #expect(try rows() == Array(0..<200))
    }

    @Test func aJobInsideAJobIsRefused() throws {
        let other = writer
        #expect(throws: WriterError.nested) {
            try writer.perform { _ in try other.perform { _ in } }
        }
    }

    @Test func closingFinishesWhatWaitsAndLeavesOneFile() throws {
        let answers = Atomic<Int>(0)
        for number in 0..<100 {
            try writer.submit(insert(number)) { _ in answers.add(1, ordering: .relaxed) }
        }
        writer.close()
        #expect(answers.load(ordering: .relaxed) == 100)
        #expect(!folder.exists("test.db-wal"))
        #expect(try folder.openDescriptors().isEmpty)
        #expect(throws: WriterError.closed) { try writer.perform(insert(1)) }
        #expect(throws: WriterError.closed) { try writer.submit(insert(1)) { _ in } }
        writer.close()
        #expect(try rows().count == 100)
    }

    @Test func aWriterLetGoOfClosesItself() throws {
        let path = folder.path + "/other.db"
        do { _ = try Writer(path: path) { try $0.execute("CREATE TABLE t (a)") } }
        #expect(try folder.openDescriptors(endingIn: "other.db").isEmpty)
        #expect(throws: Stop.self) { try Writer(path: path) { _ in throw Stop() } }
        try Writer(path: path).close()
    }

    @Test func theLogIsCopiedIntoTheDatabaseAsItGrows() throws {
        func frames() throws -> Int {
            let size = try FileManager.default.attributesOfItem(atPath: folder.database + "-wal")[.size] as? Int
            return (try #require(size)) / 4096
        }
        for _ in 0..<40 {
            try writer.perform { connection in
                try connection.run("CREATE TABLE IF NOT EXISTS big (b)")
                try connection.run("INSERT INTO big VALUES (zeroblob(409600))")
            }
        }
        // Some 4000 pages were written, and the log was used again from its start.
        #expect(try frames() < 2500)
    }
}

/// Puts what `other` leads to in the place of this process's descriptor on the file at `path`.
private func replaceDescriptor(of path: String, by other: String) throws {
    let replacement = unsafe open(other, O_RDWR)
    defer { close(replacement) }
    for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
        guard let descriptor = Int32(name),
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)")) == path
        else { continue }
        dup2(replacement, descriptor)
    }
}

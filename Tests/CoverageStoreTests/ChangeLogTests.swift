// SPDX-License-Identifier: Apache-2.0

import Coverage
import SQLite
import Synchronization
import TestSupport
import Testing

@testable import CoverageStore

@Suite struct ChangeLogTests {
    @Test func everyChangeStandsThereOnceAndInOrder() throws {
        let coverage = try TestCoverage()
        try coverage.database.read { reader in
            let last = try reader.lastChange()
            let all = try reader.changes(after: 0, types: [], limit: .max)
            #expect(all.map(\.number) == Array(1...last))
            #expect(all.allSatisfy { $0.change == .created && $0.revision == 1 })
            #expect(try reader.firstKeptChange() == 1)
            #expect(try reader.changes(after: 5, types: [], limit: 3).map(\.number) == [6, 7, 8])
            #expect(try reader.changes(after: last, types: [], limit: 3).isEmpty)
            for types in [[FactType.event], [.place, .event, .person], FactType.allCases] {
                let some = try reader.changes(after: 3, types: types, limit: .max)
                #expect(some == all.filter { $0.number > 3 && types.contains($0.reference.type) })
                #expect(try reader.countChanges(after: 3, types: types) == .exact(some.count))
            }
        }
        _ = try coverage.database.load(
            EnvoyVisit.seeds(in: "events.json", replacing: "Fish for three.", with: "Fish, late."))
        try coverage.database.read { reader in
            let last = try reader.lastChange()
            let change = try reader.changes(after: last - 1, types: [], limit: 1).first
            #expect(change?.change == .updated && change?.revision == 2 && change?.reference.type == .event)
        }
    }

    @Test func anIndexLeadsToTheChangesOfAType() throws {
        let coverage = try TestCoverage()
        let connection = try Connection(path: coverage.database.path, mode: .readOnly)
        let rows = try connection.prepare(
            """
            EXPLAIN QUERY PLAN SELECT number, id FROM changes WHERE type = ? AND number > ?
            UNION ALL SELECT number, id FROM changes WHERE type = ? AND number > ? ORDER BY number LIMIT ?
            """)
        var steps: [String] = []
        while try rows.step() { steps.append(rows.text(3)) }
        #expect(steps.count { $0.contains("USING INDEX changes_type (type=? AND rowid>?)") } == 2)
        #expect(!steps.contains { $0.contains("TEMP B-TREE") || $0.contains("SCAN") })
    }

    @Test func theOldestAreForgotten() throws {
        let coverage = try TestCoverage(changesKept: 10)
        try coverage.addArticles(0..<7)
        try coverage.database.read { reader in
            let last = try reader.lastChange()
            #expect(last > 20)
            #expect(try reader.firstKeptChange() == last - 9)
            #expect(try reader.changes(after: 0, types: [], limit: 100).map(\.number) == Array((last - 9)...last))
        }
    }

    @Test func anEmptyLogHasAPlaceToGoOnFrom() throws {
        let coverage = try TestCoverage(nil)
        let (last, first, epoch) = try coverage.database.read { reader in
            (try reader.lastChange(), try reader.firstKeptChange(), try reader.epoch())
        }
        #expect(last == 0)
        #expect(first == 1)
        #expect(epoch.count == 16)
    }

    @Test func commitsThatChangeSomethingAreTold() throws {
        let coverage = try TestCoverage()
        let versions = Mutex<[UInt64]>([])
        let database = coverage.database
        let before = database.version
        database.onCommit { [weak database] in
            let version = database?.version ?? 0
            versions.withLock { $0.append(version) }
        }
        _ = try database.load(EnvoyVisit.seeds())
        #expect(versions.withLock { $0 } == [])
        try coverage.addArticles(0..<2)
        #expect(versions.withLock { $0 } == [before + 1, before + 2])
        #expect(throws: (any Error).self) { try database.load(EnvoyVisit.seeds(with: ["events.json": "nothing"])) }
        #expect(versions.withLock { $0.count } == 2)
    }
}

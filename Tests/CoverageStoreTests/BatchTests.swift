// SPDX-License-Identifier: Apache-2.0

import Coverage
import SQLite
import TestSupport
import Testing

@testable import CoverageStore

/// One record and many are read by statements of their own, and are the same.
@Suite struct BatchTests {
    private func expectTheSame<Record: StoredFact>(_ type: Record.Type, on connection: Connection) throws {
        let ids = try Reader(connection).allIDs(of: Record.type).sorted(by: >)
        try #require(ids.count > 1)
        let wanted = ids + ["no-such-record", ids[0]]
        let together = try Record.load(Batch(wanted), from: connection).map { String(reflecting: $0) }
        let apart = try wanted.flatMap { try Record.load(Batch([$0]), from: connection) }.map { String(reflecting: $0) }
        #expect(together == apart)
        #expect(together.count == ids.count + 1)
        let none = try Record.load(Batch([]), from: connection)
        #expect(none.isEmpty)
    }

    /// Few are compared in turn, many hashed.
    @Test(arguments: [0, 1, 2, 15, 16, 17, 40])
    func countsTextsThatDiffer(count: Int) {
        var counted = TextCount()
        for round in 0..<3 {
            for number in 0..<count {
                counted.insert("article-\(number)")
                #expect(counted.count == (round == 0 ? number + 1 : count))
            }
        }
        #expect(counted.count == count)
    }

    @Test func oneIsReadAsManyAre() throws {
        let coverage = try TestCoverage()
        try coverage.importTexts()
        let connection = try Connection(path: coverage.database.path, mode: .readOnly)
        try expectTheSame(Event.self, on: connection)
        try expectTheSame(Person.self, on: connection)
        try expectTheSame(Issue.self, on: connection)
        try expectTheSame(Coverage.Statement.self, on: connection)
        try expectTheSame(Organization.self, on: connection)
        try expectTheSame(Place.self, on: connection)
        try expectTheSame(Discrepancy.self, on: connection)
        try expectTheSame(Article.self, on: connection)
    }

    @Test(
        arguments: [
            ("", []), (" ", []), (" a", ["a"]), ("a ", ["a"]), ("a  b", ["a", "b"]), ("ä b", ["ä", "b"]),
        ] as [(String, [String])])
    func anchorsAreWordsBetweenSpaces(column: String, words: [String]) throws {
        let folder = try ScratchFolder()
        let connection = try Connection(path: folder.path("rows.sqlite"), mode: .readWrite)
        for text in [column, Anchors.join(words)] {
            let row = try connection.prepare("SELECT ?")
            try row.bind(1, text)
            #expect(try row.step())
            #expect(row.anchors(0) == words)
        }
    }
}

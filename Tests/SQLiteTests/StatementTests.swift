// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import SQLite

@Suite struct StatementTests {
    let folder: ScratchFolder
    let connection: Connection

    init() throws {
        folder = try ScratchFolder()
        connection = try Connection(path: folder.database, mode: .readWrite)
    }

    /// What comes back for one bound value.
    private func echo(_ value: some Bindable) throws -> Value {
        let statement = try connection.prepare("SELECT ?")
        try statement.bind(1, value)
        #expect(try statement.step())
        return statement.value(0)
    }

    @Test(arguments: ["", "a", "a-visit-that-was-put-off-and-made-after-all", "Zürich \u{0} and behind"])
    func aSharedTextIsKeptWhileItIsBound(_ text: String) throws {
        weak var owner: AnyObject?
        do {
            let statement = try connection.prepare("SELECT ?1, ?2, typeof(?1), ?3")
            do {
                let shared = SharedText(text)
                owner = shared.owner
                try statement.bind(1, shared)
                // A second one is copied, since the statement keeps one.
                try statement.bind(2, SharedText("\(text) again"))
                try statement.bind(3, text)
            }
            // Nobody else has them any more, over several runs.
            for _ in 0..<2 {
                #expect(try statement.step())
                let row = (0..<4).map { statement.value($0) }
                #expect(row == [.text(text), .text("\(text) again"), .text("text"), .text(text)])
                statement.reset()
            }
            // Bound anew, in place of the one that is kept.
            try statement.bind(1, SharedText("other \(text)"))
            #expect(try statement.step())
            let row = (0..<2).map { statement.value($0) }
            #expect(row == [.text("other \(text)"), .text("\(text) again")])
            let isKept = owner != nil
            #expect(isKept)
        }
        let isKept = owner != nil
        #expect(!isKept)
        // The same prepared statement, lent again.
        let again = try connection.prepare("SELECT ?1, ?2, typeof(?1), ?3")
        try again.bind(2, SharedText("next"))
        #expect(try again.step())
        #expect(again.isNull(0) == true && again.text(1) == "next")
    }

    @Test func aSharedTextServesSeveralStatements() throws {
        let shared = SharedText(#"["one that is long enough", "two"]"#)
        let outer = try connection.prepare("SELECT value FROM json_each(?1)")
        try outer.bind(1, shared)
        #expect(try outer.step())
        for _ in 0..<2 {
            let inner = try connection.prepare("SELECT count(*) FROM json_each(?1)")
            try inner.bind(1, shared)
            #expect(try inner.step())
            #expect(inner.int(0) == 2)
        }
        #expect(try outer.step())
        #expect(outer.text(0) == "two")
    }

    @Test func aSharedTextThatCannotBeBoundIsRefused() throws {
        let other = try connection.prepare("SELECT ?1, 1")
        #expect(throws: SQLiteError.self) { try other.bind(9, SharedText("beyond the last one")) }
        let statement = try connection.prepare("SELECT ?1")
        try statement.bind(1, SharedText("the only one"))
        #expect(try statement.step())
        #expect(throws: SQLiteError.self) { try statement.bind(1, SharedText("while rows are read")) }
        #expect(statement.text(0) == "the only one")
    }

    private static func text(_ bytes: Span<UInt8>) -> String {
        String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
    }

    /// Whatever the second is made into, the first stays where it is.
    @Test(arguments: ["'behind'", "NULL", "''", "X'6265'", "12345678901", "1.5"])
    func lendsTwoTextsAtOnce(second: String) throws {
        let long = String(repeating: "before ", count: 40)
        for (first, column) in [("'\(long)'", long), ("NULL", ""), ("67", "67")] {
            let statement = try connection.prepare("SELECT \(first), \(second)")
            #expect(try statement.step())
            var texts: [String] = []
            statement.lendUTF8(0, 1) { a, b in
                texts = [Self.text(a), Self.text(b)]
            }
            #expect(texts == [column, statement.text(1)])
        }
    }

    @Test func textIsKeptToTheByte() throws {
        let texts = ["", "a\0b", "\0", "Zürich 🇨🇭 👩🏽‍💻 𝕏", "e\u{301}", String(repeating: "é", count: 512 * 1024)]
        for text in texts {
            let statement = try connection.prepare("SELECT ?1, length(CAST(?1 AS BLOB)), typeof(?1)")
            try statement.bind(1, text)
            #expect(try statement.step())
            // As bytes: String's == would take two normal forms for one.
            #expect(Array(statement.text(0).utf8) == Array(text.utf8))
            #expect(statement.int(1) == text.utf8.count)
            #expect(statement.text(2) == "text")
            #expect(statement.withUTF8(0) { span in span.count } == text.utf8.count)
        }
    }

    @Test(
        arguments: [
            ("", []), (" ", []), ("one", ["one"]), (" one  two ", ["one", "two"]),
            ("zażółć gęślą", ["zażółć", "gęślą"]),
            ("a\0b c", ["a\0b", "c"]),
        ] as [(String, [String])])
    func piecesAreWhatStandsBetweenSeparators(text: String, expected: [String]) throws {
        let statement = try connection.prepare("SELECT ?")
        try statement.bind(1, text)
        #expect(try statement.step())
        #expect(statement.pieces(0, separator: UInt8(ascii: " ")) == expected)
    }

    @Test func whatIsNoTextHasNoPieces() throws {
        let statement = try connection.prepare("SELECT NULL")
        #expect(try statement.step())
        #expect(statement.pieces(0, separator: UInt8(ascii: " ")).isEmpty)
    }

    @Test func eachTypeComesBackAsItWas() throws {
        #expect(try echo(Int64.min) == .integer(.min))
        #expect(try echo(42) == .integer(42))
        #expect(try echo(0.1) == .real(0.1))
        #expect(try echo(Double.infinity) == .real(.infinity))
        #expect(try echo(Double.nan) == .null)
        #expect(try echo(true) == .integer(1))
        #expect(try echo([UInt8]()) == .blob([]))
        #expect(try echo([0, 255, 0] as [UInt8]) == .blob([0, 255, 0]))
        #expect(try echo(String?.none) == .null)
        #expect(try echo(Int?.some(7)) == .integer(7))
        #expect(try echo(Value.text("x")) == .text("x"))
    }

    @Test func randomValuesComeBackAsTheyWere() throws {
        var random = SeededGenerator()
        let statement = try connection.prepare("SELECT ?, ?, ?")
        for _ in 0..<300 {
            let text = String(
                decoding: (0..<random.next(upperBound: 40 as UInt64)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }, as: UTF8.self)
            let values: [Value] = [
                .text(text), .integer(Int64.random(in: .min ... .max, using: &random)), .blob(Array(text.utf8)),
            ]
            try statement.bind(all: values)
            #expect(try statement.step())
            #expect([statement.value(0), statement.value(1), statement.value(2)] == values, "seed \(random.seed)")
            statement.reset()
        }
    }

    @Test func readersTellNullFromEmpty() throws {
        let statement = try connection.prepare("SELECT NULL, '', 0, 0.0, x''")
        #expect(try statement.step())
        #expect(statement.columnCount == 5)
        #expect(statement.isNull(0) && !statement.isNull(1))
        #expect(statement.optionalText(0) == nil && statement.optionalText(1) == "")
        #expect(statement.optionalInt(0) == nil && statement.optionalInt(2) == 0)
        #expect(statement.optionalDouble(0) == nil && statement.optionalDouble(3) == 0)
        #expect(statement.text(0).isEmpty && statement.int(0) == 0 && !statement.bool(0))
        #expect(statement.blob(0).isEmpty && statement.value(4) == .blob([]))
        #expect(statement.withUTF8(0) { $0.count } == 0)
        #expect(statement.isNull(99) == true)
        #expect(try !statement.step())
    }

    @Test func bytesAreLentAsTheyAre() throws {
        let statement = try connection.prepare("SELECT 'Genève', x'00ff'")
        #expect(try statement.step())
        let text = statement.withUTF8(0) { span in span.indices.map { span[$0] } }
        #expect(text == Array("Genève".utf8))
        struct Stop: Error {}
        #expect(throws: Stop.self) { try statement.withUTF8(0) { _ throws(Stop) in throw Stop() } }
    }

    @Test func wrongParametersAreErrors() throws {
        let statement = try connection.prepare("SELECT ?, ?")
        let range = #expect(throws: SQLiteError.self) { try statement.bind(3, 1) }
        #expect(range?.code == .range)
        #expect(range?.sql == "SELECT ?, ?")
        #expect(throws: SQLiteError.self) { try statement.bind(all: [.null]) }
        try statement.bind(all: [.null, .null])
        #expect(try statement.step())
        // Not while a row is being read.
        #expect(throws: SQLiteError.self) { try statement.bind(1, 1) }
        statement.reset()
        try statement.bind(1, 1)
    }

    @Test func oneStatementIsPreparedAtATime() {
        for sql in ["", "  -- nothing", "SELECT 1; SELECT 2", "SELECT 1;\0", "SELEC"] {
            #expect(throws: SQLiteError.self, "\(sql)") { _ = try connection.prepare(sql).step() }
        }
        #expect(throws: Never.self) { _ = try connection.prepare("SELECT 1;\n").step() }
        #expect(connection.lentStatementCount == 0)
    }

    @Test func aConstraintHasItsExtendedCode() throws {
        try connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT UNIQUE NOT NULL) STRICT")
        let insert = try connection.prepare("INSERT INTO t (b) VALUES (?)")
        try insert.bind(1, "once")
        try insert.run()
        #expect(#expect(throws: SQLiteError.self) { try insert.run() }?.code == .constraintUnique)
        insert.reset()
        try insert.bindNull(1)
        #expect(#expect(throws: SQLiteError.self) { try insert.run() }?.code == .constraintNotNull)
        // A statement that failed can be used again.
        insert.reset()
        try insert.bind(1, "twice")
        try insert.run()
        #expect(try connection.scalar("SELECT count(*) FROM t") == .integer(2))
    }

    @Test func costIsCountedFromWhenItWasLastTaken() throws {
        try connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b); INSERT INTO t (b) VALUES (1), (2), (3)")
        func cost(_ sql: String) throws -> Statement.Cost {
            let statement = try connection.prepare(sql)
            while try statement.step() {}
            return statement.takeCost()
        }
        for _ in 0..<2 {
            #expect(try cost("SELECT * FROM t WHERE b = 2").fullScanSteps == 2)
            #expect(try cost("SELECT * FROM t WHERE a = 2").fullScanSteps == 0)
            #expect(try cost("SELECT * FROM t ORDER BY b").sorts == 1)
        }
        #expect(try cost("SELECT * FROM t WHERE a = 2").vmSteps > 0)
    }
}

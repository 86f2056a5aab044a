// SPDX-License-Identifier: Apache-2.0

import SQLite
import TestSupport
import Testing

@testable import CoverageStore

/// SQL put together of parts: what is interpolated is bound, in the order of the text.
@Suite struct SQLTests {
    @Test func bindsWhatItIsGiven() {
        let text = "'; DROP TABLE events; --"
        let part: SQL = "b = \(2 as Int32)"
        let sql: SQL = "SELECT \(name: "x.id") WHERE a = \(text) AND \(part) AND c > \(3)"
        #expect(sql.text == "SELECT x.id WHERE a = ? AND b = ? AND c > ?")
        #expect(sql.values == [.text(text), .integer(2), .integer(3)])
    }

    @Test func joinsPartsWithTheirValues() {
        let parts: [SQL] = ["a = \(1)", "b", "c = \("x")"]
        #expect(parts.joined(by: " OR ").text == "a = ? OR b OR c = ?")
        #expect(parts.joined(by: " OR ").values == [.integer(1), .text("x")])
        #expect(parts.whereClause.text == " WHERE a = ? AND b AND c = ?")
        #expect([SQL]().joined(by: " OR ").text.isEmpty && [SQL]().whereClause.text.isEmpty)
    }

    @Test func writesColumns() {
        #expect(("\(columns: ["name", "id"])" as SQL).text == "t.name, t.id")
        #expect(("\(columns: ["name", "id"], " DESC")" as SQL).text == "t.name DESC, t.id DESC")
        #expect(("\(columns: [])" as SQL).text.isEmpty)
    }

    @Test(arguments: [[], ["a"], ["a", "b\"]", "'"]])
    func bindsSetsAsOneParameter(values: [String]) throws {
        let folder = try ScratchFolder()
        let connection = try Connection(path: folder.path("sets.sqlite"), mode: .readWrite)
        let sql: SQL = "SELECT value FROM \(each: values)"
        #expect(sql.values.count == 1)
        let rows = try sql.prepare(on: connection)
        var read: [String] = []
        while try rows.step() { read.append(rows.text(0)) }
        #expect(read == values)
    }
}

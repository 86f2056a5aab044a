// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import SQLite
import TestSupport

/// The testing library has one too.
typealias Issue = Coverage.Issue

extension TestCoverage {
    /// The ids of one page, in order.
    func ids<Record: StoredFact>(_ query: ListQuery<Record>) throws -> [String] {
        try database.read { try $0.page(query).items.map(\.value.id) }
    }

    func record<Record: StoredFact>(_ id: String, of type: Record.Type) throws -> Stored<Record>? {
        try database.read { try $0.record(id, of: type) }
    }

    var changeNumber: Int {
        get throws { try database.read { try $0.dataVersion() } }
    }

    /// Changes the file behind the program's back, with nothing to check references.
    func tamper(_ sql: String) throws {
        let connection = try Connection(path: database.path, mode: .readWrite)
        try connection.run("PRAGMA foreign_keys = OFF")
        try connection.run(sql)
    }
}

/// As the database compares: by the bytes of UTF-8.
func precedes(_ a: String, _ b: String) -> Bool {
    a.utf8.lexicographicallyPrecedes(b.utf8)
}

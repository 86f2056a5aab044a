// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import TestSupport

/// The testing library has one too.
typealias Issue = Coverage.Issue

extension TestCoverage {
    /// The ids of one page, in order.
    func ids<Record: StoredFact>(_ query: ListQuery<Record>) throws -> [String] {
        try database.read { try $0.page(query).ids }
    }

    func record<Record: StoredFact>(_ id: String, of type: Record.Type) throws -> Stored<Record>? {
        try database.read { try $0.record(id, of: type) }
    }

    var changeNumber: Int {
        get throws { try database.read { try $0.dataVersion() } }
    }
}

/// As the database compares: by the bytes of UTF-8.
func precedes(_ a: String, _ b: String) -> Bool {
    a.utf8.lexicographicallyPrecedes(b.utf8)
}

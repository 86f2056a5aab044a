// SPDX-License-Identifier: Apache-2.0

import CoverageStore
package import LargeCoverage

extension TestCoverage {
    /// A database of generated coverage.
    package convenience init(_ coverage: LargeCoverage) throws {
        try self.init(nil as SeedFiles?)
        for part in coverage { _ = try database.load(SeedFiles(part.mapValues { Array($0.utf8) })) }
    }
}

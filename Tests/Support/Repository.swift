// SPDX-License-Identifier: Apache-2.0

package import CoverageStore
import Foundation

/// The files of the repository that tests read, found from where this file is.
package enum Repository {
    package static let root = String(#filePath.split(separator: "/").dropLast(3).reduce(into: "") { $0 += "/\($1)" })
    package static let migrations = root + "/migrations"

    /// The coverage that the project ships.
    package static func seeds() throws -> SeedFiles {
        var files: [String: [UInt8]] = [:]
        for name in SeedFiles.names {
            files[name] = Array(try Data(contentsOf: URL(filePath: "\(root)/seeds/\(name)")))
        }
        return SeedFiles(files)
    }
}

// SPDX-License-Identifier: Apache-2.0

package import CoverageStore
import Foundation

/// The files of the repository that tests read, found from where this file is.
package enum Repository {
    package static let root = String(#filePath.split(separator: "/").dropLast(3).reduce(into: "") { $0 += "/\($1)" })
    package static let migrations = root + "/migrations"

    /// The publishers' texts, which are no part of the project: the files by name; nil when they are not at hand.
    package static let articles: [String: [UInt8]]? = {
        let folder = root + "/../shared/articles"
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return nil }
        let files = names.filter { $0.hasSuffix(".txt") }.compactMap { name in
            (try? Data(contentsOf: URL(filePath: "\(folder)/\(name)"))).map { (name, Array($0)) }
        }
        return files.isEmpty ? nil : Dictionary(uniqueKeysWithValues: files)
    }()

    /// The coverage that the project ships.
    package static func seeds() throws -> SeedFiles { try shipped.get() }

    private static let shipped = Result {
        var files: [String: [UInt8]] = [:]
        for name in SeedFiles.names {
            files[name] = Array(try Data(contentsOf: URL(filePath: "\(root)/seeds/\(name)")))
        }
        return SeedFiles(files)
    }
}

// SPDX-License-Identifier: Apache-2.0

package import CoverageStore

/// A database in a folder of its own, closed and removed with this.
package final class TestCoverage: Sendable {
    package let database: CoverageDatabase
    private let folder: ScratchFolder

    /// - Parameter seeds: what it holds from the start; nil leaves it empty.
    package init(_ seeds: SeedFiles? = EnvoyVisit.seeds()) throws {
        folder = try ScratchFolder()
        database = try CoverageDatabase(
            path: folder.path + "/readout.sqlite",
            migrations: CoverageDatabase.migrations(in: Repository.migrations))
        if let seeds { _ = try database.load(seeds) }
    }

    deinit {
        database.close()
    }

    /// Stores the texts of all the articles.
    package func importTexts() throws {
        for (source, text) in EnvoyVisit.texts {
            _ = try database.importArticle(source: source, bytes: Array(text.utf8), replace: false)
        }
    }
}

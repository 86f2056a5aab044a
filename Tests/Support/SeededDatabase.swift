// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import Foundation
import Synchronization

/// A database as it is once its seeds are loaded, made once for the many tests that begin with it: to copy it takes a fraction of what
/// it takes to load them.
final class SeededDatabase: Sendable {
    private static let all = [nil, EnvoyVisit.seeds(), try? Repository.seeds()].map(SeededDatabase.init)

    private let seeds: SeedFiles?
    private let file = Mutex<Data?>(nil)

    private init(_ seeds: SeedFiles?) {
        self.seeds = seeds
    }

    /// Nil for seeds that few tests begin with.
    static func of(_ seeds: SeedFiles?) -> SeededDatabase? { all.first { $0.seeds?.files == seeds?.files } }

    func write(to path: String) throws {
        // Whoever else wants it waits until it is made.
        let file = try file.withLock { file in
            let made = try file ?? make()
            file = made
            return made
        }
        try file.write(to: URL(filePath: path))
    }

    private func make() throws -> Data {
        let folder = try ScratchFolder()
        let database = try TestCoverage.open(in: folder)
        if let seeds { _ = try database.load(seeds) }
        // Brings all of it into the file.
        database.close()
        return try Data(contentsOf: URL(filePath: folder.path(TestCoverage.fileName)))
    }
}

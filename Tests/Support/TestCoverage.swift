// SPDX-License-Identifier: Apache-2.0

package import CoverageStore
internal import Foundation
internal import SQLite

/// A database in a folder of its own, closed and removed with this.
package final class TestCoverage: Sendable {
    package let database: CoverageDatabase
    private let folder: ScratchFolder

    /// - Parameters:
    ///   - seeds: what it holds from the start; nil leaves it empty.
    ///   - changesKept: how many changes can be read again; 0 for all.
    package init(_ seeds: SeedFiles? = EnvoyVisit.seeds(), changesKept: Int = 0) throws {
        folder = try ScratchFolder()
        // Of one that keeps few changes, some of those that loading makes are gone.
        let made = changesKept == 0 ? SeededDatabase.of(seeds) : nil
        try made?.write(to: folder.path(Self.fileName))
        database = try Self.open(in: folder, changesKept: changesKept)
        if made == nil, let seeds { _ = try database.load(seeds) }
    }

    static let fileName = "readout.sqlite"

    static func open(in folder: ScratchFolder, changesKept: Int = 0) throws -> CoverageDatabase {
        try CoverageDatabase(
            path: folder.path(fileName), migrations: CoverageDatabase.migrations(in: Repository.migrations),
            changesKept: changesKept)
    }

    /// Makes one change after the other: each text is that of an article nobody knows yet.
    package func addArticles(_ numbers: Range<Int>) throws {
        for number in numbers {
            let text = "The \(number)th notice of the harbour office.\n"
            _ = try database.importArticle(source: "notice-\(number).txt", bytes: Array(text.utf8), replace: false)
        }
    }

    /// Makes the file unreadable, with all that was not copied into it yet.
    package func destroy() throws {
        for name in ["readout.sqlite", "readout.sqlite-wal"] {
            // In place, since whoever has it open is to see it.
            let file = FileHandle(forWritingAtPath: folder.path(name))
            try file?.truncate(atOffset: 0)
            try file?.close()
        }
    }

    /// Changes the file behind the program's back, with nothing to check references.
    package func tamper(_ sql: String) throws {
        let connection = try Connection(path: database.path, mode: .readWrite)
        try connection.run("PRAGMA foreign_keys = OFF")
        try connection.run(sql)
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

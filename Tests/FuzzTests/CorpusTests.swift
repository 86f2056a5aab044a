// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import Fuzz

/// What `script/fuzz` begins with, and what it once found, is fed to the readers with every run of the tests. Whatever breaks a
/// promise ends the process; `script/fuzz TARGET FILE` shows where.
@Suite struct CorpusTests {
    private static let folder = Repository.root + "/Fuzz/Corpus/"

    @Test func eachReaderHasOne() throws {
        #expect(try Set(FileManager.default.contentsOfDirectory(atPath: Self.folder)) == Set(Fuzz.targets.keys))
    }

    @Test(arguments: Fuzz.targets.keys.sorted()) func isTaken(by name: String) throws {
        let target = try #require(Fuzz.targets[name])
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder + name)
        #expect(!files.isEmpty)
        for file in files {
            let content = try #require(FileManager.default.contents(atPath: Self.folder + name + "/" + file), "\(file)")
            target(Array(content))
        }
    }
}

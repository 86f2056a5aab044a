// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CoverageAPI
import CoverageStore
import JSON

struct SeedCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed", abstract: "Load the seed files into the database.",
        discussion: """
            Loading again changes only what the files changed. When any file has a fault, nothing is loaded and each \
            fault is named with its file and JSON pointer.
            """)
    static var settings: [any AnySetting] { Settings.storage + Settings.seeding }

    @OptionGroup var storage: StorageOptions
    @Option(help: Settings.seeds.help) var seeds = Settings.seeds.fallback

    func run() throws {
        let files = try Files.seeds(in: seeds)
        let job = try Job(storage, creating: true)
        defer { job.close() }
        let report = try job.perform(AdminRoutes.seedPath, body: files.document)
        for type in report.members {
            guard case .object(let counts) = type.value else { continue }
            print(
                """
                \(type.name): \(counts.integer("created")) created, \(counts.integer("updated")) updated, \
                \(counts.integer("unchanged")) unchanged
                """)
        }
    }
}

extension SeedFiles {
    /// The files' texts by name, as the seed job takes them. What is not UTF-8 is refused there like any other fault.
    var document: [UInt8] {
        var json = JSONWriter(capacity: 1 << 20)
        json.object { json in
            for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
                json.member(named: name)
                json.string(String(decoding: bytes, as: UTF8.self))
            }
        }
        return json.finish()
    }
}

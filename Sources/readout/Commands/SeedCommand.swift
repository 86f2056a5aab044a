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
        let report = try job.perform(AdminRoutes.seedPath, body: try files.document)
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
    /// The files' texts by name, as the seed job takes them.
    fileprivate var document: [UInt8] {
        get throws {
            var json = JSONWriter(capacity: 1 << 20)
            json.beginObject()
            for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
                guard let text = String(validating: bytes, as: UTF8.self) else {
                    throw Failure("\(name) is not UTF-8 text")
                }
                json.member(named: name)
                json.string(text)
            }
            json.endObject()
            return json.finish()
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CoverageAPI
import CoverageStore
import JSON

struct SeedCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed", abstract: "Load the seed files into the database.",
        discussion: """
            Loading again changes only what the files changed, and nothing that an editor has changed since it was seeded: \
            where both have, the record is named and left as the editor has it. When any file has a fault, nothing is \
            loaded and each fault is named with its file and JSON pointer.
            """)
    static var groups: [any SettingGroup.Type] { [StorageSettings.self, SeedSettings.self] }

    @OptionGroup var storage: StorageSettings
    @OptionGroup var seeding: SeedSettings

    @Flag(help: "Load also what editors have changed or deleted since: the seeds win.") var force = false

    func run() throws {
        let files = try Files.seeds(in: seeding.seeds)
        let job = try Job(storage, creating: true)
        defer { job.close() }
        let report = try job.perform(
            AdminRoutes.seedPath, query: [("force", String(force))], body: try files.document)
        for type in report.object("counts").members {
            guard case .object(let counts) = type.value else { continue }
            let kept = counts.integer("kept")
            print(
                """
                \(type.name): \(counts.integer("created")) created, \(counts.integer("updated")) updated, \
                \(counts.integer("unchanged")) unchanged\(kept > 0 ? ", \(kept) kept as edited" : "")
                """)
        }
        let conflicts = report.texts("conflicts")
        if conflicts.isEmpty { return }
        print("changed by an editor and in the seeds, and kept as edited (--force takes the seeds' version):")
        for conflict in conflicts { print("  \(conflict)") }
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

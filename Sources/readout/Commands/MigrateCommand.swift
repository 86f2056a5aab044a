// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CoverageStore

struct MigrateCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Bring the database to this program's schema, or show how far it is.")

    @OptionGroup var storage: StorageSettings
    @Flag(help: "Only list the migrations, applied and pending.") var show = false

    func run() throws {
        if show {
            guard Files.exists(storage.database) else { throw Failure("there is no database \(storage.database)") }
            for step in try status() { print("\(step.name): \(step.appliedAt.map { "applied \($0)" } ?? "pending")") }
            return
        }
        // Nothing to do needs no lock, so that it can be asked beside a running server.
        if Files.exists(storage.database), try pending().isEmpty {
            print("\(storage.database) is at the schema of this program already")
            return
        }
        let database = try storage.open(creating: true)
        database.close()
        print("\(storage.database) is at the schema of this program")
    }

    private func status() throws -> [(name: String, appliedAt: String?)] {
        let steps = try storage.steps()
        return try storage.naming { try CoverageDatabase.status(of: storage.database, migrations: steps) }
    }

    private func pending() throws -> [String] {
        try status().filter { $0.appliedAt == nil }.map(\.name)
    }
}

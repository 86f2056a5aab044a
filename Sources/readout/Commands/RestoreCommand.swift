// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CoverageStore
import SQLite

struct RestoreCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Put a backup in the place of the database, while no server runs on it.",
        discussion: """
            The backup is proved first, as by 'readout verify'; until then the database is left as it is. One that is there \
            already is kept under another name, which is printed. The feed of changes begins a new epoch: its readers are told \
            to start over, since numbers come again that they have seen.
            """)

    @OptionGroup var storage: StorageSettings
    @Flag(help: "Take the place of a database that is there already.") var force = false
    @Argument(help: "The backup.") var file: String

    func run() throws {
        do {
            try Files.makeFolder(for: storage.database)
            let (_, kept) = try Restore.perform(
                file, to: storage.database, migrations: storage.steps(), replace: force)
            if let kept { print("the former database is kept as \(kept)") }
            print("\(storage.database) is restored from \(file)")
        } catch LockFileError.held(_, let process) {
            let owner = process.map { "process \($0)" } ?? "another process"
            throw Failure("\(storage.database) is in use by \(owner): stop it first")
        }
    }
}

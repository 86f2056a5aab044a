// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CoverageAPI
import CoverageStore

struct ExportCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print all records as NDJSON: one JSON object a line.",
        discussion: """
            Type by type, each record in the shape of the API, as of one moment; a running server is not disturbed. \
            The articles' texts are not printed. The lines of one type, made an array, are a seed file.
            """)

    @OptionGroup var storage: StorageSettings

    func run() throws {
        guard Files.exists(storage.database) else { throw Failure("there is no database \(storage.database)") }
        let steps = try storage.steps()
        try storage.naming {
            try CoverageDatabase.read(storage.database, migrations: steps) { reader in
                try DataExport.write(from: reader) { lines in try StandardOutput.write(lines) }
            }
        }
    }
}

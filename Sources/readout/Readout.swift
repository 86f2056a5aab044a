// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Sockets

@main
struct Readout: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "readout",
        abstract: "Events, officials and issues of diplomatic news coverage, as JSON over HTTP.",
        discussion: """
            Every option is also an environment variable: --public-url is READOUT_PUBLIC_URL. A flag beats the \
            environment. Commands that find a server running on the database hand it their job.
            """,
        version: Version.current,
        subcommands: [
            ServeCommand.self, MigrateCommand.self, SeedCommand.self, ImportCommand.self, CheckCommand.self,
            TokenCommand.self, AuditCommand.self, HealthcheckCommand.self,
        ])

    static func main() {
        Machine.useOneHeap()
        do {
            let arguments = try EnvironmentSettings.arguments(
                Array(CommandLine.arguments.dropFirst()), environment: ProcessEnvironment.current)
            var command = try parseAsRoot(arguments)
            try command.run()
        } catch {
            exit(withError: error)
        }
    }
}

/// The program's version: what `--version`, `/v1` and the change log say.
enum Version {
    static let current = "0.1.0"
}

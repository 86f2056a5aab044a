// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

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
            ServeCommand.self, MigrateCommand.self, SeedCommand.self, ImportCommand.self, ExportCommand.self,
            BackupCommand.self, RestoreCommand.self, VerifyCommand.self, CheckCommand.self, TokenCommand.self,
            AuditCommand.self, ConfigCommand.self, HealthcheckCommand.self,
        ])

    static func main() {
        do {
            let settings = try EnvironmentSettings(
                Array(CommandLine.arguments.dropFirst()), environment: ProcessEnvironment.current)
            var command = try parseAsRoot(settings.arguments)
            try command.run()
        } catch {
            leave(error)
        }
    }

    /// Says what was wrong and no more: the usage of a command with so many options would hide it.
    private static func leave(_ error: any Error) -> Never {
        let (status, message) = (exitCode(for: error), message(for: error))
        if status.isSuccess || message.isEmpty { exit(withError: error) }
        StandardError.write("Error: \(message)")
        exit(withError: status)
    }
}

/// The program's version: what `--version`, `/v1` and the change log say.
enum Version {
    static let current = "0.1.0"
}

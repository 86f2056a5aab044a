// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Coverage
import FoundationEssentials

enum ProcessEnvironment {
    static var current: [String: String] { ProcessInfo.processInfo.environment }
}

/// A command whose options can come from the environment.
protocol ConfiguredCommand: ParsableCommand {
    /// The settings it has options for.
    static var settings: [any AnySetting] { get }
}

/// Turns variables into the flags they stand for, so that one parser reads, checks and words the faults of both.
enum EnvironmentSettings {
    static let prefix = "READOUT_"
    private static let kubernetes = """
        Kubernetes makes such variables for a service named 'readout' unless the pod says enableServiceLinks: false.
        """

    /// The arguments with a flag behind the names of the command for each variable that has no flag of its own among them.
    /// - Throws: `ValidationError` for a variable that is no setting.
    static func arguments(_ given: [String], environment: [String: String]) throws -> [String] {
        let variables = environment.filter { $0.key.hasPrefix(prefix) }
        for name in variables.keys.sorted() where !Settings.all.contains(where: { $0.variable == name }) {
            let hint = nearest(to: name, among: Settings.all.map(\.variable)).map { "; did you mean \($0)?" } ?? "."
            throw ValidationError(
                """
                \(name) is no setting of Readout\(hint) \(kubernetes) 'readout serve --help' lists the settings.
                """)
        }
        let (depth, found) = command(named: given)
        guard let command = found as? any ConfiguredCommand.Type else { return given }
        var flags: [String] = []
        for setting in command.settings {
            let flag = "--\(setting.name)"
            guard let value = variables[setting.variable],
                !given.contains(where: { $0 == flag || $0.hasPrefix(flag + "=") })
            else { continue }
            if value.isEmpty { throw ValidationError("\(setting.variable) is empty: give it a value or unset it.") }
            // What Kubernetes makes of a service's port.
            if value.hasPrefix("tcp://") {
                throw ValidationError("\(setting.variable) cannot be '\(value)'. \(kubernetes)")
            }
            guard setting.isSwitch else {
                flags.append("\(flag)=\(value)")
                continue
            }
            switch value {
            case "1", "true": flags.append(flag)
            case "0", "false": break
            default: throw ValidationError("\(setting.variable) must be true or false, not '\(value)'.")
            }
        }
        return given.prefix(depth) + flags + given.dropFirst(depth)
    }

    /// The command that the first arguments name, and how many those are: `token create` is two.
    private static func command(named arguments: [String]) -> (depth: Int, command: any ParsableCommand.Type) {
        var command: any ParsableCommand.Type = Readout.self
        for (depth, word) in arguments.enumerated() {
            guard let next = command.configuration.subcommands.first(where: { $0.configuration.commandName == word })
            else { return (depth, command) }
            command = next
        }
        return (arguments.count, command)
    }
}

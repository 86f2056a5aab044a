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
    static var groups: [any SettingGroup.Type] { get }
}

extension ConfiguredCommand {
    static var groups: [any SettingGroup.Type] { [StorageSettings.self] }
}

/// Turns variables into the flags they stand for, so that one parser reads both; a flag beats a variable.
struct EnvironmentSettings {
    static let prefix = "READOUT_"
    private static let kubernetes = """
        Kubernetes makes such variables for a service named 'readout' unless the pod says enableServiceLinks: false.
        """

    /// Where a value comes from.
    enum Origin: Equatable {
        case flag
        case variable(String)
        /// The file that a variable names.
        case file(String, variable: String)
    }

    /// What the parser is to read: as given, with a flag behind the names of the command for each variable that has no flag
    /// of its own.
    private(set) var arguments: [String]
    /// Of each setting that somebody has set, by name.
    private(set) var origins: [String: Origin] = [:]

    /// - Throws: `ValidationError` for a variable that is no setting, or is malformed.
    init(_ given: [String], environment: [String: String]) throws {
        arguments = given
        let variables = environment.filter { $0.key.hasPrefix(Self.prefix) }
        try Self.check(variables.keys.sorted())
        let (depth, command) = Self.command(named: given)
        guard let command = command as? any ConfiguredCommand.Type else { return }
        var flags: [String] = []
        for setting in command.groups.flatMap({ $0.allSettings }) {
            if Self.isFlag(setting, among: given) {
                origins[setting.name] = .flag
            } else if let (value, origin) = try Self.value(of: setting, variables) {
                origins[setting.name] = origin
                flags.append(try Self.flag(setting, value, origin))
            }
        }
        arguments = given.prefix(depth) + flags + given.dropFirst(depth)
    }

    private static func check(_ names: [String]) throws {
        let known = Settings.all.flatMap { [$0.variable] + ($0.fileVariable.map { [$0] } ?? []) }
        for name in names where !known.contains(name) {
            let hint = nearest(to: name, among: known).map { "; did you mean \($0)?" } ?? "."
            throw ValidationError(
                "\(name) is no setting of Readout\(hint) \(kubernetes) 'readout serve --help' lists the settings.")
        }
    }

    private static func isFlag(_ setting: any AnySetting, among arguments: [String]) -> Bool {
        let flag = "--\(setting.name)"
        return arguments.contains {
            $0 == flag || $0.hasPrefix(flag + "=") || (setting.isSwitch && $0 == "--no-\(setting.name)")
        }
    }

    private static func value(
        of setting: any AnySetting, _ variables: [String: String]
    ) throws -> (String, Origin)? {
        let value = variables[setting.variable]
        if let variable = setting.fileVariable, let path = variables[variable] {
            guard value == nil else {
                throw ValidationError("\(setting.variable) and \(variable) are both set: one of them is enough.")
            }
            let content: String
            do { content = String(decoding: try Files.contents(of: path), as: UTF8.self) } catch {
                throw ValidationError("\(variable): \(error)")
            }
            // Editors end files with a line end, which is no part of the secret.
            let secret = content.hasSuffix("\n") ? String(content.dropLast()) : content
            guard !secret.isEmpty else { throw ValidationError("\(variable): the file \(path) is empty.") }
            return (secret, .file(path, variable: variable))
        }
        return value.map { ($0, .variable(setting.variable)) }
    }

    private static func flag(_ setting: any AnySetting, _ value: String, _ origin: Origin) throws -> String {
        if value.isEmpty { throw ValidationError("\(setting.variable) is empty: give it a value or unset it.") }
        guard setting.accepts(value) else {
            // What Kubernetes makes of a service's port.
            let hint = value.hasPrefix("tcp://") ? " \(kubernetes)" : ""
            throw ValidationError("\(setting.variable) must be \(setting.form), not '\(value)'.\(hint)")
        }
        guard setting.isSwitch else { return "--\(setting.name)=\(value)" }
        return value == "1" || value == "true" ? "--\(setting.name)" : "--no-\(setting.name)"
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

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSON

struct ConfigCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Show the settings that 'serve' would take, and where each comes from.",
        discussion: """
            Give it the flags and the environment of the server, as its user. What would stop the server's start stops this too, \
            but for what only a start can find out: a port that is taken, a database that is in use, damaged or of another \
            schema. Nothing is changed. Secrets are not shown.
            """)
    static var groups: [any SettingGroup.Type] { ServeSettings.groups }

    @OptionGroup var settings: ServeSettings
    @Flag(help: "As JSON.") var json = false
    @Flag(help: ArgumentHelp("Print docs/settings.md instead.", visibility: .hidden)) var markdown = false

    func run() throws {
        if markdown { return print(SettingsPage.text, terminator: "") }
        try settings.check()
        let origins = try EnvironmentSettings(
            Array(CommandLine.arguments.dropFirst()), environment: ProcessEnvironment.current
        ).origins
        let rows = settings.values.flatMap(\.values).map { setting, text in
            let value = setting.isSecret ? "********" : text
            return JSONObject([
                ("setting", .string(setting.name)),
                ("value", text.isEmpty ? .null : .string(value)),
                ("from", .string(origins[setting.name].map(Self.describe) ?? "default")),
            ])
        }
        if json { return print(JSONObject([("settings", .array(rows.map(JSONValue.object)))]).document) }
        print(TextTable.text(of: rows, columns: ["setting", "value", "from"]))
    }

    private static func describe(_ origin: EnvironmentSettings.Origin) -> String {
        switch origin {
        case .flag: "flag"
        case .variable(let name): "environment \(name)"
        case .file(let path, let variable): "file \(path) (\(variable))"
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import readout

@Suite struct SettingsTests {
    @Test func unknownVariableStopsTheStart() throws {
        let outcome = try Program.run("serve", environment: ["READOUT_PORTT": "1"])
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("READOUT_PORTT is no setting"))
        #expect(outcome.errors.contains("enableServiceLinks"))
    }

    @Test func malformedVariableIsWrongUsage() throws {
        let outcome = try Program.run("serve", environment: ["READOUT_PORT": "eighty"])
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("eighty"))
    }

    @Test func unknownOptionAndCommandAreWrongUsage() throws {
        #expect(try Program.run("serve", "--prot", "1").status == 64)
        #expect(try Program.run("sevre").status == 64)
    }

    @Test func flagBeatsTheEnvironment() throws {
        let given = ["serve", "--port", "1"]
        let environment = ["READOUT_PORT": "2", "READOUT_HOST": "::1", "READOUT_ACCESS_LOG": "true"]
        let arguments = try EnvironmentSettings.arguments(given, environment: environment)
        #expect(arguments == ["serve", "--host=::1", "--access-log", "--port", "1"])
    }

    @Test func variablesOfOtherCommandsAreNotTheirs() throws {
        let arguments = try EnvironmentSettings.arguments(["check"], environment: ["READOUT_PORT": "2"])
        #expect(arguments == ["check"])
    }

    @Test func commandsWithinCommandsTakeVariablesToo() throws {
        let arguments = try EnvironmentSettings.arguments(
            ["token", "create", "--name", "list"], environment: ["READOUT_DATABASE": "a", "READOUT_PORT": "2"])
        #expect(arguments == ["token", "create", "--database=a", "--name", "list"])
        #expect(try EnvironmentSettings.arguments(["token"], environment: ["READOUT_DATABASE": "a"]) == ["token"])
    }

    @Test func everySettingHasItsFlag() throws {
        let help = try Program.run("serve", "--help").output
        for setting in Settings.all { #expect(help.contains("--\(setting.name)"), "\(setting.name)") }
    }

    @Test func everyCommandExplainsItself() throws {
        let commands = [
            "serve", "migrate", "seed", "import", "check", "healthcheck", "token create", "token list", "token revoke",
            "audit",
        ]
        for command in commands {
            let outcome = try Program.run(command.split(separator: " ").map(String.init) + ["--help"])
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("USAGE: readout \(command)"))
            #expect(outcome.output.contains("--database"))
        }
    }

    @Test(
        arguments: [
            ("request-line", "9223372036854775807"), ("header-section", "2MiB"), ("header-section", "1"),
            ("header-fields", "129"), ("header-fields", "0"), ("body", "2GiB"), ("import-body", "9223372036854775807"),
            ("body-rate", "0"), ("buffered-answers", "9223372036854775807"), ("cache", "9223372036854775807"),
            ("loops", "257"), ("connections", "0"), ("connections", "4294967295"), ("workers", "0"),
        ])
    func whatIsOutOfItsRangeIsNamed(_ name: String, _ value: String) throws {
        let outcome = try Program.run("serve", "--\(name)", value)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("--\(name) must be "))
    }

    @Test(arguments: [("0", 0), ("4096", 4096), ("8KiB", 8192), ("1MiB", 1_048_576), ("2GiB", 2_147_483_648)])
    func byteCounts(_ text: String, _ value: Int) throws {
        #expect(ByteCount(argument: text)?.value == value)
    }

    @Test(arguments: ["", "KiB", "-1", "+1", "1kb", "1.5MiB", "99999999999999999999", "9223372036854775807GiB"])
    func noByteCounts(_ text: String) { #expect(ByteCount(argument: text) == nil) }

    @Test(arguments: [("10s", 10_000), ("250ms", 250), ("2m", 120_000), ("3", 3000)])
    func timeSpans(_ text: String, _ milliseconds: Int) {
        #expect(TimeSpan(argument: text)?.duration == .milliseconds(milliseconds))
    }

    @Test(arguments: ["", "s", "0", "-1s", "1h", "1.5s", "9999999999999999999m", "2000m"])
    func noTimeSpans(_ text: String) { #expect(TimeSpan(argument: text) == nil) }
}

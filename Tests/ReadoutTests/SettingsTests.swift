// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import readout

@Suite struct SettingsTests {
    @Test func unknownVariableStopsTheStart() throws {
        let outcome = try Program.run("serve", environment: ["READOUT_PORTT": "1"])
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("READOUT_PORTT is no setting"))
        #expect(outcome.errors.contains("enableServiceLinks"))
    }

    @Test func unknownVariableIsToldTheNearest() throws {
        let outcome = try Program.run("check", environment: ["READOUT_LOG_LEVELL": "info"])
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.contains("did you mean READOUT_LOG_LEVEL?"))
    }

    @Test(arguments: [
        ("READOUT_PORT", "eighty", "must be a number from 0 to 65535, not 'eighty'"),
        ("READOUT_PORT", "tcp://10.0.0.1:80", "enableServiceLinks"), ("READOUT_ACCESS_LOG", "yes", "true or false"),
        ("READOUT_HOST", "", "is empty"), ("READOUT_PUBLIC_URL", "example.org", "begins with http:// or https://"),
        ("READOUT_TLS_CLIENT", "often", "required or optional"), ("READOUT_TRUST_PROXY", "10.0.0.0/8,", "networks"),
        ("READOUT_EXCERPTS", "-1", "none, a number of characters, or full"),
    ])
    func malformedVariableIsNamed(_ name: String, _ value: String, _ words: String) throws {
        let outcome = try Program.run("serve", environment: [name: value])
        #expect(outcome.status == 64)
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.hasPrefix("Error: \(name) "))
        #expect(outcome.errors.contains(words))
    }

    @Test(arguments: [
        (["--tls-certificate", "a.pem"], "--tls-certificate is given without --tls-key"),
        (["--tls-key", "a.pem"], "--tls-key is given without --tls-certificate"),
        (["--tls-certificate", "a,b", "--tls-key", "a"], "--tls-certificate and --tls-key must name as many"),
        (["--tls-client-ca", "a"], "--tls-client-ca is given without --tls-certificate"),
        (["--tls-key-passphrase", "a"], "--tls-key-passphrase is given without --tls-key"),
        (["--tls-client", "optional"], "--tls-client is given without --tls-client-ca"),
        (["--rate-burst", "5"], "--rate-burst is given without --rate-limit"),
        (["--admin-host", "::1"], "--admin-host is given without --admin-port"),
        (["--admin-port", "99", "--port", "99"], "--admin-port and --port are both 99"),
        (["--log-queries", "--no-access-log"], "--log-queries is given with --no-access-log"),
    ])
    func contradictionsNameBoth(_ arguments: [String], _ words: String) throws {
        for command in ["serve", "config"] {
            let outcome = try Program.run([command] + arguments)
            #expect(outcome.status == 64)
            #expect(outcome.errorLines.count == 1)
            #expect(outcome.errors.contains(words))
        }
    }

    @Test func configShowsWhereValuesComeFrom() throws {
        let folder = try ScratchFolder()
        let secret = try folder.write("correct horse\n", to: "passphrase")
        let authority = try TestAuthority()
        try authority.issue("a", hosts: ["a.example"])
        let (certificate, key) = (authority.path("a.pem"), authority.path("a.key"))
        let outcome = try Program.run(
            "config", "--port", "99", "--tls-certificate=\(certificate)", "--json",
            environment: [
                "READOUT_TLS_KEY": key, "READOUT_TLS_KEY_PASSPHRASE_FILE": secret, "READOUT_PORT": "98",
                "READOUT_IDLE_TIME": "1500ms",
            ])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(!outcome.output.contains("horse"))
        for row in [
            #"{"setting":"port","value":"99","from":"flag"}"#,
            #"{"setting":"tls-certificate","value":"\#(certificate)","from":"flag"}"#,
            #"{"setting":"tls-key","value":"\#(key)","from":"environment READOUT_TLS_KEY"}"#,
            #"{"setting":"idle-time","value":"1500ms","from":"environment READOUT_IDLE_TIME"}"#,
            #"{"setting":"host","value":"127.0.0.1","from":"default"}"#,
            #"{"setting":"public-url","value":null,"from":"default"}"#,
            #"{"setting":"tls-key-passphrase","value":"********","from":"file \#(secret) (READOUT_TLS_KEY_PASSPHRASE_FILE)"}"#,
        ] { #expect(outcome.output.contains(row), "\(row)") }
        let table = try Program.run("config", "--port", "99")
        #expect(table.output.contains("\nport                       99                  flag\n"))
    }

    /// What would stop a start stops this too, in the same words and without a trace.
    @Test(arguments: [
        (["--log-level-file", "none"], "--log-level-file: cannot read none: there is no such file or folder"),
        (["--log-level-file", "migrations"], "--log-level-file: cannot read migrations: it is a folder"),
        (
            ["--tls-certificate", "none.pem", "--tls-key", "none.key"],
            "--tls-certificate: cannot read none.pem: there is no such file or folder"
        ),
        (
            ["--tls-certificate", "README.md", "--tls-key", "README.md"],
            "see --tls-certificate, --tls-key, --tls-key-passphrase"
        ),
        (
            ["--migrations", "none"],
            "there is no migrations folder none; name it with --migrations, or run where it is"
        ),
        (["--seeds", "none"], "there is no seeds folder none; name it with --seeds, or run where it is"),
        (["--host", "192.0.2.1"], "--host must be an address of this machine"),
        (["--admin-host", "192.0.2.1", "--admin-port", "0"], "--admin-host must be an address of this machine"),
        (["--database", "README.md/a.sqlite"], "--database README.md/a.sqlite: README.md is no folder"),
        (["--database", "migrations"], "--database migrations: it is a folder"),
    ])
    func configStopsWhereTheStartWould(_ arguments: [String], _ words: String) throws {
        let folder = try ScratchFolder()
        let rest = arguments.contains("--database") ? [] : ["--database", folder.path("data/a.sqlite")]
        let outcomes = try ["serve", "config"].map { try Program.run([$0, "--port", "0"] + arguments + rest) }
        for outcome in outcomes {
            #expect(outcome.status == 1 && outcome.output.isEmpty)
            #expect(outcome.errorLines.count == 1 && outcome.errors.contains(words), "\(outcome.errors)")
        }
        #expect(outcomes[0].errors == outcomes[1].errors)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func secretsInFilesMustBeThereAndAlone() throws {
        let folder = try ScratchFolder()
        let variable = "READOUT_TLS_KEY_PASSPHRASE_FILE"
        let missing = try Program.run("config", environment: [variable: folder.path("none")])
        #expect(missing.status == 64)
        #expect(missing.errors.contains("\(variable): cannot read \(folder.path("none"))"))
        let noFile = try Program.run("config", environment: [variable: folder.path])
        #expect(noFile.errors == "Error: \(variable): cannot read \(folder.path): it is a folder\n")
        let empty = try folder.write("\n", to: "empty")
        #expect(try Program.run("config", environment: [variable: empty]).errors.contains("is empty"))
        let both = try Program.run(
            "config", environment: [variable: empty, "READOUT_TLS_KEY_PASSPHRASE": "secret"])
        #expect(both.status == 64)
        #expect(both.errors.contains("both set"))
        #expect(!both.errors.contains("secret:"))
    }

    @Test func settingsPageIsUpToDate() throws {
        let page = try String(contentsOfFile: Program.root + "docs/settings.md", encoding: .utf8)
        #expect(
            page == SettingsPage.text,
            "renew it: swift run readout config --markdown > docs/settings.md")
    }

    @Test func everySettingReadsItsDefault() {
        for setting in Settings.all where !setting.fallback.isEmpty {
            #expect(setting.accepts(setting.fallback), "\(setting.name)")
        }
    }

    @Test func unknownOptionAndCommandAreWrongUsage() throws {
        #expect(try Program.run("serve", "--prot", "1").status == 64)
        #expect(try Program.run("sevre").status == 64)
    }

    @Test func flagBeatsTheEnvironment() throws {
        let given = ["serve", "--port", "1"]
        let environment = ["READOUT_PORT": "2", "READOUT_HOST": "::1", "READOUT_ACCESS_LOG": "true"]
        let settings = try EnvironmentSettings(given, environment: environment)
        #expect(settings.arguments == ["serve", "--host=::1", "--access-log", "--port", "1"])
        #expect(
            settings.origins == [
                "port": .flag, "host": .variable("READOUT_HOST"), "access-log": .variable("READOUT_ACCESS_LOG"),
            ])
    }

    @Test func switchesAreTurnedOffToo() throws {
        let environment = ["READOUT_ACCESS_LOG": "0", "READOUT_REQUIRE_TOKEN_FOR_READING": "1"]
        let settings = try EnvironmentSettings(
            ["serve", "--no-require-token-for-reading"], environment: environment)
        #expect(settings.arguments == ["serve", "--no-access-log", "--no-require-token-for-reading"])
    }

    @Test func variablesOfOtherCommandsAreNotTheirs() throws {
        let arguments = try EnvironmentSettings(["check"], environment: ["READOUT_PORT": "2"]).arguments
        #expect(arguments == ["check"])
    }

    @Test func commandsWithinCommandsTakeVariablesToo() throws {
        let arguments = try EnvironmentSettings(
            ["token", "create", "--name", "list"], environment: ["READOUT_DATABASE": "a", "READOUT_PORT": "2"]
        ).arguments
        #expect(arguments == ["token", "create", "--database=a", "--name", "list"])
        #expect(try EnvironmentSettings(["token"], environment: ["READOUT_DATABASE": "a"]).arguments == ["token"])
    }

    @Test func everySettingHasItsFlag() throws {
        let help = try Program.run("serve", "--help").output
        for setting in Settings.all { #expect(help.contains("--\(setting.name)"), "\(setting.name)") }
        #expect(help.contains("USAGE: readout serve <options>\n"))
    }

    @Test func everyCommandExplainsItself() throws {
        let commands = [
            "serve", "migrate", "seed", "import", "check", "healthcheck", "token create", "token list", "token revoke",
            "audit", "config",
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
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.contains("The value '\(value)' is invalid for '--\(name) <"))
        #expect(outcome.errors.contains("it must be "))
    }

    @Test(arguments: [
        "https://desk.example", "http://localhost:3000", "http://127.0.0.1:8080", "http://[::1]:8080",
        "https://a-b.example:8443",
    ])
    func originsOfPages(_ text: String) { #expect(WebOrigin(text)?.text == text) }

    @Test(arguments: [
        "", "*", "null", "desk.example", "https://", "https://desk.example/", "https://Desk.example",
        "ftp://desk.example",
        "https://desk.example:443", "http://desk.example:80", "https://desk.example:", "https://a@desk.example",
    ])
    func noOriginsOfPages(_ text: String) throws {
        #expect(WebOrigin(text) == nil)
        guard !text.isEmpty else { return }
        let outcome = try Program.run("serve", "--write-origins", text)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("'--write-origins <origins>': it must be origins"))
    }

    @Test(arguments: [("0", 0), ("4096", 4096), ("8KiB", 8192), ("1MiB", 1_048_576), ("2GiB", 2_147_483_648)])
    func byteCounts(_ text: String, _ value: Int) throws {
        #expect(ByteCount.read(text) == value)
        #expect(ByteCount.read(ByteCount.text(value)) == value)
    }

    @Test(arguments: ["", "KiB", "-1", "+1", "1kb", "1.5MiB", "99999999999999999999", "9223372036854775807GiB"])
    func noByteCounts(_ text: String) { #expect(ByteCount.read(text) == nil) }

    @Test(arguments: [("10s", 10_000), ("250ms", 250), ("2m", 120_000), ("3", 3000)])
    func timeSpans(_ text: String, _ milliseconds: Int) {
        let time = Notation<Duration>.time()
        #expect(time.read(text) == .milliseconds(milliseconds))
        #expect(time.read(time.write(.milliseconds(milliseconds))) == .milliseconds(milliseconds))
    }

    @Test(arguments: ["", "s", "0", "0s", "-1s", "1h", "1.5s", "9999999999999999999m", "2000m"])
    func noTimeSpans(_ text: String) { #expect(Notation<Duration>.time().read(text) == nil) }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import Sockets
import TestSupport
import Testing

/// The page for operators, followed line by line by one shell in an empty folder.
@Suite struct OperationsDocumentTests {
    @Test(.enabled(if: Shell.has("curl") && Shell.has("openssl"), "curl or openssl is not installed"))
    func everyCommandDoesWhatThePageSays() throws {
        let examples = try ReadmeTests.examples(in: "docs/operations.md", programs: [""])
        #expect(examples.count >= 30)
        let folder = try ScratchFolder()
        for name in ["migrations", "pages", "seeds"] {
            try FileManager.default.createSymbolicLink(
                atPath: folder.path(name), withDestinationPath: "\(Program.root)/\(name)")
        }
        try FileManager.default.createDirectory(atPath: folder.path("bin"), withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("bin/readout"), withDestinationPath: Program.path)
        let port = try Listener(.ipv4(0x7F00_0001, port: 0)).address.description.split(separator: ":").last ?? "0"
        // With job control, as at a terminal; what each command prints goes to a file of its own.
        var script = "set -m\nexport PATH=\"$PWD/bin:$PATH\"\n"
        for (number, example) in examples.enumerated() {
            script += "{ \(example.command.replacing("8080", with: port))\n} > out-\(number) 2> err-\(number)\n"
            script += "echo $? > status-\(number)\n"
        }
        let file = try folder.write(script + "kill -TERM %1\nwait\n", to: "script")
        let shell = try ChildProcess("/bin/bash", [file], environment: environment, folder: folder.path(""))
        #expect(shell.wait() == 0, "\(shell.errors)")
        for (number, example) in examples.enumerated() {
            func text(_ name: String) -> String {
                (try? String(contentsOfFile: folder.path("\(name)-\(number)"), encoding: .utf8)) ?? "nothing"
            }
            #expect(text("status") == "0\n", "\(example.command)\n\(text("err"))")
            #expect(
                ReadmeTests.matches(text("out"), pattern: example.answer),
                "\(example.command)\nprinted\n\(text("out"))\(text("err"))\nnot\n\(example.answer)")
        }
    }

    /// As cron would: with its few variables, in no folder of ours.
    @Test func theNightlyBackupIsMade() throws {
        let page = try String(contentsOfFile: Program.root + "docs/operations.md", encoding: .utf8)
        let match = try #require(
            page.firstMatch(of: /(READOUT_DATABASE=\S+)\n(?:\S+ ){5} *readout  (\/usr\/local\/bin\/readout backup .+)/))
        let server = try RunningServer()
        let backups = server.folder.path("backups")
        try FileManager.default.createDirectory(atPath: backups, withIntermediateDirectories: false)
        let command = "\(match.1) \(match.2)".replacing("/usr/local/bin/readout", with: try Program.path)
            .replacing("/var/lib/readout", with: server.folder.path)
        let night = try ChildProcess(
            "/usr/bin/env", ["-i", "PATH=/usr/bin:/bin", "/bin/sh", "-c", command], folder: "/")
        #expect(night.wait() == 0, "\(night.errors)")
        let names = try FileManager.default.contentsOfDirectory(atPath: backups)
        #expect(names.count == 2 && names.allSatisfy { $0.hasPrefix("readout-") }, "\(names)")
    }

    private var environment: [String: String] {
        ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("READOUT_") }
    }
}

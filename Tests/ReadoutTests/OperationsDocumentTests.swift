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
            page.firstMatch(
                of: /((?:READOUT_[A-Z]+=\S+\n)+)(?:\S+ ){5} *readout  (\/usr\/local\/bin\/readout backup .+)/))
        let server = try RunningServer()
        let backups = server.folder.path("backups")
        try FileManager.default.createDirectory(atPath: backups, withIntermediateDirectories: false)
        func atNight() throws -> Int32 {
            let command = "export \(match.1.replacing("\n", with: " ")); \(match.2)"
            let night = try ChildProcess(
                "/usr/bin/env", ["-i", "PATH=/usr/bin:/bin", "/bin/sh", "-c", try local(command, server)], folder: "/")
            return night.wait()
        }
        func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: backups).sorted() }
        let old = "\(backups)/readout-20200101T000000Z.sqlite"
        try Shell.require("touch -d '20 days ago' \(old)")
        #expect(try atNight() == 0)
        let made = try names()
        #expect(made.count == 2 && made.allSatisfy { $0.hasPrefix("readout-2") }, "\(made)")
        // What the new one does not prove does not cost the old ones.
        let digest = try #require(made.last)
        try Shell.require(
            "cd \(backups) && touch -d '20 days ago' \(old) && cp \(digest.dropLast(7)) readout-9.sqlite && "
                + "sed 's/^.*  .*$/0/' \(digest) > readout-9.sqlite.sha256")
        #expect(try atNight() != 0)
        #expect(FileManager.default.fileExists(atPath: old))
    }

    /// The line for those who run the server under systemd, but for its folders and its user.
    @Test func commandsOfAnotherUserAreWholeLines() throws {
        let page = try String(contentsOfFile: Program.root + "docs/operations.md", encoding: .utf8)
        let match = try #require(
            page.firstMatch(of: /\n(cd \S+ && READOUT_DATABASE=\S+ )runuser -u readout -- (readout .+)\n/))
        let server = try RunningServer()
        try FileManager.default.createDirectory(
            atPath: server.folder.path("backups"), withIntermediateDirectories: false)
        let line = try local("\(match.1)/usr/local/bin/\(match.2)", server)
        let made = try Shell.run(line)
        #expect(made.status == 0, "\(made.output)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: server.folder.path("backups")).count == 2)
    }

    /// With the folders of a test in the place of the machine's.
    private func local(_ command: String, _ server: RunningServer) throws -> String {
        command.replacing("/usr/local/bin/readout", with: try Program.path)
            .replacing("/usr/local/share/readout", with: String(Program.root.dropLast()))
            .replacing("/var/lib/readout", with: server.folder.path)
    }

    private var environment: [String: String] {
        ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("READOUT_") }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// A database file that is not where it should be, before a start and while a server runs.
@Suite struct LostDatabaseTests {
    private func status(_ server: RunningServer, _ target: String, _ options: String = "") throws -> String {
        try server.curl(target, "-o /dev/null -w '%{http_code}' \(options)")
    }

    private func token(for server: RunningServer) throws -> String {
        let made = try Program.run(
            "token", "create", "--name", "desk", "--scope", "write", "--database", server.database)
        return made.output.trimmingCharacters(in: .newlines)
    }

    /// What is written to a file that has no name is lost with the process.
    @Test(arguments: [
        // The socket for commands stays: it is how the rest is rescued.
        #"rm -f "$DB" "$DB-wal" "$DB-shm""#, #"mv "$DB" "$DB.away""#, #"cp "$DB" new && mv new "$DB""#,
    ])
    func nothingIsWrittenToAFileThatIsGone(_ command: String) throws {
        let server = try RunningServer()
        let bearer = "-H 'Authorization: Bearer \(try token(for: server))' -H 'Content-Type: application/json'"
        let write = "-X POST \(bearer) -d '{\"name\":\"Ilse Marn\",\"category\":\"private\"}'"
        try Shell.require("DB='\(server.database)' && cd '\(server.folder.path)' && \(command)")
        let ready = try server.curl("/readyz", "-i")
        #expect(ready.hasPrefix("HTTP/1.1 503 ") && ready.contains("was removed or replaced"), "\(ready)")
        let refused = try server.curl("/v1/people", "-i \(write)")
        #expect(
            refused.hasPrefix("HTTP/1.1 503 ") && refused.contains("The file of the database is gone"), "\(refused)")
        #expect(try status(server, "/v1/people/qin-gang") == "200")

        let backup = server.folder.path("rescued.sqlite")
        let made = try Program.run("backup", "--database", server.database, backup)
        #expect(made.status == 0 && made.errors.contains("The backup is whole"), "\(made.errors)")
        #expect(try Program.run("verify", backup).status == 0)

        // Said once, however often it is met.
        var log = ""
        for _ in 0..<1000 where !log.contains("critical") { log += server.log() }
        server.signal(SIGTERM)
        #expect(server.waitForExit() == 0)
        log += server.log()
        #expect(log.components(separatedBy: "was removed or replaced").count == 2, "\(log)")
        #expect(!log.contains("a request failed"), "\(log)")
    }

    @Test func fileThatComesBackIsWrittenAgain() throws {
        let server = try RunningServer()
        try Shell.require("mv \(server.database) \(server.database).away")
        try server.awaitLog("was removed or replaced")
        try Shell.require("mv \(server.database).away \(server.database)")
        try server.awaitLog("is back")
        #expect(try status(server, "/readyz") == "200")
        #expect(try token(for: server).hasPrefix("readout_"))
    }

    // MARK: Before a start

    @Test func newDatabaseIsWarnedOfOrForbidden() throws {
        let folder = try ScratchFolder()
        let database = folder.path("data/readout.sqlite")
        for command in ["config", "serve"] {
            let refused = try Program.run(command, "--port", "0", "--database", database, "--create", "off")
            #expect(refused.status == 1 && refused.errorLines.count == 1)
            #expect(refused.errors.hasPrefix("Error: --create off: there is no database \(database)"))
        }
        #expect(!folder.exists("data"))
        let first = try Program.start(["serve", "--port", "0", "--log-format", "text", "--database", database])
        while first.isRunning, !first.output.contains("listening") { usleep(10_000) }
        #expect(first.output.contains(" warning a new database was made at \(database)"), "\(first.output)")
        first.signal(SIGTERM)
        #expect(first.wait() == 0)
        let second = try Program.start(["serve", "--port", "0", "--database", database, "--create", "off"])
        while second.isRunning, !second.output.contains("listening") { usleep(10_000) }
        #expect(!second.output.contains("a new database"))
        second.signal(SIGTERM)
        #expect(second.wait() == 0)
    }

    /// SQLite would throw it away, and with it what was never copied into the file.
    @Test(arguments: ["serve --port 0", "seed", "migrate"]) func logWithoutItsDatabaseIsKept(_ command: String) throws {
        let folder = try ScratchFolder()
        let log = try folder.write("what was written last", to: "readout.sqlite-wal")
        let outcome = try Program.run(
            command.split(separator: " ").map(String.init) + ["--database", folder.path("readout.sqlite")])
        #expect(outcome.status == 1 && outcome.errorLines.count == 1)
        #expect(outcome.errors.contains("but its log \(log) is there; bring back the file"), "\(outcome.errors)")
        #expect(try String(contentsOfFile: log, encoding: .utf8) == "what was written last")
        #expect(!folder.exists("readout.sqlite"))
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import Sockets
import TestSupport
import Testing

/// From the start of the program to its end, as those see it who start and watch it.
@Suite struct LifeTests {
    @Test func serverIsNotReadyWhileItDrains() throws {
        let server = try RunningServer(["--drain-delay", "60m", "--admin-port", "0"])
        #expect(try server.curl("/readyz", "-o /dev/null -w '%{http_code}'") == "200")
        server.signal(SIGTERM)
        try server.awaitLog("stopping")
        let answer = try server.curl("/readyz", "-i")
        #expect(answer.hasPrefix("HTTP/1.1 503 "))
        #expect(answer.contains("The server is about to stop."))
        #expect(
            try Program.shell("curl -s http://\(try #require(server.admin))/readyz").output.contains("about to stop"))
        // Everything else goes on as before.
        #expect(try server.curl("/v1/people/qin-gang").contains("Qin Gang"))
        let check = try Program.run("healthcheck", "--database", server.database)
        #expect(check.status == 1 && check.errors.contains("about to stop"))
        server.signal(SIGTERM)
        #expect(server.waitForExit() == 1)
    }

    @Test func drainDelayEndsByItself() throws {
        let server = try RunningServer(["--drain-delay", "50ms"])
        server.signal(SIGTERM)
        #expect(server.waitForExit() == 0)
    }

    @Test func serviceManagerIsToldOfEachTurn() throws {
        let folder = try ScratchFolder()
        let path = folder.path("notify")
        let words = try folder.write("", to: "words")
        // Writes each datagram as a line.
        let script = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.bind(sys.argv[1])
            f = open(sys.argv[2], 'ab', 0)
            while True: f.write(s.recv(4096).replace(b'\\n', b' ') + b'\\n')
            """
        let manager = try ChildProcess("/usr/bin/env", ["python3", "-c", script, path, words])
        defer { withExtendedLifetime(manager) {} }
        while !FileManager.default.fileExists(atPath: path) { usleep(1000) }
        let server = try RunningServer(environment: ["NOTIFY_SOCKET": path, "READOUT_DRAIN_DELAY": "1s"])
        func isTold(_ word: String) -> Bool {
            for _ in 0..<1000 {
                if (try? String(contentsOfFile: words, encoding: .utf8))?.contains(word) == true { return true }
                usleep(10_000)
            }
            return false
        }
        #expect(isTold("READY=1 STATUS=listening\n"))
        server.signal(SIGHUP)
        #expect(isTold("RELOADING=1 MONOTONIC_USEC="))
        server.signal(SIGTERM)
        #expect(isTold("STOPPING=1 STATUS=draining\n"))
        // Files may be read again until the end, but of that the manager hears no more.
        server.signal(SIGHUP)
        #expect(server.waitForExit() == 0)
        let all = try String(contentsOfFile: words, encoding: .utf8)
        #expect(all.split(separator: "\n").count == 4, "\(all)")
    }

    @Test(.enabled(if: Shell.has("systemd-analyze"), "systemd-analyze is not installed"))
    func unitIsValid() throws {
        let folder = try ScratchFolder()
        let unit = try String(contentsOfFile: Program.root + "docs/deploy/readout.service", encoding: .utf8)
        let file = try folder.write(unit.replacing("/usr/local/bin/readout", with: "/bin/true"), to: "readout.service")
        let checked = try Shell.run("systemd-analyze verify \(file)")
        #expect(checked.status == 0, "\(checked.output)")
    }

    // MARK: Migrations

    /// The migrations of this program and one that came later.
    private func newer(_ folder: ScratchFolder) throws -> String {
        let known = try FileManager.default.contentsOfDirectory(atPath: "\(Program.root)/migrations").sorted()
        for name in known {
            let text = try String(contentsOfFile: "\(Program.root)/migrations/\(name)", encoding: .utf8)
            try folder.write(text, to: "migrations/\(name)")
        }
        let number = String(10_001 + known.count).dropFirst()
        try folder.write("CREATE TABLE later (a INTEGER) STRICT;", to: "migrations/\(number)_later.sql")
        return folder.path("migrations")
    }

    /// A folder with a database of this program, which nobody runs on.
    private func leftBehind() throws -> ScratchFolder {
        let server = try RunningServer()
        server.signal(SIGTERM)
        #expect(server.waitForExit() == 0)
        return server.folder
    }

    @Test func startMigratesAfterABackup() throws {
        let folder = try leftBehind()
        let later = try ScratchFolder()
        let migrations = try newer(later)
        let second = try RunningServer(["--migrations", migrations], folder: folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(""))
        let backup = try #require(names.first { $0.hasPrefix("readout.sqlite.before-") && !$0.hasSuffix(".sha256") })
        // By the older program, which can go back to it.
        #expect(try Program.run("verify", folder.path(backup)).status == 0)
        second.signal(SIGTERM)
        #expect(second.waitForExit() == 0)
        let refused = try Program.run("serve", "--port", "0", "--database", folder.path("readout.sqlite"))
        #expect(refused.status == 1 && refused.errors.contains("newer than this program"))
        let restored = try Program.run(
            "restore", "--force", "--database", folder.path("readout.sqlite"), folder.path(backup))
        #expect(restored.status == 0, "\(restored.errors)")
        let third = try RunningServer(folder: folder)
        #expect(try third.curl("/readyz").contains("ready"))
    }

    @Test func startRefusesAnOlderDatabaseWhereItMayNotMigrate() throws {
        let folder = try leftBehind()
        let later = try ScratchFolder()
        let migrations = try newer(later)
        let refused = try Program.run(
            "serve", "--port", "0", "--database", folder.path("readout.sqlite"), "--migrations", migrations,
            "--migrate",
            "check")
        #expect(refused.status == 1)
        #expect(refused.errorLines.count == 1 && refused.errors.contains("the migration 'later' is pending"))
        let served = try RunningServer(["--migrations", migrations, "--migrate", "off"], folder: folder)
        let answer = try served.curl("/readyz", "-i")
        #expect(answer.hasPrefix("HTTP/1.1 503 ") && answer.contains("the migration 'later' is pending"))
        #expect(try served.curl("/v1/people/qin-gang").contains("Qin Gang"))
        #expect(
            !(try FileManager.default.contentsOfDirectory(atPath: folder.path("")).contains { $0.contains("before-") }))
    }

    /// The copy is of the database before all of them; those that went well before the one that fails stay.
    @Test func migrationThatFailsLeavesTheOneBefore() throws {
        let folder = try leftBehind()
        let later = try ScratchFolder()
        let migrations = try newer(later)
        let known = try FileManager.default.contentsOfDirectory(atPath: migrations).count - 1
        let number = String(10_002 + known).dropFirst()
        try later.write("CREATE TABLE last (a INTEGER) STRICT; SELECT none;", to: "migrations/\(number)_fails.sql")
        let database = folder.path("readout.sqlite")
        for _ in 0..<2 {
            let failed = try Program.run("serve", "--port", "0", "--database", database, "--migrations", migrations)
            #expect(failed.status == 1 && failed.errorLines.count == 1)
            #expect(failed.errors.contains("migration \(known + 2) (fails) failed"), "\(failed.errors)")
            let shown = try Program.run("migrate", "--show", "--database", database, "--migrations", migrations)
            #expect(shown.output.contains("\(known + 1) later: applied"))
            #expect(shown.output.hasSuffix("\(known + 2) fails: pending\n"))
        }
        let restored = try Program.run(
            "restore", "--force", "--database", database, "\(database).before-\(known + 1)")
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(try RunningServer(folder: folder).curl("/readyz").contains("ready"))
    }

    /// It is asked all the time: what it says is no fault of the program.
    @Test func notBeingReadyIsNoErrorInTheLog() throws {
        let server = try RunningServer(["--drain-delay", "60m"])
        server.signal(SIGTERM)
        try server.awaitLog("stopping")
        #expect(try server.curl("/readyz", "-o /dev/null -w '%{http_code}'") == "503")
        var log = ""
        for _ in 0..<1000 where !log.contains("status=503") { log += server.log() }
        #expect(log.contains("status=503") && !log.contains("error") && !log.contains("Problem("), "\(log)")
        server.signal(SIGTERM)
        #expect(server.waitForExit() == 1)
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@Suite struct ServeTests {
    @Test func answersFromSeedsOnAnEmptyDatabase() throws {
        let server = try RunningServer()
        let answer = try server.curl("/v1/events?official=qin-gang&from=2023-06&fields=date")
        let list = try JSONDecoder().decode(EventList.self, from: Data(answer.utf8))
        #expect(list.data.first { $0.id == "blinken-qin-phone-call" }?.date?.edtf == "2023-06-13")
        #expect(list.data.first { $0.id == "blinken-qin-meeting-in-beijing" }?.date?.edtf == "2023-06-18")
    }

    @Test func misspeltParameterIsRefusedWithTheRightOne() throws {
        let server = try RunningServer()
        let answer = try server.curl("/v1/events?offical=qin-gang", "-i")
        #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
        #expect(answer.contains("application/problem+json"))
        #expect(answer.contains("did you mean 'official'?"))
    }

    @Test(arguments: [SIGTERM, SIGINT]) func signalEndsItCleanly(_ signal: Int32) throws {
        let server = try RunningServer()
        let socket = server.database + ".sock"
        #expect(FileManager.default.fileExists(atPath: socket))
        server.signal(signal)
        #expect(server.waitForExit() == 0)
        #expect(!FileManager.default.fileExists(atPath: socket))
    }

    @Test func restartKeepsTheData() throws {
        let folder = try ScratchFolder()
        let first = try RunningServer(folder: folder)
        let file = try folder.write("A harbour opens\n\nThe ferry came on Monday.\n", to: "a.txt")
        #expect(try Program.run("import", "--database", first.database, file).status == 0)
        let before = try first.curl("/v1/articles/a-harbour-opens")
        #expect(before.contains("\"hasText\":true"))
        first.signal(SIGTERM)
        #expect(first.waitForExit() == 0)
        let second = try RunningServer(folder: folder)
        #expect(try second.curl("/v1/articles/a-harbour-opens") == before)
    }

    @Test func secondServerOnOneDatabaseIsRefused() throws {
        let server = try RunningServer()
        let outcome = try Program.run("serve", "--port", "0", "--database", server.database)
        #expect(outcome.status == 1)
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.contains("held by process \(server.processID)"))
    }

    @Test func portInUseIsNamedAndNothingIsLeft() throws {
        let server = try RunningServer()
        let port = try #require(server.address.split(separator: ":").last).description
        let folder = try ScratchFolder()
        let outcome = try Program.run("serve", "--port", port, "--database", folder.path("data/other.sqlite"))
        #expect(outcome.status == 1)
        #expect(
            outcome.errorLines == [
                "Error: cannot listen on 127.0.0.1:\(port): bind: Address already in use; "
                    + "stop what listens there, or name another --port"
            ])
        #expect(!FileManager.default.fileExists(atPath: folder.path("data")))
        #expect(try server.curl("/healthz").contains("alive"))
    }

    @Test func missingSeedsAreNamedAndNothingIsLeft() throws {
        let folder = try ScratchFolder()
        let database = folder.path("readout.sqlite")
        let outcome = try Program.run("serve", "--port", "0", "--database", database, "--seeds", folder.path("none"))
        #expect(outcome.status == 1)
        #expect(
            outcome.errorLines == [
                "Error: there is no seeds folder \(folder.path("none")); name it with --seeds, or run where it is"
            ])
        #expect(!FileManager.default.fileExists(atPath: database))
    }

    @Test func missingMigrationsAreNamed() throws {
        let folder = try ScratchFolder()
        let outcome = try Program.run(
            "serve", "--port", "0", "--database", folder.path("a.sqlite"), "--migrations", folder.path("none"))
        #expect(outcome.status == 1)
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.contains("there is no migrations folder"))
    }

    @Test func migrationsOfAnOlderProgramAreRefusedBeforeAnythingIsMade() throws {
        let folder = try ScratchFolder()
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(Program.root)/migrations").sorted()
        for name in names.dropLast() {
            try folder.write(
                String(contentsOfFile: "\(Program.root)/migrations/\(name)", encoding: .utf8), to: "old/\(name)")
        }
        let outcome = try Program.run(
            "serve", "--port", "0", "--database", folder.path("a.sqlite"), "--migrations", folder.path("old"))
        #expect(outcome.status == 1)
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.contains("ends at \(names.count - 1), and this program needs \(names.count)"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("a.sqlite")))
    }

    @Test func missingCertificateIsNamedAndNothingIsLeft() throws {
        let folder = try ScratchFolder()
        let certificate = folder.path("none.pem")
        let outcome = try Program.run(
            "serve", "--port", "0", "--database", folder.path("data/a.sqlite"), "--tls-certificate", certificate,
            "--tls-key", folder.path("none.key"))
        #expect(outcome.status == 1)
        #expect(outcome.errorLines.count == 1)
        #expect(
            outcome.errors
                == "Error: --tls-certificate: cannot read \(certificate): there is no such file or folder\n")
        #expect(!FileManager.default.fileExists(atPath: folder.path("data")))
    }

    @Test func socketThatCannotBeIsNamedAndNothingIsLeft() throws {
        let folder = try ScratchFolder()
        let database = folder.path(String(repeating: "a", count: 120) + "/readout.sqlite")
        let outcome = try Program.run("serve", "--port", "0", "--database", database)
        #expect(outcome.status == 1)
        #expect(
            outcome.errorLines == [
                "Error: the path of --database is too long: with '.sock' behind it it may have 107 bytes"
            ])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        // Commands need no server.
        #expect(try Program.run("seed", "--database", database).status == 0)
    }

    /// A file where the folder should be is in everybody's way, and in root's too.
    @Test func volumeThatCannotBeWrittenIsNamed() throws {
        let folder = try ScratchFolder()
        let file = try folder.write("no folder", to: "data")
        for database in ["\(file)/a.sqlite", "/proc/readout/a.sqlite"] {
            let outcome = try Program.run("serve", "--port", "0", "--database", database)
            #expect(outcome.status == 1)
            #expect(outcome.errorLines.count == 1)
            #expect(outcome.errors.contains("--database"), "\(outcome.errors)")
        }
        let unwritable = try Program.run("serve", "--port", "0", "--database", "/proc/a.sqlite")
        #expect(unwritable.status == 1)
        #expect(unwritable.errorLines.count == 1)
        #expect(unwritable.errors.contains("/proc/a.sqlite.lock"), "\(unwritable.errors)")
    }

    @Test func fileThatIsNoDatabaseIsLeftAlone() throws {
        let folder = try ScratchFolder()
        let text = String(repeating: "no database at all\n", count: 400)
        let file = try folder.write(text, to: "readout.sqlite")
        let outcome = try Program.run("serve", "--port", "0", "--database", file)
        #expect(outcome.status == 1)
        #expect(outcome.errorLines.count == 1)
        #expect(
            outcome.errors == "Error: --database \(file): file is not a database; "
                + "'readout restore --force' puts a backup in its place\n")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
    }

    @Test func databaseOfANewerProgramIsRefused() throws {
        let server = try RunningServer()
        server.signal(SIGTERM)
        #expect(server.waitForExit() == 0)
        let older = try ScratchFolder()
        try older.write("SELECT 1;", to: "migrations/0001_other.sql")
        let newer = try ScratchFolder()
        let known = try FileManager.default.contentsOfDirectory(atPath: "\(Program.root)/migrations")
        for name in known {
            try newer.write(
                String(contentsOfFile: "\(Program.root)/migrations/\(name)", encoding: .utf8), to: "migrations/\(name)")
        }
        try newer.write(
            "CREATE TABLE later (a INTEGER) STRICT;",
            to: "migrations/\(String(10_001 + known.count).dropFirst())_later.sql")
        let migrated = try Program.run(
            "migrate", "--database", server.database, "--migrations", newer.path("migrations"))
        #expect(migrated.status == 0)
        let outcome = try Program.run("serve", "--port", "0", "--database", server.database)
        #expect(outcome.status == 1)
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.contains("newer"))
        let other = try Program.run(
            "migrate", "--database", server.database, "--migrations", older.path("migrations"))
        #expect(other.status == 1)
    }
}

/// As much of a list of events as these tests look at.
struct EventList: Decodable {
    struct Item: Decodable {
        struct Date: Decodable { let edtf: String }
        let id: String
        let date: Date?
    }
    let data: [Item]
}

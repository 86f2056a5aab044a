// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@Suite struct BackupCommandTests {
    @Test(arguments: [false, true]) func backupIsProvedAndRestored(onRunningServer: Bool) throws {
        let folder = try ScratchFolder()
        let server = onRunningServer ? try RunningServer(folder: folder) : nil
        let database = folder.path("readout.sqlite")
        if !onRunningServer { #expect(try Program.run("seed", "--database", database).status == 0) }
        let backup = folder.path("a.sqlite")
        let made = try Program.run("backup", "--database", database, backup)
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.hasPrefix("\(backup): "))
        let again = try Program.run("backup", "--database", database, backup)
        #expect(again.status == 1)
        #expect(again.errorLines.count == 1)
        #expect(again.errors.contains("\(backup) is there already; --force replaces a backup"))
        #expect(try Program.run("backup", "--database", database, "--force", backup).status == 0)

        let verified = try Program.run("verify", backup)
        #expect(verified.status == 0, "\(verified.errors)")
        #expect(verified.output.hasPrefix("digest: holds, "))
        #expect(verified.output.contains("\nschema: sound, migration "))
        #expect(verified.output.contains("\nrecords: every rule holds\n"))

        if let server {
            let refused = try Program.run("restore", "--database", database, "--force", backup)
            #expect(refused.status == 1)
            #expect(
                refused.errorLines == ["Error: \(database) is in use by process \(server.processID): stop it first"])
            server.signal(SIGTERM)
            #expect(server.waitForExit() == 0)
        }
        let unasked = try Program.run("restore", "--database", database, backup)
        #expect(unasked.status == 1)
        #expect(unasked.errors.contains("--force"))
        let restored = try Program.run("restore", "--database", database, "--force", backup)
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(restored.output.contains("the former database is kept as \(database).replaced-"))
        #expect(try Program.run("check", "--database", database).status == 0)
    }

    /// As backups made by 'cron' are proved.
    @Test func newestBackupOfAFolderIsVerified() throws {
        let folder = try ScratchFolder()
        let database = folder.path("readout.sqlite")
        #expect(try Program.run("seed", "--database", database).status == 0)
        let none = try Program.run("verify", folder.path)
        #expect(none.status == 1 && none.errors.contains("there is no backup readout-….sqlite in \(folder.path)"))
        let old = folder.path("readout-20200101T000000Z.sqlite")
        try folder.write("no backup at all", to: "readout-20200101T000000Z.sqlite")
        #expect(try Program.run("backup", "--database", database, folder.path).status == 0)
        let verified = try Program.run("verify", folder.path)
        #expect(verified.status == 0, "\(verified.errors)")
        #expect(verified.output.hasPrefix("backup: \(folder.path("readout-2"))") && !verified.output.contains(old))
    }

    @Test func damagedBackupIsNamed() throws {
        let folder = try ScratchFolder()
        let (database, backup) = (folder.path("readout.sqlite"), folder.path("a.sqlite"))
        #expect(try Program.run("seed", "--database", database).status == 0)
        #expect(try Program.run("backup", "--database", database, backup).status == 0)
        _ = try Program.shell("printf x | dd of=\(backup) bs=1 seek=9000 conv=notrunc")
        for command in [["verify", backup], ["restore", "--database", folder.path("new.sqlite"), backup]] {
            let outcome = try Program.run(command)
            #expect(outcome.status == 1)
            #expect(outcome.errorLines.count == 1)
            #expect(outcome.errors.contains("\(backup) is not as it was written"))
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("new.sqlite")))
    }

    @Test func whatIsNotThereIsNamed() throws {
        let folder = try ScratchFolder()
        for command in [
            ["backup", "--database", folder.path("none.sqlite"), folder.path("a.sqlite")],
            ["export", "--database", folder.path("none.sqlite")], ["verify", folder.path("none.sqlite")],
            ["restore", "--database", folder.path("data.sqlite"), folder.path("none.sqlite")],
        ] {
            let outcome = try Program.run(command)
            #expect(outcome.status == 1)
            #expect(outcome.errorLines.count == 1)
            #expect(outcome.errors.contains(folder.path("none.sqlite")), "\(outcome.errors)")
        }
    }

    /// An export made into seeds makes the same database again.
    @Test func exportGoesRoundByWayOfSeeds() throws {
        let server = try RunningServer()
        let first = try Program.run("export", "--database", server.database)
        #expect(first.status == 0, "\(first.errors)")
        let lines = first.output.split(separator: "\n").map(String.init)
        // Every record there is.
        let home = try server.curl("/v1")
        let seeds = try ScratchFolder()
        for (type, file) in [
            ("article", "articles"), ("organization", "organizations"), ("place", "places"), ("person", "people"),
            ("issue", "issues"), ("event", "events"), ("statement", "statements"), ("discrepancy", "discrepancies"),
            ("overlap", "overlaps"),
        ] {
            let records = lines.filter { Self.type(of: $0) == type }
            if type != "overlap" { #expect(home.contains("\"\(file)\":\(records.count)"), "\(type)") }
            #expect(!records.isEmpty)
            // An overlap has no type in a seed file: no other thing can stand there.
            let texts = records.map { $0.replacing("{\"type\":\"overlap\",", with: "{") }
            try seeds.write("[\(texts.joined(separator: ",\n"))]", to: "seeds/\(file).json")
        }
        let database = seeds.path("again.sqlite")
        let seeded = try Program.run("seed", "--database", database, "--seeds", seeds.path("seeds"))
        #expect(seeded.status == 0, "\(seeded.errors)")
        let second = try Program.run("export", "--database", database)
        #expect(Self.withoutState(second.output) == Self.withoutState(first.output))
    }

    private static func type(of line: String) -> String? {
        let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        return object?["type"] as? String
    }

    /// Revisions and their times are each database's own.
    private static func withoutState(_ lines: String) -> String {
        lines.replacing(#/"revision":\d+,"updatedAt":"[^"]*"/#, with: "")
    }
}

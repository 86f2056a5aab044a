// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@Suite struct JobTests {
    @Test(.enabled(if: Articles.areAtHand, Articles.absence), arguments: [false, true])
    func importedTextsMakeEveryCitationHold(onRunningServer: Bool) throws {
        let folder = try ScratchFolder()
        let database = folder.path("readout.sqlite")
        let server = onRunningServer ? try RunningServer(folder: folder) : nil
        if !onRunningServer { #expect(try Program.run("seed", "--database", database).status == 0) }

        let unchecked = try Program.run("check", "--database", database)
        #expect(unchecked.status == 0)
        #expect(unchecked.output.contains("not checked: import the articles' texts first"))

        let imported = try Program.run("import", "--database", database, Articles.folder)
        #expect(imported.status == 0)
        #expect(imported.output.contains("5 articles, 0 not imported"))
        #expect(imported.output.contains(", 0 stale"))

        let checked = try Program.run("check", "--database", database)
        #expect(checked.status == 0)
        #expect(checked.output.contains("every one of"))
        withExtendedLifetime(server) {}
    }

    @Test(.enabled(if: Articles.areAtHand, Articles.absence))
    func changedEditionIsReportedAndMakesCitationsStale() throws {
        let folder = try ScratchFolder()
        let database = folder.path("readout.sqlite")
        #expect(try Program.run("seed", "--database", database).status == 0)
        #expect(try Program.run("import", "--database", database, Articles.folder).status == 0)
        let name = "003_29f201e5e6a39567.txt"
        let text = try String(contentsOfFile: "\(Articles.folder)/\(name)", encoding: .utf8)
        let changed = try folder.write(text.replacingOccurrences(of: "Gates", with: "Doors"), to: name)

        let refused = try Program.run("import", "--database", database, changed)
        #expect(refused.status == 1)
        #expect(refused.output.contains("NOT imported"))
        #expect(try Program.run("check", "--database", database).status == 0)

        let replaced = try Program.run("import", "--database", database, "--replace", changed)
        #expect(replaced.status == 1)
        #expect(replaced.output.contains("new edition stored"))
        let checked = try Program.run("check", "--database", database)
        #expect(checked.status == 1)
        #expect(checked.output.contains("person 'bill-gates': paragraph 16 of 'why-is-blinken-going-to-china'"))
    }

    /// Every file of the shipped seeds.
    private static let seedNames = [
        "articles", "organizations", "places", "people", "issues", "events", "statements", "discrepancies", "overlaps",
    ]

    @Test func seedingAgainChangesNothing() throws {
        let folder = try ScratchFolder()
        let database = folder.path("readout.sqlite")
        let first = try Program.run("seed", "--database", database)
        #expect(first.status == 0)
        #expect(first.output.contains("articles: 5 created, 0 updated, 0 unchanged"))
        let second = try Program.run("seed", "--database", database)
        #expect(second.output.contains("articles: 0 created, 0 updated, 5 unchanged"))
        #expect(!second.output.contains("1 created"))
    }

    @Test func runningServerServesWhatWasSeededThroughIt() throws {
        let server = try RunningServer()
        let seeds = try ScratchFolder()
        for name in Self.seedNames {
            var text = try String(contentsOfFile: "\(Program.root)/seeds/\(name).json", encoding: .utf8)
            if name == "people" {
                let edited = text.replacingOccurrences(of: "\"name\": \"Qin Gang\"", with: "\"name\": \"Qin G.\"")
                #expect(edited != text)
                text = edited
            }
            try seeds.write(text, to: "\(name).json")
        }
        #expect(try server.curl("/v1/people/qin-gang").contains("\"Qin Gang\""))
        let outcome = try Program.run("seed", "--database", server.database, "--seeds", seeds.path(""))
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("people: 0 created, 1 updated"))
        #expect(try server.curl("/v1/people/qin-gang").contains("\"Qin G.\""))
    }

    @Test func faultySeedIsNamedAndNothingLoaded() throws {
        let folder = try ScratchFolder()
        for name in Self.seedNames {
            let text = try String(contentsOfFile: "\(Program.root)/seeds/\(name).json", encoding: .utf8)
            try folder.write(
                name == "events" ? text.replacing("\"beijing\"", with: "\"bejing\"") : text, to: "\(name).json")
        }
        let database = folder.path("readout.sqlite")
        let outcome = try Program.run("seed", "--database", database, "--seeds", folder.path(""))
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("events.json/"))
        #expect(outcome.errors.contains("there is no place 'bejing'; did you mean 'beijing'?"))
        let server = try RunningServer(folder: folder)
        #expect(try server.curl("/v1/events?limit=1").contains("\"data\":[{"))
    }

    @Test func checkWithoutDatabaseMakesNone() throws {
        let folder = try ScratchFolder()
        let outcome = try Program.run("check", "--database", folder.path("none.sqlite"))
        #expect(outcome.status == 1)
        #expect(outcome.errorLines.count == 1)
        #expect(!FileManager.default.fileExists(atPath: folder.path("none.sqlite")))
    }

    @Test func unusableFilesAreReportedAndTheRestGoesOn() throws {
        let folder = try ScratchFolder()
        try folder.write("A harbour opens\n\nThe ferry came on Monday.\n", to: "in/a.txt")
        try folder.write(" \n\t\n", to: "in/b.txt")
        try Data([0x41, 0xFF, 0xFE]).write(to: URL(filePath: folder.path("in/c.txt")))
        let database = folder.path("readout.sqlite")
        let outcome = try Program.run("import", "--database", database, folder.path("in"))
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("a.txt: article 'a-harbour-opens', new"))
        #expect(outcome.errors.contains("b.txt: The text holds no text."))
        #expect(outcome.errors.contains("c.txt: The text is not UTF-8 text: byte 2, in line 1, is none."))
        #expect(outcome.output.contains("3 articles, 2 not imported"))
    }

    @Test func fileTooLargeForTheServerIsReportedAndTheRestGoesOn() throws {
        let server = try RunningServer(["--import-body", "64KiB"])
        try server.folder.write(String(repeating: "long ", count: 2_000_000), to: "in/a.txt")
        try server.folder.write("A harbour opens\n", to: "in/b.txt")
        let outcome = try Program.run("import", "--database", server.database, server.folder.path("in"))
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("a.txt: "))
        #expect(outcome.errors.contains("larger than 65536 bytes"))
        #expect(outcome.output.contains("b.txt: article 'a-harbour-opens', new"))
    }

    @Test func seedsThatAreNotUTF8AreRefused() throws {
        let seeds = try ScratchFolder()
        for name in Self.seedNames {
            try seeds.write(
                String(contentsOfFile: "\(Program.root)/seeds/\(name).json", encoding: .utf8), to: "\(name).json")
        }
        var bytes = try Data(contentsOf: URL(filePath: seeds.path("people.json")))
        bytes[bytes.count / 2] = 0xFF
        try bytes.write(to: URL(filePath: seeds.path("people.json")))
        let outcome = try Program.run("seed", "--database", seeds.path("readout.sqlite"), "--seeds", seeds.path(""))
        #expect(outcome.status == 1)
        #expect(outcome.errorLines == ["Error: people.json is not UTF-8 text"])
    }

    @Test func healthcheckTellsReadyFromNot() throws {
        let folder = try ScratchFolder()
        let database = folder.path("readout.sqlite")
        let absent = try Program.run("healthcheck", "--database", database)
        #expect(absent.status == 1)
        #expect(absent.errors.contains("no server runs"))
        let server = try RunningServer(folder: folder)
        let ready = try Program.run("healthcheck", "--database", database)
        #expect(ready.status == 0)
        #expect(ready.output == "ready\n")
        withExtendedLifetime(server) {}
    }

    @Test func healthcheckWaitsForAServerThatIsTooBusyToAnswer() throws {
        let server = try RunningServer()
        server.signal(SIGSTOP)
        defer { server.signal(SIGCONT) }
        let arguments = ["healthcheck", "--database", server.database]
        let impatient = try Program.run(arguments)
        #expect(impatient.status == 1)
        #expect(impatient.errors.contains("the connection to the server broke"))
        let waiting = try Program.start(arguments + ["--wait", "120s"])
        // Longer than one question is given to be answered.
        sleep(4)
        server.signal(SIGCONT)
        #expect(waiting.wait() == 0)
    }

    @Test func migrationsAreShown() throws {
        let folder = try ScratchFolder()
        let database = folder.path("readout.sqlite")
        #expect(try Program.run("migrate", "--database", database, "--show").status == 1)
        #expect(try Program.run("migrate", "--database", database).status == 0)
        let shown = try Program.run("migrate", "--database", database, "--show")
        #expect(shown.status == 0)
        #expect(shown.output.contains("1 coverage: applied 2"))
    }
}

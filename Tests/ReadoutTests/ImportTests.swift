// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// `readout import`, with and without a server on the database.
@Suite struct ImportTests {
    private let folder: ScratchFolder
    private var database: String { folder.path("readout.sqlite") }

    init() throws { folder = try ScratchFolder() }

    private func fill() throws {
        try folder.write("A harbour opens\n\nThe ferry came on Monday.\n", to: "in/a.txt")
        try folder.write(
            #"{"text": "Salt is dear\n\nNobody knows why.\n", "publisher": "Karst Courier", "published": "2031-04-15"}"#,
            to: "in/b.json")
        try folder.write(
            #"[{"text": "Salt is cheap\n"}, {"text": "<html>"}, {"text": "Fog\n", "source": "fog.txt"}]"#,
            to: "in/c.json")
        try folder.write(
            #"{"text": "One line\n"}"# + "\n\n" + #"{"txt": "Two"}"# + "\n{\n" + #"{"text": "Four lines\n"}"#,
            to: "in/d.ndjson")
        try folder.write("not mine", to: "in/e.dat")
    }

    private func importAll(_ options: String...) throws -> Program.Outcome {
        try Program.run(["import", "--database", database] + options + [folder.path("in")])
    }

    @Test(arguments: [false, true])
    func takesEveryForm(onRunningServer: Bool) throws {
        try fill()
        let server = onRunningServer ? try RunningServer(folder: folder) : nil
        let outcome = try importAll()
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("a.txt: article 'a-harbour-opens', new"))
        #expect(outcome.output.contains("b.json: article 'salt-is-dear', new"))
        #expect(outcome.output.contains("c.json/0: article 'salt-is-cheap', new"))
        #expect(outcome.output.contains("c.json/2: article 'fog', new"))
        #expect(outcome.output.contains("d.ndjson:1: article 'one-line', new"))
        #expect(outcome.output.contains("d.ndjson:5: article 'four-lines', new"))
        #expect(outcome.errors.contains("c.json/1: "))
        #expect(outcome.errors.contains("is HTML or XML, not plain text"))
        #expect(outcome.errors.contains("d.ndjson:3: "))
        #expect(outcome.errors.contains("d.ndjson:4: The content is no good JSON"))
        #expect(outcome.output.contains("9 articles, 3 not imported"))
        // Nothing drawn for a terminal where there is none.
        #expect(!outcome.errors.contains("\u{1B}") && !outcome.output.contains("\u{1B}"))
        withExtendedLifetime(server) {}
    }

    @Test func goesOnWhereItWasBrokenOff() throws {
        try fill()
        try folder.write("The second\n", to: "in/z.txt")
        #expect(try Program.run("import", "--database", database, folder.path("in/a.txt")).status == 0)
        let outcome = try importAll()
        #expect(outcome.output.contains("a.txt: article 'a-harbour-opens', known already"))
        #expect(outcome.output.contains("z.txt: article 'the-second', new"))
        let again = try importAll()
        #expect(!again.output.contains(", new"))
        #expect(again.output.contains("10 articles, 3 not imported"))
    }

    @Test func changesNothingInARehearsal() throws {
        try fill()
        let rehearsed = try importAll("--dry-run")
        #expect(rehearsed.status == 1)
        #expect(rehearsed.output.contains("a.txt: article 'a-harbour-opens', new"))
        #expect(rehearsed.output.contains("9 articles, 3 not imported; "))
        #expect(rehearsed.output.contains("nothing was changed"))
        #expect(try importAll().output.contains("a.txt: article 'a-harbour-opens', new"))
    }

    @Test func saysWhereThereIsNothing() throws {
        try folder.write("x", to: "in/e.dat")
        let outcome = try importAll()
        #expect(outcome.status == 1 && outcome.errors.contains("there is no .txt, .json or .ndjson file in"))
        let missing = try Program.run("import", "--database", database, folder.path("no.txt"))
        #expect(missing.status == 1 && missing.errors.contains("no.txt"))
        let lines = try Program.run("import", "--database", database, folder.path("no.ndjson"))
        #expect(lines.status == 1 && lines.errors.contains("no.ndjson:1: No such file or directory"))
    }

    /// A larger content than other requests may have, from the network.
    @Test func takesALargeArticleOverHTTP() throws {
        let server = try RunningServer()
        let outcome = try Program.run(
            "token", "create", "--name", "desk", "--scope", "write", "--database", server.database)
        let token = outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
        let paragraph = String(repeating: "The ferry came and went. ", count: 100)
        try server.folder.write("A long day\n" + String(repeating: paragraph + "\n", count: 1200), to: "long.txt")
        func post(_ path: String) throws -> String {
            try Program.shell(
                """
                curl -s -o /dev/null -w '%{http_code}' --data-binary @\(server.folder.path("long.txt")) \
                -H 'Content-Type: text/plain' -H 'Authorization: Bearer \(token)' http://\(server.address)\(path)
                """
            ).output
        }
        #expect(try post("/v1/articles") == "201")
        #expect(try post("/v1/events") == "413")
    }
}

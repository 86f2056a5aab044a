// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// `docs/writing.md` and `docs/importing.md`, run as they stand against a fresh server with a token of an editor.
@Suite struct WritingDocumentTests {
    @Test(arguments: [("docs/writing.md", 15), ("docs/importing.md", 10)])
    func examplesAreTrue(_ file: String, _ least: Int) throws {
        let examples = try ReadmeTests.examples(
            in: file, programs: ["curl", "printf", "TOKEN=$(readout", "PROPOSAL=$(curl"])
        #expect(examples.count >= least)
        let server = try RunningServer()
        // What the shell of the document's reader remembers.
        var variables = ""
        for example in examples {
            if example.command.hasPrefix("TOKEN=") {
                let arguments = example.command.dropFirst("TOKEN=$(readout ".count).dropLast().split(separator: " ")
                let outcome = try Program.run(arguments.map(String.init) + ["--database", server.database])
                #expect(outcome.status == 0, "\(outcome.errors)")
                variables += "TOKEN=\(outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)); "
                continue
            }
            let command = example.command.replacing("127.0.0.1:8080", with: server.address)
            if command.hasPrefix("PROPOSAL=") {
                variables += "\(command); "
                continue
            }
            let outcome = try Program.shell("\(variables)\(command)")
            #expect(outcome.status == 0, "\(example.command)")
            #expect(
                ReadmeTests.matches(outcome.output, pattern: example.answer),
                "\(example.command)\nanswered\n\(outcome.output)\nnot\n\(example.answer)")
        }
    }
}

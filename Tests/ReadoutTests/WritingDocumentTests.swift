// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// `docs/writing.md`, run as it stands against a fresh server with a token of an editor.
@Suite struct WritingDocumentTests {
    @Test func examplesAreTrue() throws {
        let examples = try ReadmeTests.examples(in: "docs/writing.md", programs: ["curl", "TOKEN=$(readout"])
        #expect(examples.count >= 15)
        let server = try RunningServer()
        var token = ""
        for example in examples {
            if example.command.hasPrefix("TOKEN=") {
                let arguments = example.command.dropFirst("TOKEN=$(readout ".count).dropLast().split(separator: " ")
                let outcome = try Program.run(arguments.map(String.init) + ["--database", server.database])
                #expect(outcome.status == 0, "\(outcome.errors)")
                token = outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
                continue
            }
            let command = example.command.replacing("127.0.0.1:8080", with: server.address)
            let outcome = try Program.shell("TOKEN=\(token); \(command)")
            #expect(outcome.status == 0, "\(example.command)")
            #expect(
                ReadmeTests.matches(outcome.output, pattern: example.answer),
                "\(example.command)\nanswered\n\(outcome.output)\nnot\n\(example.answer)")
        }
    }
}

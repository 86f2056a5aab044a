// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Every example of the documents, run against a fresh server: a line beginning with `$ curl` and the answer below it, in
/// which white space is free and `…` stands for anything.
@Suite struct ReadmeTests {
    struct Example {
        let command: String
        let answer: String
    }

    /// - Parameter programs: what the commands begin with.
    static func examples(in file: String, programs: [String] = ["curl "]) throws -> [Example] {
        let text = try String(contentsOfFile: "\(Program.root)/\(file)", encoding: .utf8)
        var examples: [Example] = []
        for (index, block) in text.components(separatedBy: "```").enumerated() where index % 2 == 1 {
            var command = ""
            var answer = ""
            for line in block.split(separator: "\n").dropFirst() {
                if line.hasPrefix("$ ") {
                    if !command.isEmpty { examples.append(Example(command: command, answer: answer)) }
                    (command, answer) = (String(line.dropFirst(2)), "")
                } else {
                    answer += line + "\n"
                }
            }
            if !command.isEmpty { examples.append(Example(command: command, answer: answer)) }
        }
        return examples.filter { example in programs.contains { example.command.hasPrefix($0) } }
    }

    @Test(arguments: [("README.md", 10), ("docs/questions.md", 20)])
    func examplesAreTrue(_ file: String, _ least: Int) throws {
        let examples = try Self.examples(in: file)
        #expect(examples.count >= least)
        let server = try RunningServer()
        for example in examples {
            let command = example.command.replacing("127.0.0.1:8080", with: server.address)
            let outcome = try Program.shell(command)
            #expect(outcome.status == 0, "\(example.command)")
            #expect(
                Self.matches(outcome.output, pattern: example.answer),
                "\(example.command)\nanswered\n\(outcome.output)\nnot\n\(example.answer)")
        }
    }

    /// Whether the pieces between the ellipses stand in the text in their order, the first at its beginning and the last
    /// at its end.
    static func matches(_ text: String, pattern: String) -> Bool {
        let pieces = pattern.filter { !$0.isWhitespace }.components(separatedBy: "…")
        var rest = text.filter { !$0.isWhitespace }[...]
        guard let first = pieces.first, rest.hasPrefix(first) else { return false }
        rest = rest.dropFirst(first.count)
        for piece in pieces.dropFirst().dropLast() {
            guard let found = rest.firstRange(of: piece) else { return false }
            rest = rest[found.upperBound...]
        }
        guard pieces.count > 1, let last = pieces.last else { return rest.isEmpty }
        return rest.hasSuffix(last)
    }

    @Test func ellipsisMatchesOnlyWhatItStandsFor() {
        #expect(Self.matches(#"{"a": 1, "b": 2}"#, pattern: #"{"a":1,…}"#))
        #expect(Self.matches("abc", pattern: "abc"))
        #expect(!Self.matches("abc", pattern: "ab"))
        #expect(!Self.matches("abc", pattern: "…b"))
        #expect(!Self.matches("abcd", pattern: "a…c…bd"))
    }
}

// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import TestSupport
import Testing

/// What comes in an article's place by mistake.
@Suite struct ArticleBytesTests {
    private let coverage: TestCoverage

    init() throws {
        coverage = try TestCoverage(nil)
    }

    private func refusal(_ bytes: [UInt8]) throws -> String? {
        do {
            _ = try coverage.database.importArticle(source: "a.txt", bytes: bytes, replace: false)
            return nil
        } catch let error as UnusableArticle {
            return error.description
        }
    }

    private func refusal(_ text: String) throws -> String? { try refusal(Array(text.utf8)) }

    @Test func namesTheByteThatIsNotUTF8() throws {
        #expect(try refusal(Array("Ä\nb".utf8) + [0xFF, 0x41]) == "is not UTF-8 text: byte 5, in line 2, is none")
        #expect(try refusal([0x41, 0xE2, 0x82]) == "is not UTF-8 text: byte 2, in line 1, is none")
    }

    @Test(arguments: [
        ("", "holds no text"), ("\u{FEFF} \n\t\r\n", "holds no text"),
        ("A\0B", "holds NUL characters: not a text file"),
        ("Salt\nfell\u{8}\n", "holds the control character U+0008 in line 2: not a text file"),
        ("a\u{9C}", "holds the control character U+009C in line 1: not a text file"),
        ("a\n\nb \u{202E}c", "holds U+202E in line 3, which changes the direction of writing: take it out"),
        ("\u{2066}a", "holds U+2066 in line 1, which changes the direction of writing: take it out"),
        ("<!DOCTYPE html>\n<p>Salt</p>", "is HTML or XML, not plain text: import the article's text alone"),
        ("\n  <article><p>Salt</p>", "is HTML or XML, not plain text: import the article's text alone"),
    ])
    func saysWhatIsWrong(text: String, message: String) throws {
        #expect(try refusal(text) == message)
        #expect(try coverage.database.isEmpty())
    }

    @Test func refusesWhatHasNoLines() throws {
        let line = String(repeating: "salt ", count: 3_000_000)
        #expect(
            try refusal("A headline\n" + line) == "has 15000000 bytes in line 2: a paragraph has at most 256 KiB")
        #expect(try refusal(line + "\nThe end.") == "has 15000000 bytes in line 1: a paragraph has at most 256 KiB")
        #expect(try refusal(line + line) == "is larger than an article can be: 16 MiB")
    }

    /// What real texts have and only looks strange.
    @Test func takesWhatIsOnlyUnusual() throws {
        for text in [
            "\u{FEFF}Salt\r\nfell\u{A0}again\u{2028}today\tand\u{AD}so on\u{0C}", "Salt <b>fell</b> & rose < 3 > 2",
            "مرحبا\u{200F} salt\u{200E} \u{061C}", "e\u{301} 诗 🧂", "<3 salt",
        ] {
            #expect(try refusal(text) == nil, "\(text)")
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// `docs/http.md` says which test holds which requirement.
@Suite struct HTTPDocumentTests {
    @Test func everyTestItNamesExists() throws {
        let tests = try #require(FileManager.default.enumerator(atPath: Program.root + "/Tests"))
        var names: Set<String> = []
        for case let file as String in tests where file.hasSuffix("Tests.swift") {
            let text = try String(contentsOfFile: "\(Program.root)/Tests/\(file)", encoding: .utf8)
            // The first function behind each attribute.
            for piece in text.components(separatedBy: "@Test").dropFirst() {
                if let match = piece.firstMatch(of: /func (\w+)/) { names.insert(String(match.1)) }
            }
        }
        let document = try String(contentsOfFile: "\(Program.root)/docs/http.md", encoding: .utf8)
        let rows = document.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains("`") }
        #expect(rows.count > 80)
        for row in rows {
            let named = row.split(separator: "|").last.map { $0.matches(of: /`(\w+)`/).map { String($0.1) } } ?? []
            #expect(!named.isEmpty, "\(row)")
            for name in named { #expect(names.contains(name), "\(name)") }
        }
    }
}

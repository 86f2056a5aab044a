// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Pages that say which test holds which requirement, a row each, the tests in the last column.
@Suite struct RequirementTablesTests {
    @Test(arguments: [("http.md", 80), ("threat-model.md", 28)])
    func everyTestTheyNameExists(_ page: String, _ least: Int) throws {
        let names = try testNames()
        let document = try String(contentsOfFile: "\(Program.root)/docs/\(page)", encoding: .utf8)
        let rows = document.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| --") }
            // Heads of tables.
            .filter { !$0.hasSuffix("| Held by |") }
        #expect(rows.count >= least)
        for row in rows {
            let named = row.split(separator: "|").last.map { $0.matches(of: /`(\w+)`/).map { String($0.1) } } ?? []
            #expect(!named.isEmpty || row.contains("| Does not apply: "), "\(row)")
            for name in named { #expect(names.contains(name), "\(name)") }
        }
    }

    private func testNames() throws -> Set<String> {
        let tests = try #require(FileManager.default.enumerator(atPath: Program.root + "/Tests"))
        var names: Set<String> = []
        for case let file as String in tests where file.hasSuffix("Tests.swift") {
            let text = try String(contentsOfFile: "\(Program.root)/Tests/\(file)", encoding: .utf8)
            // The first function behind each attribute.
            for piece in text.components(separatedBy: "@Test").dropFirst() {
                if let match = piece.firstMatch(of: /func (\w+)/) { names.insert(String(match.1)) }
            }
        }
        return names
    }
}

// SPDX-License-Identifier: Apache-2.0

import Coverage
import JSON
import TestSupport
import Testing

@testable import CoverageStore

/// What is read of the texts of one request before the writer has them.
@Suite struct ReadingAheadTests {
    private let edits = (0..<6).map { number in
        Edit(
            .article,
            .create([
                "text": .string(
                    "Notice \(number)\n\nThe harbour opened again at \(number) in the morning, say those who were there at the time.\n"
                )
            ])
        )
    }

    @Test func isBounded() throws {
        let coverage = try TestCoverage()
        let names = NameCache()
        func read(_ bound: Int) throws -> [Edit] {
            try coverage.database.read { try edits.readingTexts(names: names, $0, bound: bound) }
        }
        let all = try read(8 << 20)
        let size = try #require(all[0].text).sizeRead
        #expect(size > 40 && all.allSatisfy { $0.text?.sizeRead == size })
        #expect(try read(size + 1).map { $0.text != nil } == [true, true, false, false, false, false])
        #expect(try read(0).allSatisfy { $0.text == nil })
    }

    /// What was not read ahead is read by the writer, and found alike.
    @Test func makesNoDifference() throws {
        let (ahead, inside) = (try TestCoverage(), try TestCoverage())
        _ = try ahead.database.editReadingTexts(
            edits, besides: [], by: TestCoverage.desk, key: nil, deadline: .seconds(30)
        ) { _, _ in KeptAnswer(status: 200, fields: [], content: []) }
        try inside.edit(edits)
        let found = try [ahead, inside].map { try $0.database.read { try $0.overlaps() } }
        #expect(found[0] == found[1])
        #expect(found[0].count { $0.a.hasPrefix("notice-") && !$0.overlap.passages.isEmpty } == 15)
        #expect(try ahead.findings() == [] && inside.findings() == [])
    }
}

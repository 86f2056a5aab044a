// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// The text work against what readers found in articles of our own writing, as `script/eval` measures it.
@Suite struct EvaluationTests {
    @Test func keepsItsGoals() throws {
        let evaluate = URL(filePath: try Program.path).deletingLastPathComponent().appending(path: "evaluate").path()
        let outcome = try Program.shell("'\(evaluate)' '\(Program.root)'")
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        for row in ["people and organizations", "direct quotations", "speakers of those found", "related pairs"] {
            #expect(outcome.output.contains("| \(row)"))
        }
    }
}

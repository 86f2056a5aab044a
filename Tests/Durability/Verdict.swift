// SPDX-License-Identifier: Apache-2.0

/// What came of one ordeal.
package struct Verdict: Sendable {
    package let name: String
    /// What was measured, for the table.
    package var figures: [(name: String, value: String)] = []
    /// What should not have been.
    package var violations: [String] = []

    init(_ name: String) {
        self.name = name
    }

    package mutating func note(_ name: String, _ value: some CustomStringConvertible) {
        figures.append((name, value.description))
    }

    mutating func violate(_ text: String) {
        // Enough to see what is wrong.
        if violations.count < 20 { violations.append(text) }
    }

    mutating func require(_ condition: Bool, _ text: @autoclosure () -> String) {
        if !condition { violate(text()) }
    }
}

extension Duration {
    var milliseconds: Int { Int(self / .milliseconds(1)) }
}

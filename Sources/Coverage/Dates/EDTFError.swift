// SPDX-License-Identifier: Apache-2.0

/// Why a text is not a date that is accepted here.
package struct EDTFError: Error, Sendable, Equatable, CustomStringConvertible {
    /// One clause in plain words, with neither capital nor full stop.
    package let message: String
    /// A text of the right form.
    package let example: String
    /// Whether it helps somebody who may give one day, month or year only.
    package let isOfPlainDates: Bool

    package var description: String { "\(message); an example of the right form is '\(example)'" }

    init(_ message: String, example: String = "2023-06-18", isOfPlainDates: Bool = true) {
        self.message = message
        self.example = example
        self.isOfPlainDates = isOfPlainDates
    }
}

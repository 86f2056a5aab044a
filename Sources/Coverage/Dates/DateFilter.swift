// SPDX-License-Identifier: Apache-2.0

/// The days from `from` to `to`, both included, against which dates are held.
///
/// Both questions are comparisons of day numbers, so that SQL can ask them of stored bounds in the same way:
/// `lower <= :upperBound AND upper >= :lowerBound`, and `lower >= :lowerBound AND upper <= :upperBound AND certain`.
package struct DateFilter: Sendable, Hashable {
    package enum Fault: Error, Sendable, Equatable {
        /// The parameter is not one day, month or year.
        case notPlain(parameter: String)
        case fromAfterTo

        /// What a bound has to be.
        package static let plain = "one day, month or year, such as 2023-06-18, 2023-06 or 2023"

        package var message: String {
            switch self {
            case .notPlain(let parameter):
                "'\(parameter)' has to be \(Self.plain)"
            case .fromAfterTo:
                "'from' is after 'to'"
            }
        }
    }

    /// The day number of the first day; `Int32.min` without `from`.
    package let lowerBound: Int32
    /// The day number of the last day; `Int32.max` without `to`.
    package let upperBound: Int32

    /// - Parameters:
    ///   - from: a day, month or year, whose first day counts; nil for no bound.
    ///   - to: a day, month or year, whose last day counts; nil for no bound.
    package init(from: EDTF?, to: EDTF?) throws(Fault) {
        if let from, !from.isPlain { throw .notPlain(parameter: "from") }
        if let to, !to.isPlain { throw .notPlain(parameter: "to") }
        lowerBound = from?.lowerBound ?? .min
        upperBound = to?.upperBound ?? .max
        if lowerBound > upperBound { throw .fromAfterTo }
    }

    /// Whether a day of the date may lie within. An unknown end may be anywhere.
    package func mayOverlap(_ date: EDTF) -> Bool {
        date.lowerBound <= upperBound && date.upperBound >= lowerBound
    }

    /// Whether the whole of the date must lie within. Never so for a date that is qualified or has an unknown end;
    /// an unbounded end lies within where the filter has no bound.
    package func certainlyWithin(_ date: EDTF) -> Bool {
        date.isCertain && date.lowerBound >= lowerBound && date.upperBound <= upperBound
    }
}

// SPDX-License-Identifier: Apache-2.0

/// How finely a date is known, finest first; the raw value is the word clients see.
package enum DatePrecision: String, Sendable, Hashable, CaseIterable, Comparable {
    case day, month, season, year, decade, century
    /// An end of the date is not known at all.
    case unknown

    private var rank: Int {
        switch self {
        case .day: 0
        case .month: 1
        case .season: 2
        case .year: 3
        case .decade: 4
        case .century: 5
        case .unknown: 6
        }
    }

    /// The finer precision is the smaller.
    package static func < (a: DatePrecision, b: DatePrecision) -> Bool { a.rank < b.rank }
}

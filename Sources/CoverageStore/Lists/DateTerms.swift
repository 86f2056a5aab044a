// SPDX-License-Identifier: Apache-2.0

internal import Coverage

/// The terms by which dated records are found between two days in any order: the month, year and decade in which each
/// begins, and, for one that goes on beyond its first day, every month it touches (or year or decade, where it touches
/// many months), so that those which are under way on a day are found too.
enum DateTerms {
    /// The pseudo-field the terms belong to; no parameter has that name.
    static let field = "date"
    /// Of records that lack a beginning or an end, or go on for decades.
    static let open = "open"
    /// Of records whose dates can be relied on.
    static let certain = "certain"

    /// The terms of one dated record, but for `certain`.
    /// - Parameters:
    ///   - earliest: the first day's number; nil when it is open or unknown.
    ///   - latest: the last day's number; nil when it is open or unknown.
    static func values(earliest: Int32?, latest: Int32?) -> [String] {
        guard let earliest else { return [open] }
        let start = Place(earliest)
        let begins = [Grain.month, .year, .decade].map { $0.begins(start[$0]) }
        guard let latest else { return begins + [open] }
        if latest == earliest { return begins }
        let end = Place(latest)
        for grain in [Grain.month, .year, .decade] where end[grain] - start[grain] <= 3 {
            return begins + (start[grain]...max(start[grain], end[grain])).map(grain.touches)
        }
        return begins + [open]
    }

    /// The terms among which all records between two days are.
    struct Cover: Equatable {
        /// What begins within the bounds: every record of these terms.
        var within: [String] = []
        /// What begins within the bounds: records of these terms, and others.
        var partial: [String] = []
        /// What may have begun before them.
        var before: [String] = []
        /// Decades that lie within the bounds; every record that begins in one.
        var decades: ClosedRange<Int>?
    }

    /// - Parameters: day numbers; `Int32.min` and `Int32.max` are no bounds.
    static func cover(from: Int32, to: Int32) -> Cover {
        var cover = Cover()
        cover.before = [open]
        // The whole months within the bounds.
        var first = Int.min
        var last = Int.max
        if from != .min {
            let place = Place(from)
            for grain in [Grain.month, .year, .decade] { cover.before.append(grain.touches(place[grain])) }
            first = place.month
            if place.day > 1 {
                cover.partial.append(Grain.month.begins(first))
                first += 1
            }
        }
        if to != .max {
            let place = Place(to)
            last = place.month
            if place.day < CalendarDay.daysInMonth(year: place.year, month: place.month - place.year * 12 + 1) {
                let term = Grain.month.begins(last)
                if cover.partial.first != term { cover.partial.append(term) }
                last -= 1
            }
        }
        cover.decades = peel(.month, 12, &first, &last, into: &cover.within).flatMap { years in
            var (first, last) = (years.lowerBound, years.upperBound)
            return peel(.year, 10, &first, &last, into: &cover.within)
        }
        return cover
    }

    /// Takes units from both ends until what is left is whole units of the next grain.
    /// - Returns: these, if there are any.
    private static func peel(
        _ grain: Grain, _ size: Int, _ first: inout Int, _ last: inout Int, into terms: inout [String]
    ) -> ClosedRange<Int>? {
        while first <= last, first != .min, remainder(first, size) != 0 {
            terms.append(grain.begins(first))
            first += 1
        }
        while first <= last, last != .max, remainder(last, size) != size - 1 {
            terms.append(grain.begins(last))
            last -= 1
        }
        guard first <= last else { return nil }
        return (first == .min ? .min : quotient(first, size))...(last == .max ? .max : quotient(last, size))
    }

    /// Among these are the terms of all decades in which records begin: few, whatever there is of months and years.
    static let decades = "d"..<"e"

    /// The decade of a term, if it is of one in which records begin.
    static func decade(of term: some StringProtocol) -> Int? {
        term.hasPrefix(Grain.decade.rawValue) ? Int(term.dropFirst()) : nil
    }

    private enum Grain: String {
        case month = "m"
        case year = "y"
        case decade = "d"

        func begins(_ number: Int) -> String { rawValue + String(number) }
        func touches(_ number: Int) -> String { rawValue.uppercased() + String(number) }
    }

    /// Months, years and decades are counted from year 0.
    private struct Place {
        let month: Int
        let year: Int
        let day: Int

        init(_ number: Int32) {
            let parts = CalendarDay(number: number).components
            (year, month, day) = (parts.year, parts.year * 12 + parts.month - 1, parts.day)
        }

        subscript(grain: Grain) -> Int {
            switch grain {
            case .month: month
            case .year: year
            case .decade: DateTerms.quotient(year, 10)
            }
        }
    }

    private static func quotient(_ number: Int, _ size: Int) -> Int {
        number >= 0 ? number / size : -((size - 1 - number) / size)
    }

    private static func remainder(_ number: Int, _ size: Int) -> Int { number - quotient(number, size) * size }
}

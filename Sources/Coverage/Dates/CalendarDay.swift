// SPDX-License-Identifier: Apache-2.0

/// A day of the proleptic Gregorian calendar, as a number of days. Year 0 is the year before year 1 (ISO 8601).
package struct CalendarDay: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Days since 1970-01-01, negative before it.
    package let number: Int32

    /// The years for which days can be made; their day numbers keep well clear of the ends of `Int32`.
    package static let years = -5_000_000...5_000_000

    package init(number: Int32) {
        self.number = number
    }

    /// Nil when the calendar has no such day, or the year is outside `years`.
    package init?(year: Int, month: Int, day: Int) {
        guard Self.years.contains(year), 1...12 ~= month,
            day >= 1, day <= Self.daysInMonth(year: year, month: month)
        else { return nil }
        self.init(valid: year, month, day)
    }

    /// The bounds hold by the caller's checks. Years are counted from March, so that the leap day ends one, and in
    /// eras of 400 years, after which the calendar repeats (Hinnant, "chrono-compatible low-level date algorithms").
    private init(valid year: Int, _ month: Int, _ day: Int) {
        let marchYear = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = Self.flooredDivision(marchYear, 400)
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = Int32(era * Self.daysPerEra + dayOfEra - Self.daysBeforeEpoch)
    }

    private static let daysPerEra = 146_097
    /// From 0000-03-01 to 1970-01-01.
    private static let daysBeforeEpoch = 719_468

    private static func flooredDivision(_ dividend: Int, _ divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    // MARK: Parts

    /// Year, month 1 to 12 and day 1 to 31.
    package var components: (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = Self.flooredDivision(Int(number) + Self.daysBeforeEpoch, Self.daysPerEra)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    package static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// - Parameter month: 1 to 12.
    package static func daysInMonth(year: Int, month: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The day after; nil after the last day that can be made.
    package var next: CalendarDay? {
        let (next, overflow) = number.addingReportingOverflow(1)
        return overflow ? nil : CalendarDay(number: next)
    }

    package static func < (a: CalendarDay, b: CalendarDay) -> Bool { a.number < b.number }

    // MARK: Text

    /// `2023-06-18`. For the years 0000 to 9999 texts sort as the days do; a year outside them has its sign and at
    /// least four digits (`-0044-03-15`, `+12345-01-01`: ISO 8601-1, expanded representation).
    package var description: String {
        let (year, month, day) = components
        let magnitude = Int(year.magnitude)
        func digit(_ number: Int) -> UInt8 { UInt8(ascii: "0") + UInt8(number % 10) }
        let dash = UInt8(ascii: "-")
        // As bytes, by hand: every answer has many, and interpolation takes ten times as long.
        let text = String(
            decoding: [
                digit(magnitude / 1000), digit(magnitude / 100), digit(magnitude / 10), digit(magnitude), dash,
                digit(month / 10), digit(month), dash, digit(day / 10), digit(day),
            ], as: UTF8.self)
        if 0...9999 ~= year { return text }
        return (year < 0 ? "-" : "+") + (magnitude > 9999 ? String(magnitude / 10_000) : "") + text
    }
}

// SPDX-License-Identifier: Apache-2.0

extension CalendarDay {
    /// Monday 1 to Sunday 7 (ISO 8601-1). The first of January 1970 was a Thursday.
    package var weekday: Int {
        let remainder = (Int(number) + 3) % 7
        return (remainder < 0 ? remainder + 7 : remainder) + 1
    }

    /// The Monday of its week (ISO 8601-1).
    package var startOfWeek: CalendarDay { adding(days: 1 - weekday) }

    /// So many days later, or earlier; the last day that can be made where the sum is beyond it.
    package func adding(days: Int) -> CalendarDay {
        CalendarDay(number: Int32(clamping: Int(number).addingReportingOverflow(days).partialValue))
    }
}

/// A month of a year, for reckoning in months.
struct CalendarMonth: Sendable, Hashable, Comparable {
    /// Months since January of year 0.
    let number: Int

    init(number: Int) { self.number = number }

    /// - Parameter month: 1 to 12.
    init(year: Int, month: Int) { number = year * 12 + month - 1 }

    init(of day: CalendarDay) {
        let (year, month, _) = day.components
        self.init(year: year, month: month)
    }

    var year: Int { number >= 0 ? number / 12 : (number - 11) / 12 }
    var month: Int { number - year * 12 + 1 }

    func adding(months: Int) -> CalendarMonth { CalendarMonth(number: number &+ months) }

    static func < (a: CalendarMonth, b: CalendarMonth) -> Bool { a.number < b.number }
}

// MARK: - Making dates

extension EDTF {
    /// Nil for a year that takes more than four digits; coverage has none.
    private static func make(_ text: String) -> EDTF? { try? EDTF(text) }

    private static func text(year: Int) -> String? {
        guard 0...9999 ~= year else { return nil }
        let digits = String(year)
        return String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }

    static func text(_ month: CalendarMonth) -> String? {
        text(year: month.year).map { "\($0)-\(month.month < 10 ? "0" : "")\(month.month)" }
    }

    private static func text(_ day: CalendarDay) -> String? {
        0...9999 ~= day.components.year ? day.description : nil
    }

    static func day(_ day: CalendarDay, isApproximate: Bool = false) -> EDTF? {
        text(day).flatMap { make($0 + (isApproximate ? "~" : "")) }
    }

    static func month(_ month: CalendarMonth, isApproximate: Bool = false) -> EDTF? {
        text(month).flatMap { make($0 + (isApproximate ? "~" : "")) }
    }

    static func year(_ year: Int, isApproximate: Bool = false) -> EDTF? {
        text(year: year).flatMap { make($0 + (isApproximate ? "~" : "")) }
    }

    /// - Parameter season: 21 spring to 24 winter.
    static func season(_ season: Int, of year: Int) -> EDTF? { text(year: year).flatMap { make("\($0)-\(season)") } }

    static func decade(of year: Int) -> EDTF? { text(year: year).flatMap { make("\($0.dropLast())X") } }

    /// From one date to another; a single one where they are equal. An open side is `..`.
    static func interval(_ start: EDTF?, _ end: EDTF?) -> EDTF? {
        if let start, start == end { return start }
        return make("\(start?.description ?? "..")/\(end?.description ?? "..")")
    }
}

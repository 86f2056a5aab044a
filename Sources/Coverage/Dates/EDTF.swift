// SPDX-License-Identifier: Apache-2.0

/// A date or interval in the Extended Date/Time Format, levels 0 and 1, without times
/// (ISO 8601-2:2019; Library of Congress, "Extended Date/Time Format (EDTF) Specification").
///
/// | form | examples |
/// | --- | --- |
/// | day, month, year | `2023-06-18`, `2023-06`, `2023`, `-0044`, `Y12345` (a year beyond four digits) |
/// | season | `2023-21` spring, `-22` summer, `-23` autumn, `-24` winter |
/// | unspecified digits | `201X`, `20XX`, `2004-XX`, `1985-04-XX`, `1985-XX-XX` |
/// | qualified | `2023?` uncertain, `2023-06~` approximate, `2023-06-18%` both |
/// | interval | `2023-06-18/2023-06-19`, `2018/..` unbounded, `2018/` end unknown |
///
/// Every value has one spelling, so what is accepted is canonical as it stands and two dates are equal when their
/// texts are.
package struct EDTF: Sendable, Hashable, CustomStringConvertible {
    private enum End: Sendable, Hashable {
        case date(EDTFDate)
        /// `..`: the interval goes on without bound.
        case open
        /// Nothing before or after the slash: there is a bound, but it is not known.
        case unknown

        var date: EDTFDate? {
            if case .date(let date) = self { date } else { nil }
        }
    }

    /// The canonical text.
    package let description: String
    package let isInterval: Bool
    private let start: End
    /// Of a date that is no interval, the same as `start`.
    private let end: End

    /// - Throws: what is wrong with the text, and an example of the right form.
    package init(_ text: String) throws(EDTFError) {
        guard !text.isEmpty else { throw EDTFError("the date is empty") }
        description = text
        let text = text.utf8Span.span
        guard let slash = text.firstIndex(of: "/") else {
            isInterval = false
            start = .date(try EDTFDate(text))
            end = start
            return
        }
        let behind = text.extracting((slash + 1)...)
        guard !behind.contains("/") else {
            throw EDTFError("an interval has one '/'", example: "2023-06-18/2023-06-19")
        }
        isInterval = true
        start = try Self.end(text.extracting(..<slash))
        end = try Self.end(behind)
        try checkOrder()
    }

    private static func end(_ text: Span<UInt8>) throws(EDTFError) -> End {
        if text.isEmpty { return .unknown }
        if text.isTwice(".") { return .open }
        return .date(try EDTFDate(text))
    }

    private func checkOrder() throws(EDTFError) {
        switch (start.date, end.date) {
        case (nil, nil):
            throw EDTFError("an interval needs a date on one side at least", example: "2018/..")
        case (let start?, let end?) where start.earliest > end.latest:
            throw EDTFError("the interval ends before it begins", example: "2023-06-18/2023-06-19")
        default:
            break
        }
    }
}

// MARK: - What the date says

extension EDTF {
    /// The first and the last day of a text that tells no more than them, as most do: `2023-06-18` or `2023-06-18/2023-06-19`. Nil for
    /// any other, and for what is no date.
    /// - Returns: where they stand in it.
    package static func days(in utf8: Span<UInt8>) -> (first: Range<Int>, last: Range<Int>)? {
        let length = 10
        guard utf8.count >= length, let first = EDTFDate.plainDay(utf8.extracting(first: length)) else { return nil }
        if utf8.count == length { return (0..<length, 0..<length) }
        guard utf8.count == 2 * length + 1, utf8[length] == UInt8(ascii: "/"),
            let last = EDTFDate.plainDay(utf8.extracting(last: length)), first <= last
        else { return nil }
        return (0..<length, length + 1..<utf8.count)
    }

    /// The first day on which it can have begun; nil when that is unbounded or unknown.
    package var earliest: CalendarDay? { start.date?.earliest }
    /// The last day on which it can have ended; nil when that is unbounded or unknown.
    package var latest: CalendarDay? { end.date?.latest }

    package var isOpenStart: Bool { start == .open }
    package var isOpenEnd: Bool { end == .open }
    package var isUnknownStart: Bool { start == .unknown }
    package var isUnknownEnd: Bool { end == .unknown }

    /// Whether a date in it is marked uncertain or approximate (`?`, `~`, `%`).
    package var isQualified: Bool { start.date?.isQualified == true || end.date?.isQualified == true }

    /// Whether the bounds can be relied on: no end is unknown, and nothing is qualified.
    package var isCertain: Bool { !isQualified && !isUnknownStart && !isUnknownEnd }

    /// Whether it is one day, month or year, neither qualified nor with unspecified digits.
    package var isPlain: Bool { !isInterval && start.date?.isPlain == true }

    /// Of an interval, the precision of the coarser end; an unbounded end does not count.
    package var precision: DatePrecision {
        if !isInterval, let date = start.date { return date.precision }
        if isUnknownStart || isUnknownEnd { return .unknown }
        return [start, end].compactMap(\.date?.precision).max() ?? .unknown
    }

    /// How finely its beginning is known; nil when that is unbounded or unknown.
    package var startPrecision: DatePrecision? { start.date?.precision }
    /// The same of its end.
    package var endPrecision: DatePrecision? { end.date?.precision }

    /// The day number of `earliest`, `Int32.min` when that is nil.
    package var lowerBound: Int32 { earliest?.number ?? .min }
    /// The day number of `latest`, `Int32.max` when that is nil.
    package var upperBound: Int32 { latest?.number ?? .max }
}

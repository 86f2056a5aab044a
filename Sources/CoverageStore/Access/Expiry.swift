// SPDX-License-Identifier: Apache-2.0

internal import Coverage

/// When a token is over, as people write it: a day (its beginning, in UTC), an RFC 3339 time, or a span from now such as `90d`.
package enum Expiry {
    /// Why a text is none.
    package struct Fault: Error, CustomStringConvertible {
        package let description: String
    }

    /// The last second that is written with a year of four digits.
    private static let latest = 253_402_300_799
    private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]

    /// - Parameter now: seconds since 1970, as is what is returned.
    package static func parse(_ text: String, now: Int) throws(Fault) -> Int {
        guard let moment = span(text, from: now) ?? day(text) ?? time(text) else {
            throw Fault(
                description:
                    "'\(text)' is no expiry: write a day (2027-01-01), a time (2027-01-01T12:00:00Z) or a span (90d, 12h)."
            )
        }
        guard moment > now else { throw Fault(description: "'\(text)' is not in the future.") }
        guard moment <= latest else { throw Fault(description: "'\(text)' is after the year 9999.") }
        return moment
    }

    private static func span(_ text: String, from now: Int) -> Int? {
        guard let unit = text.last.flatMap({ units[$0] }), let count = number(text.dropLast()) else { return nil }
        let (seconds, isTooLong) = count.multipliedReportingOverflow(by: unit)
        let (moment, isTooLate) = now.addingReportingOverflow(seconds)
        return isTooLong || isTooLate ? .max : moment
    }

    /// `2027-01-01`.
    private static func day(_ text: some StringProtocol) -> Int? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], let year = number(parts[0]), let month = number(parts[1]),
            let day = number(parts[2]), let date = CalendarDay(year: year, month: month, day: day)
        else { return nil }
        return Int(date.number) * 86_400
    }

    /// RFC 3339, section 5.6. Fractions of a second are passed over.
    private static func time(_ text: String) -> Int? {
        let parts = text.uppercased().split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let start = day(parts[0]), let zone = parts[1].firstIndex(where: "Z+-".contains),
            let offset = offset(parts[1][zone...])
        else { return nil }
        let clock = parts[1][..<zone].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let clockTime = clock.first.flatMap({ sexagesimal($0, most: [23, 59, 59]) }),
            clock.count == 1 || (!clock[1].isEmpty && isDigits(clock[1]))
        else { return nil }
        return start + clockTime - offset
    }

    /// `Z`, `+02:00`, `-05:30`: seconds ahead of UTC.
    private static func offset(_ text: Substring) -> Int? {
        if text == "Z" { return 0 }
        guard let minutes = sexagesimal(text.dropFirst(), most: [23, 59]) else { return nil }
        return text.first == "-" ? -minutes * 60 : minutes * 60
    }

    /// Numbers of two digits with colons between, each at most this: `12:30` is 750.
    private static func sexagesimal(_ text: Substring, most: [Int]) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == most.count else { return nil }
        var sum = 0
        for (part, most) in zip(parts, most) {
            guard part.utf8.count == 2, let number = number(part), number <= most else { return nil }
            sum = sum * 60 + number
        }
        return sum
    }

    private static func number(_ text: some StringProtocol) -> Int? { isDigits(text) ? Int(text) : nil }

    private static func isDigits(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

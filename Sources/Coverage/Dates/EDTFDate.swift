// SPDX-License-Identifier: Apache-2.0

/// One date of level 0 or 1: all of an EDTF text, or one side of an interval.
struct EDTFDate: Sendable, Hashable {
    let earliest: CalendarDay
    let latest: CalendarDay
    let precision: DatePrecision
    let isQualified: Bool
    /// One day, month or year, neither qualified nor with unspecified digits.
    let isPlain: Bool

    /// What a text spans, before its qualifier is looked at.
    private struct Extent {
        let earliest: CalendarDay?
        let latest: CalendarDay?
        let precision: DatePrecision
        var isPlain = true
    }

    init(_ text: Span<UInt8>) throws(EDTFError) {
        if let day = Self.plainDay(text) {
            (earliest, latest, precision, isQualified, isPlain) = (day, day, .day, false, true)
            return
        }
        if text.isEmpty || !text.allSatisfy(Self.belongs) { try Self.refuseForeignForms(text) }
        isQualified = Self.isQualifier(text[text.count - 1])
        let date = isQualified ? text.extracting(droppingLast: 1) : text
        if date.contains(where: Self.isQualifier) {
            throw EDTFError("a qualifier '?', '~' or '%' stands once, at the end of a date", example: "2023-06~")
        }
        let extent = try Self.extent(date)
        guard let earliest = extent.earliest, let latest = extent.latest else {
            throw EDTFError("the year is beyond \(CalendarDay.years.upperBound)", example: "Y12345")
        }
        self.earliest = earliest
        self.latest = latest
        precision = extent.precision
        isPlain = extent.isPlain && !isQualified
    }

    // MARK: Parts

    /// `2023-06-18`, as most dates are: read in one go, for a tenth of what the way of all forms takes. Nil for any other text.
    static func plainDay(_ text: Span<UInt8>) -> CalendarDay? {
        guard text.count == 10 else { return nil }
        var (year, month, day) = (0, 0, 0)
        for place in text.indices {
            let byte = text[place]
            let digit = Int(byte) - Int(UInt8(ascii: "0"))
            guard place == 4 || place == 7 ? byte == UInt8(ascii: "-") : 0...9 ~= digit else { return nil }
            switch place {
            case 0...3: year = year * 10 + digit
            case 5, 6: month = month * 10 + digit
            case 8, 9: day = day * 10 + digit
            default: break
            }
        }
        return CalendarDay(year: year, month: month, day: day)
    }

    private static func extent(_ text: Span<UInt8>) throws(EDTFError) -> Extent {
        if text.begins(with: "Y") { return try longYear(text.extracting(1...)) }
        let isNegative = text.begins(with: "-")
        let parts = isNegative ? text.extracting(1...) : text
        guard let dash = parts.firstIndex(of: "-") else { return try year(parts, isNegative: isNegative) }
        let behindYear = parts.extracting((dash + 1)...)
        let second = behindYear.firstIndex(of: "-")
        if let second, behindYear.extracting((second + 1)...).contains("-") {
            throw EDTFError("a date has a year, a month and a day at most")
        }
        guard let magnitude = number(parts.extracting(..<dash), digits: 4) else {
            if parts.extracting(..<dash).contains("X") {
                throw EDTFError("a year with unspecified digits stands without month and day", example: "201X")
            }
            throw malformedYear
        }
        let year = try signed(magnitude, isNegative)
        guard let second else { return try month(behindYear, of: year) }
        return try day(behindYear.extracting((second + 1)...), month: behindYear.extracting(..<second), of: year)
    }

    /// `2023`, `-0044`, `201X`, `20XX`.
    private static func year(_ text: Span<UInt8>, isNegative: Bool) throws(EDTFError) -> Extent {
        let digits = text.firstIndex(of: "X") ?? text.count
        let unspecified = text.count - digits
        guard text.count == 4, text.extracting(digits...).allSatisfy({ $0 == UInt8(ascii: "X") }) else {
            guard text.count > 4, text.allSatisfy(isDigit) else { throw malformedYear }
            throw !isNegative && (text.count == 6 || text.count == 8) ? withoutHyphens : unmarkedLongYear
        }
        guard digits > 0 else { throw tooUnspecified }
        guard let known = number(text.extracting(..<digits), digits: digits) else { throw malformedYear }
        let width: Int
        let precision: DatePrecision
        switch unspecified {
        case 0: (width, precision) = (1, .year)
        case 1: (width, precision) = (10, .decade)
        case 2: (width, precision) = (100, .century)
        default: throw tooUnspecified
        }
        let nearZero = try signed(known * width, isNegative)
        let farFromZero = try signed(known * width + width - 1, isNegative)
        return Extent(
            earliest: firstDay(min(nearZero, farFromZero)), latest: lastDay(max(nearZero, farFromZero)),
            precision: precision, isPlain: unspecified == 0)
    }

    /// The digits behind `Y`: more than four, for which the letter is there.
    private static func longYear(_ text: Span<UInt8>) throws(EDTFError) -> Extent {
        let isNegative = text.begins(with: "-")
        let digits = isNegative ? text.extracting(1...) : text
        guard digits.count > 4, !digits.begins(with: "0"), digits.allSatisfy(isDigit) else {
            throw EDTFError("'Y' is followed by a year of more than four digits, written out", example: "Y12345")
        }
        // More digits than an Int holds are beyond the calendar in any case.
        let magnitude = number(digits, digits: digits.count) ?? .max
        let year = isNegative ? -magnitude : magnitude
        return Extent(earliest: firstDay(year), latest: lastDay(year), precision: .year)
    }

    /// `2023-06`, `2004-XX`, `2023-21`.
    private static func month(_ text: Span<UInt8>, of year: Int) throws(EDTFError) -> Extent {
        if isUnspecified(text) {
            return Extent(earliest: firstDay(year), latest: lastDay(year), precision: .year, isPlain: false)
        }
        guard let number = number(text, digits: 2) else { throw malformedMonth }
        switch number {
        case 1...12:
            return Extent(
                earliest: CalendarDay(year: year, month: number, day: 1),
                latest: lastDay(year, month: number), precision: .month)
        case 21...24:
            return season(number, of: year)
        default:
            throw EDTFError(
                "there is no month and no season \(twoDigits(number))", example: "2023-06", isOfPlainDates: false)
        }
    }

    /// The seasons of the northern hemisphere in whole months: spring (21) begins in March, summer (22) in June,
    /// autumn (23) in September; winter (24) begins in December and ends with February of the next year.
    private static func season(_ number: Int, of year: Int) -> Extent {
        let firstMonth = (number - 20) * 3
        let (lastYear, lastMonth) = number == 24 ? (year + 1, 2) : (year, firstMonth + 2)
        return Extent(
            earliest: CalendarDay(year: year, month: firstMonth, day: 1),
            latest: lastDay(lastYear, month: lastMonth), precision: .season, isPlain: false)
    }

    /// `2023-06-18`, `1985-04-XX`, `1985-XX-XX`.
    private static func day(
        _ text: Span<UInt8>, month: Span<UInt8>, of year: Int
    ) throws(EDTFError) -> Extent {
        if isUnspecified(month) {
            guard isUnspecified(text) else {
                throw EDTFError("a day needs its month", example: "1985-XX-XX")
            }
            return Extent(earliest: firstDay(year), latest: lastDay(year), precision: .year, isPlain: false)
        }
        guard let monthNumber = number(month, digits: 2) else { throw malformedMonth }
        guard 1...12 ~= monthNumber else {
            throw EDTFError("there is no month \(twoDigits(monthNumber)) that has days")
        }
        if isUnspecified(text) {
            return Extent(
                earliest: CalendarDay(year: year, month: monthNumber, day: 1),
                latest: lastDay(year, month: monthNumber), precision: .month, isPlain: false)
        }
        guard let number = number(text, digits: 2) else { throw malformedDay }
        let count = CalendarDay.daysInMonth(year: year, month: monthNumber)
        guard 1...count ~= number else {
            throw EDTFError("there is no day \(twoDigits(number)) in a month of \(count) days")
        }
        let day = CalendarDay(year: year, month: monthNumber, day: number)
        return Extent(earliest: day, latest: day, precision: .day)
    }
}

// MARK: - Days and digits

extension EDTFDate {
    private static func firstDay(_ year: Int) -> CalendarDay? { CalendarDay(year: year, month: 1, day: 1) }

    private static func lastDay(_ year: Int, month: Int = 12) -> CalendarDay? {
        CalendarDay(year: year, month: month, day: CalendarDay.daysInMonth(year: year, month: month))
    }

    private static func signed(_ magnitude: Int, _ isNegative: Bool) throws(EDTFError) -> Int {
        if isNegative, magnitude == 0 { throw EDTFError("the year 0 has no sign", example: "0000") }
        return isNegative ? -magnitude : magnitude
    }

    private static func isQualifier(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "?") || byte == UInt8(ascii: "~") || byte == UInt8(ascii: "%")
    }

    /// Whether any form has it.
    private static func belongs(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "X") || byte == UInt8(ascii: "Y")
            || isQualifier(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    private static func isUnspecified(_ text: Span<UInt8>) -> Bool { text.isTwice("X") }

    /// The number that so many digits are; nil when they are not, or more than an `Int` holds.
    private static func number(_ text: Span<UInt8>, digits: Int) -> Int? {
        guard text.count == digits else { return nil }
        var number = 0
        for index in text.indices {
            guard isDigit(text[index]) else { return nil }
            let (tens, isBeyond) = number.multipliedReportingOverflow(by: 10)
            let (next, isBeyondToo) = tens.addingReportingOverflow(Int(text[index] - UInt8(ascii: "0")))
            if isBeyond || isBeyondToo { return nil }
            number = next
        }
        return number
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static var malformedYear: EDTFError {
        EDTFError(
            "a year has four digits, the last one or two of which may be X", example: "2023", isOfPlainDates: false)
    }

    private static var withoutHyphens: EDTFError { EDTFError("year, month and day have hyphens between them") }

    private static var unmarkedLongYear: EDTFError {
        EDTFError("a year of more than four digits begins with 'Y'", example: "Y12345")
    }

    private static var malformedDay: EDTFError { EDTFError("a day is two digits, or XX", isOfPlainDates: false) }

    private static var malformedMonth: EDTFError { EDTFError("a month has two digits", example: "2023-06") }

    private static var tooUnspecified: EDTFError {
        EDTFError("at most the last two digits of a year may be X", example: "20XX")
    }

    /// Forms in use elsewhere get an answer of their own.
    private static func refuseForeignForms(_ text: Span<UInt8>) throws(EDTFError) {
        if text.isEmpty { throw EDTFError("the date is empty") }
        if text.contains("{") || text.contains("[") {
            throw EDTFError(
                "a date is one day, month, year or interval, and no set of them", example: "2023-06-18/2023-06-20")
        }
        if text.contains("T") || text.contains(":") {
            throw EDTFError("a date has no time of day")
        }
        if text.contains("x") {
            throw EDTFError("an unspecified digit is a capital X", example: "201X")
        }
        if text.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) {
            throw EDTFError("a date has neither spaces nor characters beyond ASCII")
        }
        if let dot = text.firstIndex(of: ".") {
            let isPair = text.extracting((dot + 1)...).begins(with: ".")
            throw isPair ? EDTFError("an unbounded side of an interval is '..'", example: "2018/..") : withoutHyphens
        }
    }
}

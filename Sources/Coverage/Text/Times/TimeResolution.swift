// SPDX-License-Identifier: Apache-2.0

/// Turns what words of time mean into a date, from the day of publication and the way the sentence looks.
///
/// A weekday is the one in the direction of the verbs, today included; with no verb to go by, the nearest. A month or a
/// day without its year likewise. A count of weeks, months or years is taken in its unit and marked approximate. What
/// publication leaves open (a weekday, when only its month is known) has no date.
struct TimeResolution {
    let published: PublicationDay
    /// The date named before this one in the article.
    let last: EDTF?
    let direction: Direction?

    struct Answer: Equatable {
        let edtf: EDTF
        let basis: DateBasis
        /// Why, beyond the words and the publication.
        var reason: String?
        var confidence: Double
    }

    func answer(_ meaning: TimeMeaning) -> Answer? {
        switch meaning {
        case .date(let year?, let month, let day):
            return stated(CalendarDay(year: year, month: month, day: day).flatMap { .day($0) })
        case .date(nil, let month, let day):
            return nearestDay(MonthDay(month: month, day: day)).flatMap { inferred(.day($0), 0.9) }
        case .dates(let year?, let from, let to):
            let days = (calendarDay(from, in: year), calendarDay(to, in: year))
            return stated(Self.interval(days.0, days.1))
        case .dates(nil, let from, let to):
            guard let end = nearestDay(to) else { return nil }
            return inferred(Self.interval(calendarDay(from, in: end.components.year), end), 0.9)
        case .month(let month, let year?, _): return stated(.month(CalendarMonth(year: year, month: month)))
        case .month(let month, nil, let choice): return self.month(month, choice)
        case .monthOfYear(let month, let years):
            return published.year.flatMap { inferred(.month(CalendarMonth(year: $0 + years, month: month)), 0.95) }
        case .year(let year): return stated(.year(year))
        case .decade(let year): return stated(.decade(of: year))
        case .season(let season, let year?, _): return stated(.season(season, of: year))
        case .season(let season, nil, let choice): return self.season(season, choice)
        case .seasonOfYear(let season, let years):
            return published.year.flatMap { inferred(.season(season, of: $0 + years), 0.9) }
        case .weekday(let weekday, let choice): return self.weekday(weekday, choice)
        case .dayFromNow(let days): return published.day.flatMap { onDay($0.adding(days: days)) }
        case .unitFromNow(let unit, let offset, let part): return stretch(unit, offset, part)
        case .weekend(let choice): return weekend(choice)
        case .distance(let unit, let count, let isApproximate): return distance(unit, count, isApproximate)
        case .distanceFromLast(let unit, let count): return distanceFromLast(unit, count)
        case .same(let unit): return same(unit)
        case .lookingBack(let unit, let count, let isApproximate): return lookingBack(unit, count, isApproximate)
        }
    }

    // MARK: Answers

    private func stated(_ edtf: EDTF?) -> Answer? {
        edtf.map { Answer(edtf: $0, basis: .stated, reason: nil, confidence: 0.98) }
    }

    private func inferred(_ edtf: EDTF?, _ confidence: Double, _ reason: String? = nil) -> Answer? {
        edtf.map { Answer(edtf: $0, basis: .inferred, reason: reason, confidence: confidence) }
    }

    /// A day reckoned from a publication that is itself approximate is approximate.
    private func onDay(_ day: CalendarDay) -> Answer? {
        inferred(.day(day, isApproximate: published.isQualified), published.isQualified ? 0.7 : 0.95)
    }

    static func interval(_ start: CalendarDay?, _ end: CalendarDay?) -> EDTF? {
        guard let start, let end, start <= end else { return nil }
        return EDTF.interval(.day(start), .day(end))
    }

    private func told(_ direction: Direction) -> String {
        direction == .past ? "told as past" : "told as still to come"
    }

    private static let nearest = "the nearest one; no verb tells which"

    // MARK: Days

    private func calendarDay(_ day: MonthDay, in year: Int) -> CalendarDay? {
        CalendarDay(year: year, month: day.month, day: day.day)
    }

    /// A day without its year: the nearest, unless that lies more than 45 days on the wrong side of the publication.
    private func nearestDay(_ day: MonthDay) -> CalendarDay? {
        guard let year = published.year else { return nil }
        let days = (year - 1...year + 1).compactMap { calendarDay(day, in: $0) }
        guard let origin = published.day ?? calendarDay(MonthDay(month: published.month?.month ?? 7, day: 1), in: year)
        else {
            return nil
        }
        func distance(_ day: CalendarDay) -> Int { Int(day.number) - Int(origin.number) }
        let fitting = days.filter {
            switch direction {
            case .past: distance($0) <= 45
            case .coming: distance($0) >= -45
            case nil: true
            }
        }
        return fitting.min { abs(distance($0)) < abs(distance($1)) }
    }

    private func weekday(_ weekday: Int, _ choice: TimeMeaning.Choice) -> Answer? {
        guard let day = published.day else { return nil }
        /// Days until the next such weekday, 0 for today.
        let ahead = (weekday - day.weekday + 7) % 7
        let behind = ahead == 0 ? 0 : 7 - ahead
        let doubt = published.isQualified ? 0.1 : 0
        func answer(_ days: Int, _ confidence: Double, _ reason: String?) -> Answer? {
            inferred(.day(day.adding(days: days)), confidence - doubt, reason)
        }
        switch choice {
        case .last: return answer(behind == 0 ? -7 : -behind, 0.9, nil)
        case .next: return answer(ahead == 0 ? 7 : ahead, 0.8, nil)
        case .this:
            return answer(Int(day.startOfWeek.adding(days: weekday - 1).number) - Int(day.number), 0.85, nil)
        case .bare: break
        }
        switch direction {
        case .past?: return answer(-behind, 0.9, told(.past))
        case .coming?: return answer(ahead, 0.9, told(.coming))
        case nil: return answer(behind < ahead ? -behind : ahead, 0.6, Self.nearest)
        }
    }

    private func weekend(_ choice: TimeMeaning.Choice) -> Answer? {
        guard let day = published.day else { return nil }
        let saturday = day.startOfWeek.adding(days: 5)
        let weeks: Int
        switch (choice, direction) {
        case (.last, _): weeks = -1
        case (.next, _): weeks = 1
        case (.this, _), (.bare, .coming?): weeks = 0
        // Told early in the week, 'the weekend' that is past is the one before.
        case (.bare, .past?): weeks = day >= saturday ? 0 : -1
        case (.bare, nil): weeks = day.weekday <= 2 ? -1 : 0
        }
        let start = saturday.adding(days: 7 * weeks)
        return inferred(
            Self.interval(start, start.adding(days: 1)), choice == .bare && direction == nil ? 0.6 : 0.85)
    }
}

// MARK: - Months, seasons and stretches

extension TimeResolution {
    private func month(_ month: Int, _ choice: TimeMeaning.Choice) -> Answer? {
        guard let now = published.month else { return nil }
        let ahead = (month - now.month + 12) % 12
        let behind = ahead == 0 ? 0 : 12 - ahead
        func answer(_ months: Int, _ confidence: Double, _ reason: String?) -> Answer? {
            inferred(.month(now.adding(months: months)), confidence, reason)
        }
        switch choice {
        case .last: return answer(behind == 0 ? -12 : -behind, 0.9, nil)
        case .next: return answer(ahead == 0 ? 12 : ahead, 0.85, nil)
        case .this: return answer(month - now.month, 0.9, nil)
        case .bare: break
        }
        switch direction {
        case .past?: return answer(-behind, 0.9, told(.past))
        case .coming?: return answer(ahead, 0.9, told(.coming))
        case nil: return answer(behind <= ahead ? -behind : ahead, 0.6, Self.nearest)
        }
    }

    private func season(_ season: Int, _ choice: TimeMeaning.Choice) -> Answer? {
        guard let now = published.month else { return nil }
        /// The season it is: December to February is 24, of the year in which it began.
        let current = (now.month % 12) / 3 == 0 ? 24 : 20 + now.month / 3
        let year = current == 24 && now.month < 12 ? now.year - 1 : now.year
        let years: Int
        switch (choice, direction) {
        case (.last, _): years = season < current ? 0 : -1
        case (.next, _): years = season > current ? 0 : 1
        case (.bare, .past?): years = season <= current ? 0 : -1
        case (.bare, .coming?): years = season >= current ? 0 : 1
        case (.this, _), (.bare, nil): years = 0
        }
        return inferred(.season(season, of: year + years), choice == .bare && direction == nil ? 0.5 : 0.8)
    }

    private func stretch(_ unit: TimeUnit, _ offset: Int, _ part: TimeMeaning.Part) -> Answer? {
        switch unit {
        case .week:
            guard let day = published.day else { return nil }
            let monday = day.startOfWeek.adding(days: 7 * offset)
            let sunday = monday.adding(days: 6)
            let span: (CalendarDay, CalendarDay)
            switch part {
            // 'Earlier' was over before it was written.
            case .earlier where offset == 0: span = (monday, max(monday, day.adding(days: -1)))
            case .later where offset == 0: span = (day, sunday)
            case .start: return inferred(.day(monday, isApproximate: true), 0.6)
            case .end: return inferred(.day(sunday, isApproximate: true), 0.6)
            default: span = (monday, sunday)
            }
            return inferred(Self.interval(span.0, span.1), published.isQualified ? 0.8 : 0.9)
        case .month:
            guard let month = published.month?.adding(months: offset) else { return nil }
            return inferred(Self.part(part, of: month, until: offset == 0 ? published.day : nil), 0.9)
        case .year:
            guard let year = published.year.map({ $0 + offset }) else { return nil }
            return inferred(Self.part(part, of: year, until: offset == 0 ? published.month : nil), 0.9)
        case .day, .decade: return nil
        }
    }

    /// - Parameter now: the day within the month that parts what is earlier from what is later.
    private static func part(_ part: TimeMeaning.Part, of month: CalendarMonth, until now: CalendarDay?) -> EDTF? {
        let first = CalendarDay(year: month.year, month: month.month, day: 1)
        let last = CalendarDay(
            year: month.year, month: month.month, day: CalendarDay.daysInMonth(year: month.year, month: month.month))
        switch part {
        case .earlier: return now.flatMap { interval(first, $0.adding(days: -1)) } ?? .month(month)
        case .later: return now.flatMap { interval($0, last) } ?? .month(month)
        case .start: return first.flatMap { .day($0, isApproximate: true) }
        case .end: return last.flatMap { .day($0, isApproximate: true) }
        case .whole: return .month(month)
        }
    }

    private static func part(_ part: TimeMeaning.Part, of year: Int, until now: CalendarMonth?) -> EDTF? {
        let (first, last) = (CalendarMonth(year: year, month: 1), CalendarMonth(year: year, month: 12))
        switch part {
        case .earlier: return now.flatMap { .interval(.month(first), .month($0)) } ?? .year(year)
        case .later: return now.flatMap { .interval(.month($0), .month(last)) } ?? .year(year)
        case .start: return .month(first, isApproximate: true)
        case .end: return .month(last, isApproximate: true)
        case .whole: return .year(year)
        }
    }
}

// MARK: - Distances

extension TimeResolution {
    private func distance(_ unit: TimeUnit, _ count: Int, _ isApproximate: Bool) -> Answer? {
        switch unit {
        case .day:
            return published.day.flatMap {
                inferred(.day($0.adding(days: count), isApproximate: isApproximate || published.isQualified), 0.9)
            }
        case .week:
            return published.day.flatMap { inferred(.day($0.adding(days: 7 * count), isApproximate: true), 0.8) }
        case .month:
            return published.month.flatMap { inferred(.month($0.adding(months: count), isApproximate: true), 0.8) }
        case .year: return published.year.flatMap { inferred(.year($0 + count, isApproximate: true), 0.8) }
        case .decade: return published.year.flatMap { inferred(.year($0 + 10 * count, isApproximate: true), 0.7) }
        }
    }

    private func distanceFromLast(_ unit: TimeUnit, _ count: Int) -> Answer? {
        guard let last, !last.isInterval, let start = last.earliest else { return nil }
        let reason = "reckoned from \(last), named before"
        let month = CalendarMonth(of: start)
        switch (unit, last.precision) {
        case (.day, .day): return inferred(.day(start.adding(days: count)), 0.8, reason)
        case (.week, .day): return inferred(.day(start.adding(days: 7 * count), isApproximate: true), 0.7, reason)
        case (.month, .day), (.month, .month):
            return inferred(.month(month.adding(months: count), isApproximate: true), 0.7, reason)
        case (.year, .day), (.year, .month), (.year, .year):
            return inferred(.year(month.year + count, isApproximate: true), 0.7, reason)
        default: return nil
        }
    }

    private func same(_ unit: TimeUnit) -> Answer? {
        guard let last, let start = last.earliest, let end = last.latest else { return nil }
        let reason = "that of \(last), named before"
        switch unit {
        case .day: return start == end ? inferred(.day(start), 0.8, reason) : nil
        case .week where start.startOfWeek == end.startOfWeek:
            return inferred(Self.interval(start.startOfWeek, start.startOfWeek.adding(days: 6)), 0.8, reason)
        case .month where CalendarMonth(of: start) == CalendarMonth(of: end):
            return inferred(.month(CalendarMonth(of: start)), 0.8, reason)
        case .year where start.components.year == end.components.year:
            return inferred(.year(start.components.year), 0.8, reason)
        default: return nil
        }
    }

    /// From so long ago until now: the stretch within which it is the first, not when it was.
    private func lookingBack(_ unit: TimeUnit, _ count: Int, _ isApproximate: Bool) -> Answer? {
        let edtf: EDTF?
        switch unit {
        case .day, .week:
            let days = unit == .day ? count : 7 * count
            edtf = published.day.flatMap { .interval(.day($0.adding(days: -days), isApproximate: true), .day($0)) }
        case .month:
            edtf = published.month.flatMap {
                .interval(.month($0.adding(months: -count), isApproximate: true), .month($0))
            }
        case .year, .decade:
            let years = unit == .year ? count : 10 * count
            edtf = published.year.flatMap { .interval(.year($0 - years, isApproximate: true), .year($0)) }
        }
        return inferred(edtf, isApproximate ? 0.7 : 0.8)
    }
}

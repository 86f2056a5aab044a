// SPDX-License-Identifier: Apache-2.0

// Times that are told from the day of writing, or from another time.

extension TimePhrase {
    /// "last", "next", "this" before a time.
    func choice(_ offset: Int) -> TimeMeaning.Choice {
        switch word(offset) {
        case "last", "past", "previous": .last
        case "this": .this
        case "next", "coming", "upcoming": .next
        default: .bare
        }
    }

    /// Units from the one that is now; nil for a bare one.
    func neighbourOffset(_ choice: TimeMeaning.Choice) -> Int? {
        switch choice {
        case .last: -1
        case .this: 0
        case .next: 1
        case .bare: nil
        }
    }

    /// The one unit a word names: "week", but not "weeks".
    private func singleUnit(_ offset: Int) -> TimeUnit? {
        word(offset).hasSuffix("s") ? nil : TimeLexicon.units[word(offset)]
    }

    // MARK: Stretches

    /// "earlier this month", "later in the year", "early next week".
    var partOfStretch: Match? {
        let part: TimeMeaning.Part
        switch word(0) {
        case "earlier", "early": part = .earlier
        case "later", "late": part = .later
        default: return nil
        }
        guard isJoined(1..<4, [""]) || isJoined(1..<3, [""]) else { return nil }
        if let offset = neighbourOffset(choice(1)), let unit = singleUnit(2), unit != .day {
            return match(3, .unitFromNow(unit, offset, part))
        }
        if ["in", "on"].contains(word(1)), ["the", "this"].contains(word(2)), let unit = singleUnit(3) {
            return unit == .day ? match(4, .dayFromNow(0)) : match(4, .unitFromNow(unit, 0, part))
        }
        return nil
    }

    /// "the beginning of the year", "the end of this month", "the start of June" (which the month tells).
    var edgeOfStretch: Match? {
        let part: TimeMeaning.Part
        switch word(0) {
        case "beginning", "start": part = .start
        case "end": part = .end
        default: return nil
        }
        guard isJoined(1..<4, [""]), word(1) == "of", let unit = singleUnit(3), unit != .day else { return nil }
        if word(2) == "the" { return match(4, .unitFromNow(unit, 0, part)) }
        return neighbourOffset(choice(2)).map { match(4, .unitFromNow(unit, $0, part)) }
    }

    /// "last month", "this week", "next year", "the coming week", "this weekend".
    var neighbour: Match? {
        let opening = choice(0)
        guard isJoined(1..<2, [""]), let offset = neighbourOffset(opening) else {
            return word(0) == "weekend" && ["the", "at"].contains(word(-1)) ? match(1, .weekend(.bare)) : nil
        }
        if word(1) == "weekend" { return match(2, .weekend(opening)) }
        // 'The past year' is the twelve months up to now, as much as the year before; 'this past week' likewise.
        guard word(0) != "past", let unit = singleUnit(1), unit != .decade else { return nil }
        return unit == .day ? nil : match(2, .unitFromNow(unit, offset, .whole))
    }

    /// "the same week", "that day".
    var sameStretch: Match? {
        guard ["same", "that"].contains(word(0)), isJoined(1..<2, [""]), let unit = singleUnit(1), unit != .decade,
            // 'That week' is a time; 'that day-long talks' and 'said that year-end …' are none.
            gap(2) != "-"
        else { return nil }
        return match(2, .same(unit))
    }

    // MARK: Distances

    /// A number of units: how many words, and whether it is hedged.
    private func amount(_ offset: Int) -> (number: Int, unit: TimeUnit, end: Int, isApproximate: Bool)? {
        var place = offset
        var isApproximate = false
        if TimeLexicon.hedges.contains(word(place)) {
            isApproximate = true
            place += 1
        } else if ["more", "less"].contains(word(place)), word(place + 1) == "than" {
            isApproximate = true
            place += 2
        }
        if ["past", "last"].contains(word(place)) { place += 1 }
        if word(place) == "couple", word(place + 1) == "of", let unit = TimeLexicon.units[word(place + 2)] {
            return (2, unit, place + 3, true)
        }
        guard let number = TimeLexicon.number(word(place)), 1...500 ~= number, gap(place + 1).isEmpty,
            let unit = TimeLexicon.units[word(place + 1)]
        else { return nil }
        return (number, unit, place + 2, isApproximate)
    }

    /// "two days ago", "three weeks later", "a day earlier", "in two days".
    var distance: Match? {
        if word(0) == "in", !looksBack, let amount = amount(1), isJoined(1..<amount.end, [""]),
            amount.unit == .day || amount.unit == .week, word(amount.end) != "of"
        {
            return match(
                amount.end, .distance(amount.unit, amount.number, isApproximate: amount.isApproximate))
        }
        guard let amount = amount(0), isJoined(1..<amount.end + 1, [""]) else { return nil }
        switch word(amount.end) {
        case "ago":
            return match(
                amount.end + 1, .distance(amount.unit, -amount.number, isApproximate: amount.isApproximate))
        case "earlier", "before": return match(amount.end + 1, .distanceFromLast(amount.unit, -amount.number))
        case "later": return match(amount.end + 1, .distanceFromLast(amount.unit, amount.number))
        default: return nil
        }
    }

    /// "the day before", "the next day": beside the time named last.
    var neighbourOfLast: Match? {
        guard word(-1) == "the", isJoined(1..<2, [""]) else { return nil }
        switch (word(0), word(1)) {
        // 'The day before the meeting' is reckoned from what has no date.
        case ("day", "before") where !gap(2).isEmpty: return match(2, .distanceFromLast(.day, -1))
        case ("day", "after") where !gap(2).isEmpty: return match(2, .distanceFromLast(.day, 1))
        case ("previous", "day"): return match(2, .distanceFromLast(.day, -1))
        case ("next", "day"), ("following", "day"): return match(2, .distanceFromLast(.day, 1))
        default: return nil
        }
    }

    /// "in nearly five years", "for the first time in a decade", "over the past two years".
    var lookingBack: Match? {
        guard ["in", "over", "during", "within"].contains(word(0)) else { return nil }
        let article = word(1) == "the" ? 2 : 1
        guard let amount = amount(article), isJoined(1..<amount.end, [""]),
            looksBack || ["past", "last"].contains(word(article))
        else { return nil }
        return match(
            amount.end, .lookingBack(amount.unit, amount.number, isApproximate: amount.isApproximate))
    }

    /// Whether the words before speak of a first, or a worst: what is counted then lies behind.
    private var looksBack: Bool {
        words[max(0, start - 12)..<start].contains { TimeLexicon.superlatives.contains($0.lower) }
    }

    // MARK: Days

    /// "today", "yesterday", "the day after tomorrow", "last night".
    var dayName: Match? {
        switch (word(0), word(1), word(2)) {
        case ("day", "before", "yesterday"): return match(3, .dayFromNow(-2))
        case ("day", "after", "tomorrow"): return match(3, .dayFromNow(2))
        case ("yesterday", _, _): return match(1, .dayFromNow(-1))
        case ("today", _, _): return match(1, .dayFromNow(0))
        case ("tonight", _, _): return match(1, .dayFromNow(0))
        case ("tomorrow", _, _): return match(1, .dayFromNow(1))
        case ("last", "night", _): return match(2, .dayFromNow(-1))
        case ("this", let part, _) where TimeLexicon.partsOfDay.contains(part): return match(2, .dayFromNow(0))
        default: return nil
        }
    }

    /// "Sunday", "last Friday", "Sunday morning".
    var weekday: Match? {
        let choice = choice(0)
        let opening = choice == .bare ? 0 : 1
        guard isCapital(opening), isJoined(1..<1 + opening, [""]), let day = TimeLexicon.weekdays[word(opening)] else {
            return nil
        }
        let end = opening + 1
        let tail = gap(end).isEmpty && TimeLexicon.partsOfDay.contains(word(end)) ? 1 : 0
        return match(end + tail, .weekday(day, choice))
    }

    /// "this summer", "the winter of 2019", "spring 2024".
    var season: Match? {
        let choice = choice(0)
        let opening = choice == .bare ? 0 : 1
        guard isJoined(1..<1 + opening, [""]), let season = TimeLexicon.seasons[word(opening)] else { return nil }
        let end = opening + 1
        if let (year, count) = year(end) { return match(end + count, .season(season, year: year, choice)) }
        let of = word(end) == "of" ? 1 : 0
        if gap(end).isEmpty, word(end + of + 1) == "year", let years = neighbourOffset(self.choice(end + of)) {
            return match(end + of + 2, .seasonOfYear(season, years))
        }
        // Alone, 'fall', 'spring' and 'summer' are also what things do, and names.
        guard choice != .bare || (word(-1) == "the" && ["in", "during", "by"].contains(word(-2))) else { return nil }
        return match(end, .season(season, year: nil, choice))
    }
}

// SPDX-License-Identifier: Apache-2.0

/// What words of time mean before anybody asks when they were written.
enum TimeMeaning: Equatable {
    /// Which of several: the one named, the one before or after, or the one it is now.
    enum Choice: Equatable { case bare, last, this, next }
    /// Which part of a stretch.
    enum Part: Equatable { case whole, earlier, later, start, end }

    case date(year: Int?, month: Int, day: Int)
    case dates(year: Int?, from: MonthDay, to: MonthDay)
    case month(Int, year: Int?, Choice)
    /// "February last year": of a year so many after this one.
    case monthOfYear(Int, Int)
    case year(Int)
    case decade(Int)
    case season(Int, year: Int?, Choice)
    /// "the spring of last year".
    case seasonOfYear(Int, Int)
    case weekday(Int, Choice)
    /// Days after the publication.
    case dayFromNow(Int)
    /// Units after the one of the publication.
    case unitFromNow(TimeUnit, Int, Part)
    case weekend(Choice)
    /// So many units before now (negative) or after it.
    case distance(TimeUnit, Int, isApproximate: Bool)
    /// The same from the time named last.
    case distanceFromLast(TimeUnit, Int)
    /// "the same week".
    case same(TimeUnit)
    /// "in nearly five years": how far one has to look back.
    case lookingBack(TimeUnit, Int, isApproximate: Bool)
}

struct MonthDay: Equatable {
    let month: Int
    let day: Int
}

/// Finds words of time in the words of a sentence.
struct TimePatterns {
    struct Match: Equatable {
        let words: Range<Int>
        let meaning: TimeMeaning
    }

    let words: [LexicalWord]

    /// All of them, in order; none overlaps another.
    var matches: [Match] {
        var found: [Match] = []
        var place = 0
        while place < words.count {
            guard let match = match(at: place) else {
                place += 1
                continue
            }
            found.append(match)
            place = match.words.upperBound
        }
        return found
    }

    /// The first form that fits; longer forms are tried before their parts.
    private func match(at start: Int) -> Match? {
        let reader = TimePhrase(words: words, start: start)
        let calendar: Match? = reader.weekdayWithDate ?? reader.numericDate ?? reader.date ?? reader.monthAlone
        if let calendar { return calendar }
        let stretch: Match? = reader.edgeOfStretch ?? reader.partOfStretch ?? reader.neighbour
        if let stretch { return stretch }
        let distance: Match? =
            reader.distance ?? reader.neighbourOfLast ?? reader.lookingBack ?? reader.sameStretch
        if let distance { return distance }
        return reader.dayName ?? reader.season ?? reader.weekday ?? reader.yearAlone
    }
}

/// The words from one place on, read as one form of time after another.
struct TimePhrase {
    let words: [LexicalWord]
    let start: Int

    typealias Match = TimePatterns.Match

    func word(_ offset: Int) -> String { words.indices.contains(start + offset) ? words[start + offset].lower : "" }

    /// What stands before a word, white space aside: the punctuation between it and the word before.
    func gap(_ offset: Int) -> String {
        words.indices.contains(start + offset) ? words[start + offset].separator.filter { !$0.isWhitespace } : ";"
    }

    func isCapital(_ offset: Int) -> Bool {
        words.indices.contains(start + offset) && words[start + offset].isCapitalized
    }

    func match(_ count: Int, _ meaning: TimeMeaning) -> Match {
        Match(words: start..<start + count, meaning: meaning)
    }

    /// One phrase, with nothing but these marks between its words.
    func isJoined(_ offsets: Range<Int>, _ allowed: Set<String> = ["", ","]) -> Bool {
        offsets.allSatisfy { allowed.contains(gap($0)) }
    }

    /// A month that is written as a name here.
    func month(_ offset: Int, besideNumber: Bool = false) -> Int? {
        guard isCapital(offset) else { return nil }
        if let month = TimeLexicon.months[word(offset)] { return month }
        return besideNumber ? TimeLexicon.shortMonths[word(offset)] : nil
    }

    static let dashes: Set<String> = ["-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "/"]

    /// Whether a second day follows at an offset, as in `18-19`, `18 to 19`, `18 and 19`; how many words that takes.
    func rangeJoint(_ offset: Int) -> Int? {
        if Self.dashes.contains(gap(offset)) { return 0 }
        guard gap(offset).isEmpty, ["to", "and", "through", "until"].contains(word(offset)) else { return nil }
        return isJoined(offset + 1..<offset + 2, [""]) ? 1 : nil
    }

    /// A year at an offset, perhaps after a comma or 'of': with how many words.
    func year(_ offset: Int) -> (year: Int, words: Int)? {
        if ["", ","].contains(gap(offset)), let year = TimeLexicon.year(word(offset)) { return (year, 1) }
        if gap(offset).isEmpty, word(offset) == "of", let year = TimeLexicon.year(word(offset + 1)) { return (year, 2) }
        return nil
    }
}

// MARK: - Dates of the calendar

extension TimePhrase {
    /// "Sunday, June 18".
    var weekdayWithDate: Match? {
        guard isCapital(0), TimeLexicon.weekdays[word(0)] != nil, ["", ","].contains(gap(1)) else { return nil }
        let skipped = word(1) == "the" ? 2 : 1
        guard let date = TimePhrase(words: words, start: start + skipped).date else { return nil }
        return Match(words: start..<date.words.upperBound, meaning: date.meaning)
    }

    /// `2023-06-18`.
    var numericDate: Match? {
        guard let year = TimeLexicon.year(word(0)), gap(1) == "-", gap(2) == "-", word(1).utf8.count == 2,
            word(2).utf8.count == 2, let month = TimeLexicon.number(word(1)), let day = TimeLexicon.number(word(2)),
            CalendarDay(year: year, month: month, day: day) != nil
        else { return nil }
        return match(3, .date(year: year, month: month, day: day))
    }

    var date: Match? { dayBeforeMonth ?? monthBeforeDay ?? monthOfYear }

    /// `18 June`, `18th of June 2023`, `18-19 June`, `30 June to 2 July`.
    private var dayBeforeMonth: Match? {
        guard let first = TimeLexicon.dayOfMonth(word(0)) else { return nil }
        if let joint = rangeJoint(1), let last = TimeLexicon.dayOfMonth(word(1 + joint)),
            let (month, end) = monthAfterDay(2 + joint)
        {
            return dates(from: (month, first), to: (month, last), end)
        }
        guard let (month, end) = monthAfterDay(1) else { return nil }
        if let joint = rangeJoint(end), let last = TimeLexicon.dayOfMonth(word(end + joint)),
            let (lastMonth, lastEnd) = monthAfterDay(end + joint + 1)
        {
            return dates(from: (month, first), to: (lastMonth, last), lastEnd)
        }
        return dated(month, first, end)
    }

    private func monthAfterDay(_ offset: Int) -> (month: Int, end: Int)? {
        let place = word(offset) == "of" && gap(offset).isEmpty ? offset + 1 : offset
        guard gap(place).isEmpty, let month = month(place, besideNumber: true) else { return nil }
        return (month, place + 1)
    }

    /// `June 18`, `Jun. 18, 2023`, `June 18-19`, `June 30 - July 2`.
    private var monthBeforeDay: Match? {
        guard let month = month(0, besideNumber: true), ["", "."].contains(gap(1)) else { return nil }
        let skipped = word(1) == "the" ? 2 : 1
        guard let first = TimeLexicon.dayOfMonth(word(skipped)) else { return nil }
        let end = skipped + 1
        // A number behind the day is its month's, unless it is a count: 'June 18 and 19 people'.
        if let joint = rangeJoint(end) {
            if let last = TimeLexicon.dayOfMonth(word(end + joint)), last > first {
                return dates(from: (month, first), to: (month, last), end + joint + 1)
            }
            if let lastMonth = self.month(end + joint, besideNumber: true),
                let last = TimeLexicon.dayOfMonth(word(end + joint + 1))
            {
                return dates(from: (month, first), to: (lastMonth, last), end + joint + 2)
            }
        }
        return dated(month, first, end)
    }

    /// `June 2023`, `February of last year`.
    private var monthOfYear: Match? {
        guard let month = month(0, besideNumber: TimeLexicon.year(word(1)) != nil) else { return nil }
        if ["", ",", "."].contains(gap(1)), let (year, count) = year(1) {
            return match(1 + count, .month(month, year: year, .bare))
        }
        return nil
    }

    /// A date, with the year that may follow.
    private func dated(_ month: Int, _ day: Int, _ end: Int) -> Match? {
        let year = year(end)
        guard CalendarDay(year: year?.year ?? 2000, month: month, day: day) != nil else { return nil }
        return match(end + (year?.words ?? 0), .date(year: year?.year, month: month, day: day))
    }

    private func dates(from: (Int, Int), to: (Int, Int), _ end: Int) -> Match? {
        let year = year(end)
        // 2000 has every day that a year can have.
        guard let first = CalendarDay(year: year?.year ?? 2000, month: from.0, day: from.1),
            let last = CalendarDay(year: year?.year ?? 2000, month: to.0, day: to.1), first < last
        else { return nil }
        return match(
            end + (year?.words ?? 0),
            .dates(
                year: year?.year, from: MonthDay(month: from.0, day: from.1), to: MonthDay(month: to.0, day: to.1)))
    }

    /// "February", "last February", "late May", "mid-June", "February last year".
    var monthAlone: Match? {
        let choice = choice(0)
        let opening = choice == .bare ? ["early", "late", "mid"].contains(word(0)) ? 1 : 0 : 1
        guard isJoined(1..<1 + opening, ["", "-"]), let month = month(opening) else { return nil }
        let name = word(opening)
        if TimeLexicon.ambiguousMonths.contains(name), opening == 0 {
            guard start > 0, gap(0).isEmpty, TimeLexicon.prepositions.contains(word(-1)) else { return nil }
        }
        let end = opening + 1
        if let (year, count) = year(end) { return match(end + count, .month(month, year: year, .bare)) }
        let of = word(end) == "of" ? 1 : 0
        if gap(end).isEmpty, word(end + of + 1) == "year", let years = neighbourOffset(self.choice(end + of)) {
            return match(end + of + 2, .monthOfYear(month, years))
        }
        return match(end, .month(month, year: nil, choice))
    }

    /// "in 2019", "early 2021", "the 1990s".
    var yearAlone: Match? {
        if word(0).utf8.count == 5, word(0).hasSuffix("0s"), let year = TimeLexicon.year(String(word(0).dropLast())) {
            return match(1, .decade(year))
        }
        if ["early", "late", "mid"].contains(word(0)), isJoined(1..<2, ["", "-"]), let year = TimeLexicon.year(word(1))
        {
            return match(2, .year(year))
        }
        guard let year = TimeLexicon.year(word(0)), start > 0, gap(0).isEmpty,
            TimeLexicon.prepositions.contains(word(-1)) || word(-1) == "the", !isCount
        else { return nil }
        return match(1, .year(year))
    }

    /// Whether a number of four digits counts something: '2000 troops'.
    private var isCount: Bool {
        guard gap(1).isEmpty, !word(1).isEmpty, !isCapital(1), word(-1) != "the" else { return false }
        return !TimePhrase.wordsAfterYear.contains(word(1))
    }

    private static let wordsAfterYear: Set<String> = [
        "and", "or", "but", "when", "after", "before", "as", "by", "that", "which", "with", "to", "in", "on", "at",
        "for", "from", "until", "over", "under", "while", "because", "amid", "during", "since", "has", "had", "have",
        "was", "were", "is", "are", "will", "would", "he", "she", "it", "they", "the", "a", "an", "not", "said",
    ]
}

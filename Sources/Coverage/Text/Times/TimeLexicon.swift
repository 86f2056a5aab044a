// SPDX-License-Identifier: Apache-2.0

/// English words of time, lower case.
enum TimeLexicon {
    static let months: [String: Int] = [
        "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
        "september": 9, "october": 10, "november": 11, "december": 12,
    ]

    /// Only beside a day or a year: alone they are words or names of their own.
    static let shortMonths: [String: Int] = [
        "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11,
        "dec": 12,
    ]

    /// Months that are other words too, and count alone only after a word such as 'in'.
    static let ambiguousMonths: Set<String> = ["march", "may"]

    /// Monday 1 to Sunday 7.
    static let weekdays: [String: Int] = [
        "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7,
    ]

    /// As EDTF numbers them.
    static let seasons: [String: Int] = ["spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24]

    static let partsOfDay: Set<String> = ["morning", "afternoon", "evening", "night"]

    static let numbers: [String: Int] = [
        "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
        "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
        "fifty": 50,
    ]

    static let units: [String: TimeUnit] = [
        "day": .day, "days": .day, "week": .week, "weeks": .week, "month": .month, "months": .month, "year": .year,
        "years": .year, "decade": .decade, "decades": .decade,
    ]

    /// Words before a bare month or year that make it a time.
    static let prepositions: Set<String> = [
        "in", "since", "until", "till", "by", "from", "to", "through", "during", "before", "after", "of", "for",
        "between", "throughout", "around", "about", "early", "late", "mid", "last", "next", "this", "past", "on",
    ]

    /// "nearly five years": the number is not meant to the day.
    static let hedges: Set<String> = [
        "nearly", "almost", "about", "around", "roughly", "over", "some", "approximately",
    ]

    /// With such a word in the sentence, "in five years" looks back.
    static let superlatives: Set<String> = [
        "first", "highest", "lowest", "worst", "best", "deadliest", "longest", "biggest", "largest", "senior", "most",
    ]

    /// A number in digits or words; nil for more than four digits, and for what is none.
    static func number(_ word: String) -> Int? {
        if let number = numbers[word] { return number }
        guard 1...4 ~= word.utf8.count, word.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
            return nil
        }
        return Int(word)
    }

    /// The day of a month: `18`, `18th`.
    static func dayOfMonth(_ word: String) -> Int? {
        let digits = word.utf8.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        guard 1...2 ~= digits.count, let number = Int(Substring(digits)), 1...31 ~= number else { return nil }
        let rest = word.dropFirst(digits.count)
        return ["", "st", "nd", "rd", "th"].contains(String(rest)) ? number : nil
    }

    /// A year that coverage may tell of, in four digits.
    static func year(_ word: String) -> Int? {
        guard word.utf8.count == 4, let year = number(word), 1500...2199 ~= year else { return nil }
        return year
    }
}

enum TimeUnit: Sendable {
    case day, week, month, year, decade
}

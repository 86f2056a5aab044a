// SPDX-License-Identifier: Apache-2.0

import Coverage
import Foundation
import Testing

@Suite struct DateFilterTests {
    @Test func takesOnlyPlainDates() throws {
        for text in ["2023~", "201X", "2023-21", "2023/2024", "2018/..", "2023-XX"] {
            let date = try EDTF(text)
            #expect(throws: DateFilter.Fault.notPlain(parameter: "from")) { try DateFilter(from: date, to: nil) }
            #expect(throws: DateFilter.Fault.notPlain(parameter: "to")) { try DateFilter(from: nil, to: date) }
        }
        let (june, may) = (try EDTF("2023-06"), try EDTF("2023-05-31"))
        #expect(throws: DateFilter.Fault.fromAfterTo) { try DateFilter(from: june, to: may) }
        _ = try DateFilter(from: june, to: june)
    }

    @Test func includesBothEnds() throws {
        let day = try EDTF("2023-06-18")
        let filter = try DateFilter(from: day, to: day)
        #expect(filter.mayOverlap(day) && filter.certainlyWithin(day))
        for text in ["2023-06-17/2023-06-18", "2023-06-18/2023-06-19", "2023-06", "../2023-06-18", "2023-06-18/.."] {
            let date = try EDTF(text)
            #expect(filter.mayOverlap(date) && !filter.certainlyWithin(date), "\(text)")
        }
        for text in ["2023-06-17", "2023-06-19", "../2023-06-17", "2023-06-19/.."] {
            #expect(try !filter.mayOverlap(EDTF(text)), "\(text)")
        }
    }

    @Test func treatsUnknownAndOpenEndsApart() throws {
        let since2020 = try DateFilter(from: EDTF("2020"), to: nil)
        #expect(since2020.certainlyWithin(try EDTF("2021/..")))
        #expect(!since2020.certainlyWithin(try EDTF("2021/")))
        #expect(since2020.mayOverlap(try EDTF("2010/..")))
        #expect(since2020.mayOverlap(try EDTF("2010/")))
        #expect(!since2020.mayOverlap(try EDTF("../2019")))
        #expect(!since2020.mayOverlap(try EDTF("/2019")))
    }

    /// Holds random dates and filters against sets of days that are made without any arithmetic on dates. EDTF_INTERVALS says
    /// how many intervals, such as 1000000.
    @Test func agreesWithCountingDays() throws {
        let seed = UInt64.random(in: 0 ... .max)
        print("DateFilterTests.agreesWithCountingDays: seed \(seed)")
        var random = SplitMix(state: seed)
        let calendar = NaiveCalendar()
        let dates = (0..<150).map { _ in calendar.randomDate(plain: false, &random) }
        let filters = try (0..<100).compactMap { _ in try randomFilter(calendar, &random) }

        let intervals = ProcessInfo.processInfo.environment["EDTF_INTERVALS"].flatMap(Int.init) ?? 4000
        for _ in 0..<intervals {
            let (text, days, isReliable) = randomInterval(among: dates, &random)
            guard let days, let date = try? EDTF(text) else {
                #expect(days == nil && (try? EDTF(text)) == nil, "\(text)")
                continue
            }
            for _ in 0..<max(1, 200_000 / intervals) {
                let (name, asked, filter) = filters[Int.random(in: 0..<filters.count, using: &random)]
                guard filter.mayOverlap(date) == days.meets(asked),
                    filter.certainlyWithin(date) == (isReliable && days.isSubset(of: asked))
                else {
                    Issue.record("\(text) \(name)")
                    return
                }
            }
        }
    }

    /// Nil when the filter was refused, as it has to be when no day satisfies it.
    private func randomFilter(
        _ calendar: NaiveCalendar, _ random: inout SplitMix
    ) throws -> (name: String, days: DaySet, filter: DateFilter)? {
        let dates = [calendar.randomDate(plain: true, &random), calendar.randomDate(plain: true, &random)]
        let from = Int.random(in: 0..<4, using: &random) > 0 ? dates[0] : nil
        let to = Int.random(in: 0..<4, using: &random) > 0 ? dates[1] : nil
        let name = "from \(from?.text ?? "-") to \(to?.text ?? "-")"
        let bounds = (try from.map { try EDTF($0.text) }, try to.map { try EDTF($0.text) })
        let days = (from?.onAndAfter ?? calendar.always).intersection(to?.upTo ?? calendar.always)
        let filter = try? DateFilter(from: bounds.0, to: bounds.1)
        #expect((days == nil) == (filter == nil), "\(name)")
        guard let days, let filter else { return nil }
        return (name, days, filter)
    }

    /// A single date, or an interval that may be open, unknown, reversed (no days) or nonsense (no days).
    private func randomInterval(
        among dates: [NaiveDate], _ random: inout SplitMix
    ) -> (text: String, days: DaySet?, isReliable: Bool) {
        let a = dates[Int.random(in: 0..<dates.count, using: &random)]
        let b = dates[Int.random(in: 0..<dates.count, using: &random)]
        let mark = ["", "", "", "?", "~", "%"].randomElement(using: &random) ?? ""
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return (a.text + mark, a.onAndAfter.intersection(a.upTo), mark.isEmpty)
        case 1: return ("\(a.text)\(mark)/..", a.onAndAfter, mark.isEmpty)
        case 2: return ("../\(a.text)\(mark)", a.upTo, mark.isEmpty)
        case 3: return ("\(a.text)/", a.onAndAfter, false)
        case 4: return ("/\(a.text)", a.upTo, false)
        default: return ("\(a.text)/\(b.text)\(mark)", a.onAndAfter.intersection(b.upTo), mark.isEmpty)
        }
    }
}

/// Days of 1990 to 2011 as a set, with one more on either side that stands for all the days beyond.
private struct DaySet: Equatable {
    var words: [UInt64]

    /// Nil when there is no day in both.
    func intersection(_ other: DaySet) -> DaySet? {
        var result = self
        var isEmpty = true
        for index in words.indices {
            result.words[index] &= other.words[index]
            if result.words[index] != 0 { isEmpty = false }
        }
        return isEmpty ? nil : result
    }

    func meets(_ other: DaySet) -> Bool { anyWord(other) { $0 & $1 != 0 } }
    func isSubset(of other: DaySet) -> Bool { !anyWord(other) { $0 & ~$1 != 0 } }

    private func anyWord(_ other: DaySet, _ condition: (UInt64, UInt64) -> Bool) -> Bool {
        var index = 0
        while index < words.count {
            if condition(words[index], other.words[index]) { return true }
            index += 1
        }
        return false
    }
}

private struct NaiveDate {
    let text: String
    /// From its first day on.
    let onAndAfter: DaySet
    /// To its last day.
    let upTo: DaySet
}

/// Knows days only as texts in a row, and finds a date's days by comparing texts.
private struct NaiveCalendar {
    let days: [String]

    init() {
        var days = ["before"]
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        for year in 1990...2011 {
            for month in 1...12 {
                let leapDay = month == 2 && [1992, 1996, 2000, 2004, 2008].contains(year) ? 1 : 0
                for day in 1...lengths[month - 1] + leapDay { days.append("\(year)-\(two(month))-\(two(day))") }
            }
        }
        self.days = days + ["beyond"]
    }

    var always: DaySet { daySet(of: 0..<days.count) }

    private func daySet(of range: Range<Int>) -> DaySet {
        var words = [UInt64](repeating: 0, count: days.count / 64 + 1)
        for index in range { words[index / 64] |= 1 << (index % 64) }
        return DaySet(words: words)
    }

    func randomDate(plain: Bool, _ random: inout SplitMix) -> NaiveDate {
        // Half of them close together, so that ends often touch.
        let close = days.firstIndex(of: "2004-02-25") ?? 1
        let range = Bool.random(using: &random) ? 1..<days.count - 1 : close..<close + 10
        let day = days[Int.random(in: range, using: &random)]
        let (year, month) = (day.prefix(4), day.prefix(7))
        switch Int.random(in: 0..<(plain ? 3 : 8), using: &random) {
        case 0: return date(day, beginning: [day])
        case 1: return date("\(month)", beginning: ["\(month)-"])
        case 2: return date("\(year)", beginning: ["\(year)-"])
        case 3: return date("\(month)-XX", beginning: ["\(month)-"])
        case 4:
            return date(["\(year)-XX", "\(year)-XX-XX"].randomElement(using: &random) ?? "", beginning: ["\(year)-"])
        case 5:
            // A decade that the days hold entirely.
            let decade = ["199", "200"].randomElement(using: &random) ?? ""
            return date("\(decade)X", beginning: [decade])
        case 6:
            let (season, months) =
                [("21", ["03", "04", "05"]), ("22", ["06", "07", "08"]), ("23", ["09", "10", "11"])]
                .randomElement(using: &random) ?? ("", [])
            return date("\(year)-\(season)", beginning: months.map { "\(year)-\($0)-" })
        default:
            // A winter whose end the days hold.
            let winter = Int.random(in: 1990...2010, using: &random)
            return date("\(winter)-24", beginning: ["\(winter)-12-", "\(winter + 1)-01-", "\(winter + 1)-02-"])
        }
    }

    private func date(_ text: String, beginning prefixes: [String]) -> NaiveDate {
        let matching = days.indices.filter { index in prefixes.contains { days[index].hasPrefix($0) } }
        let (first, last) = (matching.first ?? 0, matching.last ?? 0)
        return NaiveDate(text: text, onAndAfter: daySet(of: first..<days.count), upTo: daySet(of: 0..<last + 1))
    }
}

struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

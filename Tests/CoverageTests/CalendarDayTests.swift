// SPDX-License-Identifier: Apache-2.0

import Coverage
import Testing

@Suite struct CalendarDayTests {
    @Test(arguments: [
        ("1970-01-01", 1970, 1, 1, 0), ("1969-12-31", 1969, 12, 31, -1), ("2000-03-01", 2000, 3, 1, 11017),
        ("2023-06-18", 2023, 6, 18, 19526), ("1600-01-01", 1600, 1, 1, -135_140), ("0000-01-01", 0, 1, 1, -719_528),
        ("-0001-12-31", -1, 12, 31, -719_529), ("+10000-01-01", 10_000, 1, 1, 2_932_897),
    ])
    func anchors(text: String, year: Int, month: Int, day: Int, number: Int32) throws {
        let calendarDay = try #require(CalendarDay(year: year, month: month, day: day))
        #expect(calendarDay.number == number)
        #expect(calendarDay.description == text)
        #expect(CalendarDay(number: number).components == (year, month, day))
    }

    /// Counts day by day with a calendar of its own, through leap years, centuries and the change of sign.
    @Test(arguments: [(-405, 10), (1595, 2405)])
    func everyDay(firstYear: Int, lastYear: Int) throws {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var number = try #require(CalendarDay(year: firstYear, month: 1, day: 1)).number
        for year in firstYear...lastYear {
            let isLeap = year.isMultiple(of: 400) || (year.isMultiple(of: 4) && !year.isMultiple(of: 100))
            for month in 1...12 {
                let length = lengths[month - 1] + (month == 2 && isLeap ? 1 : 0)
                for day in 1...length {
                    let expected = (year, month, day)
                    guard CalendarDay(year: year, month: month, day: day)?.number == number,
                        CalendarDay(number: number).components == expected
                    else {
                        Issue.record("\(expected) is not day \(number)")
                        return
                    }
                    number += 1
                }
                #expect(CalendarDay(year: year, month: month, day: length + 1) == nil)
            }
        }
    }

    @Test func refusesWhatIsNoDay() {
        for (year, month, day) in [
            (2023, 0, 1), (2023, 13, 1), (2023, 6, 0), (2023, 6, -1), (5_000_001, 1, 1), (-5_000_001, 1, 1),
            (.max, 1, 1), (.min, 1, 1), (2023, .max, 1), (2023, 1, .max),
        ] {
            #expect(CalendarDay(year: year, month: month, day: day) == nil)
        }
    }

    @Test func everyNumberIsADay() {
        for number in [Int32.min, .min + 1, .max - 1, .max] {
            let (year, month, day) = CalendarDay(number: number).components
            #expect(1...12 ~= month && 1...31 ~= day && 5_800_000...5_900_000 ~= year.magnitude)
        }
    }

    @Test func textsSortAsDays() {
        // From 0000-01-01 to 9999-12-31.
        let texts = stride(from: Int32(-719_528), through: 2_932_896, by: 499).map {
            CalendarDay(number: $0).description
        }
        #expect(texts == texts.sorted())
    }
}

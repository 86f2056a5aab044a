// SPDX-License-Identifier: Apache-2.0

import Coverage
import Testing

@Suite struct EDTFTests {
    @Test(
        arguments: [
            ("2023-06-18", "2023-06-18", "2023-06-18", .day), ("2024-02-29", "2024-02-29", "2024-02-29", .day),
            ("2000-02-29", "2000-02-29", "2000-02-29", .day), ("0000-01-01", "0000-01-01", "0000-01-01", .day),
            ("2023-02", "2023-02-01", "2023-02-28", .month), ("2023", "2023-01-01", "2023-12-31", .year),
            ("0000", "0000-01-01", "0000-12-31", .year), ("-0044", "-0044-01-01", "-0044-12-31", .year),
            ("-0044-03-15", "-0044-03-15", "-0044-03-15", .day), ("-0004-02", "-0004-02-01", "-0004-02-29", .month),
            ("Y12345", "+12345-01-01", "+12345-12-31", .year), ("Y-12345", "-12345-01-01", "-12345-12-31", .year),
            ("Y5000000", "+5000000-01-01", "+5000000-12-31", .year),
            ("Y-5000000", "-5000000-01-01", "-5000000-12-31", .year),
            ("201X", "2010-01-01", "2019-12-31", .decade), ("20XX", "2000-01-01", "2099-12-31", .century),
            ("-001X", "-0019-01-01", "-0010-12-31", .decade), ("-01XX", "-0199-01-01", "-0100-12-31", .century),
            ("2004-XX", "2004-01-01", "2004-12-31", .year), ("1985-04-XX", "1985-04-01", "1985-04-30", .month),
            ("1985-XX-XX", "1985-01-01", "1985-12-31", .year), ("2023-21", "2023-03-01", "2023-05-31", .season),
            ("2023-22", "2023-06-01", "2023-08-31", .season), ("2023-23", "2023-09-01", "2023-11-30", .season),
            ("2023-24", "2023-12-01", "2024-02-29", .season), ("2024-24", "2024-12-01", "2025-02-28", .season),
            ("2023~", "2023-01-01", "2023-12-31", .year), ("2023-06?", "2023-06-01", "2023-06-30", .month),
            ("2023-06-18%", "2023-06-18", "2023-06-18", .day), ("201X?", "2010-01-01", "2019-12-31", .decade),
            ("2023-06-18/2023-06-19", "2023-06-18", "2023-06-19", .day),
            ("2023-06-18/2023-06-18", "2023-06-18", "2023-06-18", .day),
            ("2023-06-18/2023-06", "2023-06-18", "2023-06-30", .month),
            ("2018/2023-06-18", "2018-01-01", "2023-06-18", .year),
            ("2018~/2020-21?", "2018-01-01", "2020-05-31", .year),
            ("2004-06-XX/2004-07-03", "2004-06-01", "2004-07-03", .month), ("2018/..", "2018-01-01", nil, .year),
            ("../2018-06", nil, "2018-06-30", .month), ("2018-06-18/", "2018-06-18", nil, .unknown),
            ("/2018", nil, "2018-12-31", .unknown), ("19XX/201X", "1900-01-01", "2019-12-31", .century),
        ] as [(String, String?, String?, DatePrecision)])
    func boundsAndPrecision(text: String, earliest: String?, latest: String?, precision: DatePrecision) throws {
        let date = try EDTF(text)
        #expect(date.description == text)
        #expect(date.earliest?.description == earliest)
        #expect(date.latest?.description == latest)
        #expect(date.precision == precision)
        let days = EDTF.days(in: text.utf8Span.span)
        let isOfDays =
            [10, 21].contains(text.utf8.count)
            && ["\(earliest ?? "")", "\(earliest ?? "")/\(latest ?? "")"].contains(text)
        #expect((days != nil) == isOfDays)
        if let days {
            let bytes = Array(text.utf8)
            #expect(String(decoding: bytes[days.first], as: UTF8.self) == earliest)
            #expect(String(decoding: bytes[days.last], as: UTF8.self) == latest)
            #expect(precision == .day)
        }
        #expect(date.lowerBound == date.earliest?.number ?? .min)
        #expect(date.upperBound == date.latest?.number ?? .max)
    }

    @Test(arguments: [
        "", " ", "/", "../..", "../", "/..", "..", "...", "2018/...", "2018//2019", "2018/2019/2020", "2019/2018",
        "2023-06-19/2023-06-18", "2023-07/2023-06-30", "2020/201X", "Y12345/2023",
        "2023-00", "2023-13", "2023-20", "2023-25", "2023-99", "2023-06-00", "2023-06-31", "2023-02-29", "1900-02-29",
        "2023-21-01", "2023-XX-01", "2023-6", "2023-6-18", "2023-06-8", "2023-006", "23", "023", "12023", "20230618",
        "2023-06-18-01", "2023-", "2023-06-", "-", "--2023", "-0000", "-000X", "-00XX", "+2023", "XXXX", "2XXX", "X",
        "20X3", "2X23", "201x", "2023-xx", "2023-0X", "2023-06-1X", "201X-06", "201X-XX", "20XX-06-01", "1985-XX-04",
        "Y2023", "Y", "Y-", "Y012345", "Y12345-01", "Y1e7", "Y5000001", "Y-5000001", "Y99999999999999999999999999",
        "y12345", "-Y12345", "2023??", "2023?~", "?2023", "2023?-06", "2023~-06-18", "?", "~/2023", "2023-06-18T10:00",
        "2023-06-18T10:00:00Z", "T10:00", "18 June 2023", "2023 ", " 2023", "2023-06 -18", "２０２３", "2023–06",
        "2023/06/18",
        "2023-06-18\n", "2023\0", "[2023,2024]", "{2023}", "2023-06-18..2023-06-19", "unknown", "open", "１９85",
        "2023\u{301}",
    ])
    func refuses(text: String) throws {
        let error = try #require(throws: EDTFError.self) { try EDTF(text) }
        #expect(!error.message.isEmpty)
        // What the message gives as an example is accepted.
        _ = try EDTF(error.example)
    }

    @Test(arguments: [
        ("2019/2018", "the interval ends before it begins"), ("2023-06-31", "there is no day 31 in a month of 30 days"),
        ("2023-13", "there is no month and no season 13"), ("2023-06-18T10:00", "a date has no time of day"),
        ("../..", "an interval needs a date on one side at least"), ("201x", "an unspecified digit is a capital X"),
        ("20230618", "year, month and day have hyphens between them"),
        ("202306", "year, month and day have hyphens between them"),
        ("18.06.2023", "year, month and day have hyphens between them"),
        ("2018.", "year, month and day have hyphens between them"),
        ("2018..2020", "an unbounded side of an interval is '..'"), ("...", "an unbounded side of an interval is '..'"),
        ("{2023-06-18,2023-06-20}", "a date is one day, month, year or interval, and no set of them"),
        ("-202306", "a year of more than four digits begins with 'Y'"),
        ("12023", "a year of more than four digits begins with 'Y'"),
        ("-12023", "a year of more than four digits begins with 'Y'"),
        ("-0000", "the year 0 has no sign"), ("Y99999999999999999999", "the year is beyond 5000000"),
        ("Y9223372036854775807", "the year is beyond 5000000"), ("Y-9223372036854775808", "the year is beyond 5000000"),
        ("2023-00", "there is no month and no season 00"), ("2023-06-00", "there is no day 00 in a month of 30 days"),
        ("2023-13-01", "there is no month 13 that has days"),
    ])
    func saysWhy(text: String, message: String) throws {
        let error = try #require(throws: EDTFError.self) { try EDTF(text) }
        #expect(error.message == message)
    }

    @Test func tellsOpenFromUnknown() throws {
        let open = try EDTF("2018/..")
        #expect(open.isOpenEnd && !open.isUnknownEnd && !open.isOpenStart && !open.isUnknownStart && open.isCertain)
        let unknown = try EDTF("/2018")
        #expect(unknown.isUnknownStart && !unknown.isOpenStart && !unknown.isOpenEnd && !unknown.isCertain)
        #expect(try EDTF("../2018").isOpenStart)
        #expect(try EDTF("2018/").isUnknownEnd)
    }

    @Test func tellsQualifiedAndPlain() throws {
        for text in ["2023?", "2023-06~", "2018/2023-06-18%", "2018?/..", "../2018~"] {
            let date = try EDTF(text)
            #expect(date.isQualified && !date.isCertain && !date.isPlain, "\(text)")
        }
        for text in ["2023", "2023-06", "2023-06-18", "Y12345", "-0044"] { #expect(try EDTF(text).isPlain, "\(text)") }
        for text in ["201X", "2023-XX", "2023-21", "2023/2023", "2018/..", "2023-06-XX"] {
            #expect(try !EDTF(text).isPlain, "\(text)")
        }
    }

    /// Texts of the right letters in random order, among which some are dates.
    @Test func survivesAnything() throws {
        let seed = UInt64.random(in: 1 ... .max)
        print("EDTFTests.survivesAnything: seed \(seed)")
        var state = seed
        func next(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        let pieces = [
            "0", "1", "2", "9", "20", "2004", "1985", "-", "-06", "-02-30", "/", "..", "X", "Y", "?", "~", "%", "é",
        ]
        var accepted = 0
        for _ in 0..<20_000 {
            let text = (0...next(7)).map { _ in pieces[next(pieces.count)] }.joined()
            guard let date = try? EDTF(text) else { continue }
            accepted += 1
            #expect(date.lowerBound <= date.upperBound, "\(text)")
            #expect(date.description == text)
        }
        #expect(accepted > 100)
    }

    @Test(arguments: [
        "", "2023-06-31", "2023-02-29", "2023-13-01", "2023-00-10", "2023-06-1", "2023-06-180", "2023/06-18",
        "2023-06-1X", "a023-06-18", "2023-06 18", "-0044-03-1", "２3-06-18",
        "2023-06-18/", "2023-06-18/..", "2023-06-19/2023-06-18", "2023-06-18/2023-06-31", "2023-06-18-2023-06-19",
        "2023-06-18/2023-06-19/", "2023-06-18/2023-06-1X",
    ])
    func takesNothingElseForDays(text: String) {
        let days = EDTF.days(in: text.utf8Span.span)
        #expect(days == nil)
    }
}

// SPDX-License-Identifier: Apache-2.0

import Coverage
import Testing

/// All of it is told on Wednesday, 14 June 2023, unless a test says otherwise.
@Suite struct TimeReaderTests {
    private func times(_ text: String, published: String? = "2023-06-14") throws -> [TimeExpression] {
        TimeReader.times(in: ArticleText(text), published: try published.map { try EDTF($0) })
    }

    private func dates(_ text: String, published: String? = "2023-06-14") throws -> [String] {
        try times(text, published: published).map(\.date.edtf.description)
    }

    @Test(arguments: [
        ("They met on June 18, 2023.", "2023-06-18"), ("They met on 18 June 2023.", "2023-06-18"),
        ("They met on the 18th of June 2023.", "2023-06-18"), ("They met on Jun. 18, 2023.", "2023-06-18"),
        ("They met on Sunday, June 18, 2023.", "2023-06-18"), ("They met (2023-06-18).", "2023-06-18"),
        ("The talks ran from June 18-19, 2023.", "2023-06-18/2023-06-19"),
        ("The talks ran 18\u{2013}19 June 2023.", "2023-06-18/2023-06-19"),
        ("The talks ran from 30 June to 2 July 2023.", "2023-06-30/2023-07-02"),
        ("It was signed in June 2023.", "2023-06"), ("It was signed in February of 2021.", "2021-02"),
        ("It was signed in 2019.", "2019"), ("It began in the 1990s.", "199X"),
        ("In the summer of 2019 they met.", "2019-22"),
        ("He took office in early 2021.", "2021"),
    ])
    func readsWholeDates(text: String, date: String) throws {
        let times = try times(text)
        #expect(times.map(\.date.edtf.description) == [date])
        #expect(times.allSatisfy { $0.date.basis == .stated && $0.date.note == nil && $0.use == .at })
        // They need no publication.
        #expect(try dates(text, published: nil) == [date])
    }

    @Test(arguments: [
        ("They will meet on June 18.", "2023-06-18"), ("They met on 3 February.", "2023-02-03"),
        ("The talks are set for 18-19 June.", "2023-06-18/2023-06-19"),
        ("They met on December 20.", "2022-12-20"), ("They will meet on January 5.", "2024-01-05"),
        ("They met last month.", "2023-05"), ("They will meet next month.", "2023-07"),
        ("They met last week.", "2023-06-05/2023-06-11"), ("They will meet next week.", "2023-06-19/2023-06-25"),
        ("He confirmed his visit this week.", "2023-06-12/2023-06-18"),
        ("He spoke earlier this week.", "2023-06-12/2023-06-13"), ("It ends later this week.", "2023-06-14/2023-06-18"),
        ("He spoke earlier this month.", "2023-06-01/2023-06-13"), ("It fell earlier this year.", "2023-01/2023-06"),
        ("It rose last year.", "2022"), ("They met in February last year.", "2022-02"),
        ("They met last February.", "2023-02"), ("They met yesterday.", "2023-06-13"),
        ("They will meet tomorrow.", "2023-06-15"), ("They met two days ago.", "2023-06-12"),
        ("They met three weeks ago.", "2023-05-24~"), ("They met two months ago.", "2023-04~"),
        ("They met five years ago.", "2018~"), ("They will meet in two days.", "2023-06-16"),
        ("It was late May when they met.", "2023-05"), ("It came at the end of the year.", "2023-12~"),
        ("They met last weekend.", "2023-06-10/2023-06-11"), ("They met last summer.", "2022-22"),
        ("A duty was set in the spring of last year.", "2022-21"), ("On Monday she sits down with him.", "2023-06-19"),
        ("He has kept Friday free for her.", "2023-06-16"), ("He kept Friday free for her.", "2023-06-09"),
    ])
    func reckonsFromPublication(text: String, date: String) throws {
        let times = try times(text)
        #expect(times.map(\.date.edtf.description) == [date])
        #expect(times.allSatisfy { $0.date.basis == .inferred && $0.date.note?.contains("2023-06-14") == true })
    }

    /// Verbs and their helpers tell which Sunday; the day itself counts either way.
    @Test(arguments: [
        ("She will visit Lima on Sunday.", "2023-06-18"), ("She is set to visit Lima on Sunday.", "2023-06-18"),
        ("She visited Lima on Sunday.", "2023-06-11"), ("On Sunday, she is due to visit Lima.", "2023-06-18"),
        ("On Sunday, she visited Lima.", "2023-06-11"), ("She is travelling to Lima on Sunday.", "2023-06-18"),
        ("She said on Monday that they will meet.", "2023-06-12"),
        ("They will meet on Monday, she said.", "2023-06-19"),
        ("She was to visit Lima on Sunday.", "2023-06-11"), ("She came on Wednesday.", "2023-06-14"),
        ("She comes on Wednesday.", "2023-06-14"), ("It was last Wednesday.", "2023-06-07"),
        ("It is next Wednesday.", "2023-06-21"), ("It was Monday morning in Lima.", "2023-06-12"),
    ])
    func tellsWhichDay(text: String, date: String) throws { #expect(try dates(text) == [date]) }

    @Test(arguments: [
        ("The trip was originally scheduled for February but postponed.", "2023-02"),
        ("They met in November.", "2022-11"), ("They are expected to meet in September.", "2023-09"),
        ("The leader has been invited to travel to Lima in November.", "2023-11"),
        ("Both will attend the upcoming summit in September.", "2023-09"),
        ("In February, she put off her trip.", "2023-02"),
        ("They met to discuss trade in March.", "2023-03"), ("She hopes to come in May.", "2024-05"),
    ])
    func tellsWhichMonth(text: String, date: String) throws { #expect(try dates(text) == [date]) }

    /// Without a verb to go by the nearest day is taken, and trusted less.
    @Test func takesTheNearestWithLessTrust() throws {
        let coming = try #require(try times("Talks in Lima, Friday").first)
        let past = try #require(try times("Talks in Lima, Monday").first)
        let told = try #require(try times("They will meet on Friday.").first)
        #expect(coming.date.edtf.description == "2023-06-16")
        #expect(past.date.edtf.description == "2023-06-12")
        #expect(coming.confidence < told.confidence)
        #expect(coming.date.note == "'Friday', published on 2023-06-14, the nearest one; no verb tells which.")
    }

    @Test func tellsSinceAndUntil() throws {
        let since = try #require(try times("He is the most senior visitor since 2019.").first)
        #expect((since.use, since.date.edtf.description) == (.since, "2019/.."))
        let until = try #require(try times("The truce holds until Friday.").first)
        #expect(until.use == .until)
        #expect(until.date.edtf.description == "../2023-06-16")
        let window = try #require(try times("It is the first visit in nearly five years.").first)
        #expect((window.use, window.date.edtf.description) == (.window, "2018~/2023"))
    }

    /// Words that go back to another time of the article.
    @Test func reckonsFromTheTimeBefore() throws {
        #expect(
            try dates("They met on June 6, 2023. Two days earlier the envoy left. She returned the same week.")
                == ["2023-06-06", "2023-06-04", "2023-05-29/2023-06-04"])
        #expect(
            try dates("They met on June 6, 2023. The envoy had come the day before, and left the next day.")
                == ["2023-06-06", "2023-06-05", "2023-06-06"])
        #expect(try dates("The day before the talks the envoy left.").isEmpty)
        #expect(try dates("Two days earlier the envoy left.").isEmpty)
    }

    @Test(arguments: [
        "They spoke recently.", "They spoke for two hours.", "They hope to meet in the coming months.",
        "It may rain.", "They march on.", "The fall of the wall.", "Some 2000 troops came.", "It cost $2019.",
        "A 2,019 page report.", "It has been at work for years.", "Sun and moon.", "She may come.", "",
    ])
    func leavesOutWhatHasNoDate(text: String) throws { #expect(try times(text).isEmpty) }

    /// What is known of the publication bounds what can be told.
    @Test func needsThePublicationForRelativeWords() throws {
        #expect(try dates("They met on Sunday.", published: nil).isEmpty)
        #expect(try dates("They met on Sunday and in May.", published: "2023-06") == ["2023-05"])
        #expect(try dates("They met last month and last year.", published: "2023") == ["2022"])
        #expect(try dates("They met yesterday.", published: "2023-06-14~") == ["2023-06-13~"])
        #expect(try dates("They met last month.", published: "2023-06-14~") == ["2023-05"])
    }

    @Test func countsScalars() throws {
        let time = try #require(try times("\u{1F469}\u{200D}\u{1F680} Zürich, last\u{A0}month").first)
        #expect(time.span == TextSpan(paragraph: 1, start: 12, end: 22))
    }

    /// Whatever comes, times lie within their paragraph, in order, and come out the same twice.
    @Test func standsAnyText() throws {
        let parts =
            [
                "June", "18", "19", "to", "last", "month", "2023", "May", "in", "five", "years", "ago", "the", "same",
                "week", "day", "early", "end", "of", "0000", "9999", "1990s", "Sunday", "next", "since", "until",
            ] + RandomParts.oddities
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = RandomParts(seed: seed)
        for _ in 0..<150 {
            let text = random.text(of: parts, count: 40)
            let found = try times(text)
            #expect(try times(text) == found, "seed \(seed)")
            let paragraphs = Paragraphs(of: text)
            for time in found {
                let length = paragraphs[number: time.span.paragraph]?.unicodeScalars.count ?? 0
                #expect(
                    0 <= time.span.start && time.span.start < time.span.end && time.span.end <= length, "seed \(seed)")
            }
        }
    }
}

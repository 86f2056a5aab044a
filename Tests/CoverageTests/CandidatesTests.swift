// SPDX-License-Identifier: Apache-2.0

import Coverage
import Testing

@Suite struct CandidatesTests {
    private func candidates(_ texts: String..., events: [Event] = []) throws -> Candidates {
        let articles = try texts.enumerated().map { try SpeechSetting.article("article-\($0)", $1) }
        return Candidates(articles, KnownRecords(SpeechSetting.records, events: events))
    }

    /// Title, status and date of each event.
    private func events(_ text: String) throws -> [String] {
        try candidates(text).events.map {
            "\($0.title), \($0.status?.rawValue ?? "-"), \($0.date?.edtf.description ?? "-")"
        }
    }

    /// All told on Wednesday, 14 May 2031.
    @Test(arguments: [
        ("Ada Morn will visit Belmark on Sunday.", "Visit of Ada Morn to Belmark, scheduled, 2031-05-18"),
        (
            "Ada Morn is expected to meet Bo Lind in Port Sel on Friday.",
            "Meeting of Ada Morn and Bo Lind in Port Sel, expected, 2031-05-16"
        ),
        (
            "Ada Morn met Bo Lind in Port Sel last month.",
            "Meeting of Ada Morn and Bo Lind in Port Sel, occurred, 2031-04"
        ),
        ("It is unclear whether Morn will meet Lind.", "Meeting of Ada Morn and Bo Lind, possible, 2031-05-14/"),
        ("Morn phoned Lind.", "Call of Ada Morn and Bo Lind, occurred, /2031-05-14"),
        (
            "Ada Morn arrived in Port Sel on Tuesday. She will meet Lind.",
            "Visit of Ada Morn to Port Sel, occurred, 2031-05-13; Meeting of Ada Morn and Bo Lind, scheduled, 2031-05-14/"
        ),
        ("A phone call between Morn and Lind was held on May 3.", "Call of Ada Morn and Bo Lind, occurred, 2031-05-03"),
        (
            "The Northern Forum summit will be held in Port Sel in September.",
            "Northern Forum summit in Port Sel, scheduled, 2031-09"
        ),
        (
            "Morn begins a two-day visit to Belmark on Sunday.",
            "Visit of Ada Morn to Belmark, scheduled, 2031-05-18/2031-05-19"
        ),
    ])
    func proposesWhatIsTold(text: String, expected: String) throws {
        #expect(try events(text).joined(separator: "; ") == expected)
    }

    /// Without a time of its own, whom the visitor meets there is met during the visit.
    @Test func placesMeetingsWithinTheVisit() throws {
        #expect(
            try events(
                "Ada Morn begins a two-day visit to Belmark on Sunday. It is unclear whether she will meet Lind.")
                == [
                    "Visit of Ada Morn to Belmark, scheduled, 2031-05-18/2031-05-19",
                    "Meeting of Ada Morn and Bo Lind, possible, 2031-05-18/2031-05-19",
                ])
    }

    /// 'Both leaders' are those who were named last; both countries are nobody.
    @Test func tellsWhoBothAre() throws {
        #expect(
            try events("Morn called Lind an old friend. The two leaders will meet in Port Sel in September.")
                == ["Meeting of Ada Morn and Bo Lind in Port Sel, scheduled, 2031-09"])
        #expect(try events("Morn spoke of Lind. The two countries will meet in Port Sel in September.").isEmpty)
    }

    @Test func partsWhatWasPutOffFromWhatComes() throws {
        let found = try events(
            "Ada Morn will visit Belmark on Sunday.\nMorn's trip to Belmark was originally scheduled for February but postponed."
        )
        #expect(
            Set(found) == [
                "Visit of Ada Morn to Belmark, scheduled, 2031-05-18",
                "Visit of Ada Morn to Belmark, postponed, 2031-02",
                "Postponement of the visit of Ada Morn to Belmark, occurred, 2031-02",
            ])
    }

    /// A time goes with the event beside it.
    @Test func givesEachEventItsTime() throws {
        #expect(
            Set(
                try events(
                    "Ada Morn is set to visit Belmark this week on a trip that was first postponed in February over a quarrel."
                ))
                == [
                    "Visit of Ada Morn to Belmark, scheduled, 2031-05-12/2031-05-18",
                    "Visit of Ada Morn to Belmark, postponed, 2031-02",
                    "Postponement of the visit of Ada Morn to Belmark, occurred, 2031-02",
                ])
        #expect(
            try events(
                "At a press conference on Friday in the capital of her country Morn told of her trip to Belmark.")
                == ["Remarks of Ada Morn to the press, occurred, 2031-05-09", "Visit of Ada Morn to Belmark, -, -"])
        #expect(
            try events("The first minister to visit Belmark since Morn took office in 2029 is Bo Lind.").isEmpty)
    }

    @Test func looksAheadForWhoseVisitItIs() throws {
        let found = try candidates("Lind spoke first.\nDuring her visit to Belmark, Ada Morn will see the bay.").events
        #expect(found.map(\.title) == ["Visit of Ada Morn to Belmark"])
    }

    /// A meeting that is over is not the one that is hoped for.
    @Test func partsWhatWasFromWhatIsHopedFor() throws {
        #expect(
            Set(try events("Morn met Lind in Port Sel in November.\nMorn hopes to meet Lind again."))
                == [
                    "Meeting of Ada Morn and Bo Lind in Port Sel, occurred, 2030-11",
                    "Meeting of Ada Morn and Bo Lind, possible, 2031-05-14/",
                ])
    }

    @Test(arguments: [
        "The visit was a success.", "Officials held talks.", "Ada Morn travelled to Arvenia.", "Morn spoke of Lind.",
        "The summit matters.",
    ])
    func passesOverWhatHasNoParties(text: String) throws { #expect(try candidates(text).events.isEmpty) }

    @Test func mergesArticles() throws {
        let all = try candidates(
            "Ada Morn will visit Belmark on Sunday.", "Morn embarked on a two-day trip to Belmark.")
        let visit = try #require(all.events.first)
        #expect(all.events.count == 1)
        #expect(visit.date?.edtf.description == "2031-05-18/2031-05-19")
        #expect(visit.date?.basis == .inferred)
        #expect(visit.status == .ongoing)
        #expect(visit.citations.map(\.article.id) == ["article-0", "article-1"])
        #expect(visit.participants.map(\.role) == [.visitor])
        #expect(Set(visit.organizations.map(\.id)) == ["arvenia", "belmark"])
    }

    @Test func citesSingleWordsOfTheParagraph() throws {
        let text = "The day was calm.\nAda Morn met Bo Lind in Port Sel last month."
        let citation = try #require(try candidates(text).events.first?.citations.first)
        #expect(citation.paragraph == 2)
        let paragraph = try #require(Paragraphs(of: text)[number: 2])
        #expect(!citation.anchors.isEmpty)
        #expect(citation.anchors.allSatisfy { containsWord($0, in: paragraph) && !$0.contains(" ") })
    }

    @Test func bringsEvidenceToAKnownEvent() throws {
        let known = Event(
            id: "morn-visit", title: "Morn's visit to Belmark", summary: "", kind: .visit, status: .scheduled,
            date: DateStatement(edtf: try EDTF("2031-05"), basis: .stated, note: nil),
            place: Reference(.place, "belmark"),
            partOf: nil, participants: [.init(person: Reference(.person, "ada-morn"), role: .visitor)],
            organizations: [],
            issues: [], evidence: [])
        let found = try candidates("Ada Morn will visit Belmark on Sunday.", events: [known]).events
        #expect(found.map(\.existing?.id) == ["morn-visit"])
        let other = try candidates("Bo Lind will visit Arvenia on Sunday.", events: [known]).events
        #expect(other.map(\.existing) == [nil])
    }

    @Test func proposesStatementsInOurOwnForm() throws {
        let text = "“We will never trade away fishing rights in the northern bay,” Morn said."
        let statement = try #require(try candidates(text).statements.first)
        #expect(statement.gist == "Ada Morn on Fishing rights")
        #expect(statement.issues.map(\.id) == ["fishing-rights"])
        let bare = try #require(
            try candidates("“We will come back here again every single year,” Morn said.").statements.first)
        #expect(bare.gist == "Ada Morn: \"We will come back here again every …\"")
    }

    @Test func proposesWhereArticlesDiffer() throws {
        let all = try candidates(
            "“We will never trade the fishing grounds for promises,” Morn said. It is her first visit in five years.",
            "“We will never trade the hunting grounds for promises,” Morn said. Nobody so senior came since 2029.")
        let wording = try #require(all.discrepancies.first { $0.kind == .wording })
        #expect(wording.accounts.map(\.claim) == ["\"fishing\"", "\"hunting\""])
        let reach = try #require(all.discrepancies.first { $0.kind == .number })
        #expect(reach.accounts.map(\.claim) == ["Counted over the years from about 2026.", "Counted since 2029."])
        let hedged = try candidates(
            "Morn is set to meet Lind in Port Sel on Friday.", "It is unclear whether Morn will meet Lind in Port Sel.")
        #expect(hedged.discrepancies.map(\.kind) == [.hedging])
        #expect(hedged.discrepancies.first?.accounts.map(\.claim) == ["It is possible.", "It is scheduled."])
    }

    @Test func standsAnyText() throws {
        let parts =
            [
                "Ada Morn", "Lind", "Belmark", "Port Sel", "visit", "meeting", "with", "met", "between", "and",
                "postponed", "trip", "to",
                "call", "phone", "Sunday", "his", "summit", "Northern Forum", "two", "days", "if", "will", "said",
                "that", "since 2019",
                "first",
            ] + RandomParts.oddities
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = RandomParts(seed: seed)
        for _ in 0..<80 {
            let texts = [random.text(of: parts, count: 60), random.text(of: parts, count: 60)]
            let articles = try texts.enumerated().map { try SpeechSetting.article("article-\($0)", $1) }
            let records = KnownRecords(SpeechSetting.records)
            let (first, second) = (Candidates(articles, records), Candidates(articles.reversed(), records))
            #expect(first.events == second.events, "seed \(seed)")
            #expect(first.statements == second.statements, "seed \(seed)")
            #expect(first.discrepancies == second.discrepancies, "seed \(seed)")
            for event in first.events {
                #expect((0...1).contains(event.confidence), "seed \(seed)")
                #expect(
                    event.citations.allSatisfy {
                        Paragraphs(of: texts[Int($0.article.id.suffix(1)) ?? 0])[number: $0.paragraph] != nil
                    })
            }
        }
    }
}

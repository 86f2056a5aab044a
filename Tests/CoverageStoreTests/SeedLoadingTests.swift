// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import TestSupport
import Testing

@Suite struct SeedLoadingTests {
    @Test func createsEachRecordOnce() throws {
        let coverage = try TestCoverage(nil)
        #expect(try coverage.database.isEmpty())
        let report = try coverage.database.load(EnvoyVisit.seeds())
        #expect(report.counts.map { "\($0.name).json" } == SeedFiles.names)
        #expect(report.counts.map(\.counts.created) == [3, 6, 7, 5, 5, 13, 6, 4, 2])
        #expect(report.changes == 51)
        // Overlaps are measured, not told: they are no facts that change.
        #expect(try coverage.changeNumber == 49)
        #expect(try !coverage.database.isEmpty())
    }

    @Test func changesNothingTheSecondTime() throws {
        let coverage = try TestCoverage()
        let before = try coverage.changeNumber
        let version = coverage.database.version
        let report = try coverage.database.load(EnvoyVisit.seeds())
        #expect(report.counts.map(\.counts.unchanged) == [3, 6, 7, 5, 5, 13, 6, 4, 2])
        #expect(report.changes == 0)
        #expect(try coverage.changeNumber == before)
        #expect(coverage.database.version == version)
    }

    @Test func givesAChangedRecordARevision() throws {
        let coverage = try TestCoverage()
        let before = try coverage.changeNumber
        let report = try coverage.database.load(
            EnvoyVisit.seeds(in: "events.json", replacing: "Fish for three.", with: "Fish, late."))
        let counts = try #require(report.counts.first { $0.name == "events" }?.counts)
        #expect((counts.created, counts.updated, counts.unchanged) == (0, 1, 12))
        #expect(report.changes == 1)
        #expect(try coverage.changeNumber == before + 1)
        let dinner = try #require(try coverage.record("karst-dinner", of: Event.self))
        #expect(dinner.revision == 2)
        #expect(dinner.value.summary == "Fish, late.")
        #expect(try coverage.record("karst-meeting", of: Event.self)?.revision == 1)
    }

    /// Every part of a record counts as a change, and replaces what was there.
    @Test(arguments: [
        ("people.json", #""Minister Brandt""#, #""Brandt", "The Minister""#),
        ("people.json", #""title": "Host""#, #""title": "Landlord""#),
        ("organizations.json", #""MOT""#, ""),
        ("places.json", #""latitude": 12.5"#, #""latitude": 12.75"#),
        ("issues.json", "It keeps the duty.", "It keeps the duty for now."),
        ("events.json", #""role": "invitee""#, #""role": "visitor""#),
        ("events.json", #""anchors": ["dinner"]"#, #""anchors": ["dinner", "fish"]"#),
        ("events.json", #""edtf": "2031-11~""#, #""edtf": "2031-11?""#),
        ("articles.json", #""confidence": 0.5"#, #""confidence": 0.75"#),
        ("statements.json", #""speakerAs": "an aide""#, #""speakerAs": "a minister""#),
        ("statements.json", #""form": "direct""#, #""form": "indirect""#),
        ("statements.json", #"[{"id": "salt-tariff"}, {"id": "teal-island-dispute"}]"#, #"[{"id": "salt-tariff"}]"#),
        ("statements.json", "2031-04-12~", "2031-04-12"),
        ("discrepancies.json", "They met on Sunday.", "They did meet."),
        ("discrepancies.json", #""type": "place", "id": "arvenia""#, #""type": "organization", "id": "arvenia""#),
        ("discrepancies.json", #""anchors": ["patrols"]"#, #""anchors": ["patrols", "March"]"#),
        ("overlaps.json", #""copiedA": 0.129"#, #""copiedA": 0.13"#),
        ("overlaps.json", #""words": 13"#, #""words": 12"#),
    ])
    func noticesEveryKindOfChange(file: String, old: String, new: String) throws {
        let coverage = try TestCoverage()
        let changed = try EnvoyVisit.seeds(in: file, replacing: old, with: new)
        #expect(try coverage.database.load(changed).changes == 1)
        #expect(try coverage.database.load(changed).changes == 0)
        #expect(try coverage.database.load(EnvoyVisit.seeds()).changes == 1)
    }

    /// Variants name each other: both records change.
    @Test func noticesVariantsThatPart() throws {
        let coverage = try TestCoverage()
        let changed = try EnvoyVisit.seeds(
            in: "statements.json",
            replacing: [(#"[{"id": "freighter-told"}]"#, "[]"), (#"[{"id": "freighter-quoted"}]"#, "[]")])
        #expect(try coverage.database.load(changed).changes == 2)
        #expect(try coverage.database.load(changed).changes == 0)
        #expect(try coverage.database.load(EnvoyVisit.seeds()).changes == 2)
    }

    /// What comes out of the database is what was read from the seeds.
    @Test func keepsWhatTheSeedsSay() throws {
        let coverage = try TestCoverage()
        let seeds = try SeedRecords(EnvoyVisit.seeds())
        func expectSame<Record: StoredFact>(_ records: [Record]) throws {
            for record in records { #expect(try coverage.record(record.id, of: Record.self)?.value == record) }
        }
        try expectSame(seeds.articles)
        try expectSame(seeds.organizations)
        try expectSame(seeds.places)
        try expectSame(seeds.people)
        try expectSame(seeds.issues)
        try expectSame(seeds.events)
        try expectSame(seeds.statements)
        try expectSame(seeds.discrepancies)
        #expect(
            try coverage.database.read { try $0.overlaps() } == seeds.overlaps.sorted { ($0.a, $0.b) < ($1.a, $1.b) })
        #expect(try coverage.record("nobody", of: Person.self) == nil)
    }

    @Test func namesWhatIsReferredTo() throws {
        let coverage = try TestCoverage()
        let meeting = try #require(try coverage.record("karst-meeting", of: Event.self)).value
        #expect(meeting.place?.name == "Harbour House")
        #expect(meeting.partOf?.name == "Visit of the envoy")
        #expect(meeting.participants.map(\.person.name) == ["Oskar Brandt", "Mira Talvane"])
        #expect(meeting.issues.map(\.name) == ["Salt tariff", "Teal Island"])
        #expect(meeting.evidence.first?.article.name == "Arvenian envoy lands in Belmora for salt talks")
        let island = try #require(try coverage.record("teal-island", of: Place.self)).value
        #expect(island.evidence.last?.article.name == "Notes From Teal Island (no headline)")
        let quoted = try #require(try coverage.record("freighter-quoted", of: Coverage.Statement.self)).value
        #expect(quoted.speaker?.name == "Tobias Quill" && quoted.event?.name == "Freighter stopped")
        #expect(quoted.variants.map(\.name) == ["A freighter was stopped in February"])
        let reach = try #require(try coverage.record("reach-of-arvenia", of: Discrepancy.self)).value
        #expect(reach.subject == Reference(.place, "arvenia") && reach.subject.name == "Arvenia")
    }

    /// Coverage of people and issues counts what their offices and positions cite, too.
    @Test func countsArticlesAndSources() throws {
        let coverage = try TestCoverage()
        func count(_ id: String) throws -> CoverageCount? { try coverage.record(id, of: Event.self)?.coverage }
        // Both of one wire service.
        #expect(try count("karst-meeting") == CoverageCount(articles: 2, independent: 1))
        #expect(try count("envoy-call") == CoverageCount(articles: 1, independent: 1))
        // The third may be, which is not enough.
        #expect(try count("quill-held") == CoverageCount(articles: 2, independent: 2))
        let salt = try #require(try coverage.record("salt-tariff", of: Issue.self))
        #expect(salt.coverage == CoverageCount(articles: 2, independent: 1))
        let island = try #require(try coverage.record("teal-island-dispute", of: Issue.self))
        #expect(island.coverage == CoverageCount(articles: 2, independent: 2))
    }

    @Test func countsWhatSurroundsARecord() throws {
        let coverage = try TestCoverage()
        let trade = try #require(try coverage.record("trade", of: Issue.self)).derived
        #expect(trade.narrower.map(\.id) == ["tariffs"])
        // With what is narrower: the visit, the call, the talks, the duty.
        #expect((trade.events, trade.people, trade.statements, trade.articles) == (4, 2, 2, 1))
        let brandt = try #require(try coverage.record("oskar-brandt", of: Person.self)).derived
        #expect((brandt.events, brandt.issues, brandt.statements, brandt.articles) == (5, 3, 1, 2))
    }

    @Test func givesAnOverview() throws {
        let coverage = try TestCoverage()
        let overview = try coverage.database.read { try $0.overview() }
        #expect(
            overview.counts == [
                .event: 13, .person: 5, .issue: 5, .statement: 6, .organization: 6, .place: 7, .discrepancy: 4,
                .article: 3,
            ])
        #expect(overview.officials == 2)
        #expect(overview.from?.description == "1990-01-01")
        #expect(overview.to?.description == "2031-11-30")
        let nothing = try TestCoverage(nil)
        let empty = try nothing.database.read { try $0.overview() }
        #expect(empty.from == nil && empty.to == nil && empty.dataVersion == 0)
    }
}

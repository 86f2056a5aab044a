// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import TestSupport
import Testing

@Suite struct FaultySeedsTests {
    /// One passage of the seeds made wrong, and what is said about it.
    struct Spoiled: Sendable, CustomTestStringConvertible {
        let file: String
        let old: String
        let new: String
        let pointer: String
        let message: String

        init(_ file: String, _ old: String, _ new: String, _ pointer: String, _ message: String) {
            self.file = file
            self.old = old
            self.new = new
            self.pointer = pointer
            self.message = message
        }

        var testDescription: String { "\(file): \(message)" }
    }

    static let form: [Spoiled] = [
        Spoiled(
            "events.json", #""title": "Dinner in Karst""#, #""title": "Dinner", "titel": "Dinner""#, "/2/titel",
            "unknown member; did you mean 'title'?"),
        Spoiled(
            "events.json", #""title": "Dinner in Karst""#, #""xyzzy": 1, "title": "x""#, "/2/xyzzy",
            "unknown member"),
        Spoiled(
            "events.json", #""title": "Dinner in Karst""#, #""title": 7"#, "/2/title",
            "must be a string, not an integer"),
        Spoiled("events.json", #""title": "Dinner in Karst","#, "", "/2/title", "is missing"),
        Spoiled("events.json", #""title": "Dinner in Karst""#, #""title": null"#, "/2/title", "must not be null"),
        Spoiled(
            "events.json", #""title": "Dinner in Karst""#, #""title": "Dinner ""#, "/2/title",
            "must not be empty or begin or end with white space"),
        Spoiled(
            "events.json", #""title": "Dinner in Karst""#, #""title": "Din\u0007ner""#, "/2/title",
            "must not hold control characters"),
        Spoiled(
            "events.json", #""title": "Dinner in Karst""#, #""title": "\#(String(repeating: "é", count: 2001))""#,
            "/2/title", "must not be longer than 4,000 bytes"),
        Spoiled(
            "events.json", #""id": "karst-dinner""#, #""id": "Karst Dinner""#, "/2/id",
            "must be a slug: lower-case letters, digits and single hyphens, at most 100 characters"),
        Spoiled(
            "events.json", #""id": "karst-dinner""#, #""id": "karst-meeting""#, "/2/id",
            "'karst-meeting' stands here twice"),
        Spoiled(
            "events.json", #""kind": "call""#, #""kind": "cal""#, "/3/kind",
            "'cal' is no eventKind; did you mean 'call'?"),
        Spoiled(
            "people.json", #""category": "detained""#, #""category": "prisoner of war""#, "/3/category",
            "'prisoner of war' is no personCategory; use official, private, detained"),
        Spoiled(
            "events.json", #""role": "invitee""#, #""role": "guest""#, "/8/participants/0/role",
            "'guest' is no participantRole; use visitor, host, caller, callee, participant, speaker, decider, "
                + "signatory, subject, invitee"),
        Spoiled(
            "events.json", "2031-04-02", "2031-13", "/3/date/edtf",
            "there is no month and no season 13; an example of the right form is 2023-06"),
        Spoiled(
            "events.json", #""note": "The ministry's diary has the day.""#, #""note": null"#, "/3/date/note",
            "must say how a date of basis 'background' is known"),
        Spoiled(
            "events.json", #""2028/..", "basis": "stated""#, #""2028/..", "basis": "state""#, "/4/date/basis",
            "'state' is no dateBasis; did you mean 'stated'?"),
        Spoiled(
            "events.json", #"[{"id": "quill-freight"}]"#, #"{"id": "quill-freight"}"#, "/5/organizations",
            "must be an array, not an object"),
        Spoiled(
            "events.json", #"[{"id": "quill-freight"}]"#,
            #"[{"id": "quill-freight"}, {"id": "quill-freight"}]"#, "/5/organizations/1",
            "'quill-freight' stands here twice"),
        Spoiled(
            "events.json", #"[{"id": "quill-freight"}]"#, #"["quill-freight"]"#, "/5/organizations/0",
            "must be an object, not a string"),
        Spoiled(
            "events.json", #"[{"id": "quill-freight"}]"#, #"[{"id": "quill-freight", "type": "event"}]"#,
            "/5/organizations/0/type",
            "must be 'organization' here"),
        Spoiled(
            "places.json", #""latitude": 12.5"#, #""latitude": 90.5"#, "/3/latitude",
            "must be a number from -90.0 to 90.0"),
        Spoiled(
            "places.json", #""latitude": 12.5, "#, "", "/3", "latitude and longitude go together: give both or neither"),
        Spoiled(
            "articles.json", #""words": 101"#, #""words": 1.5"#, "/0/words", "must be a whole number from 0 to 10000000"
        ),
        Spoiled("articles.json", "415bea8a", "415BEA8A", "/0/sha256", "must be 64 lower-case hexadecimal digits"),
        Spoiled("articles.json", "fce25e92", "", "/0/digests/2", "must be 64 lower-case hexadecimal digits"),
        Spoiled(
            "articles.json", #""confidence": 0.5"#, #""confidence": 1.5"#, "/2/lineage/confidence",
            "must be a number from 0.0 to 1.0"),
    ]

    static let evidence: [Spoiled] = [
        Spoiled(
            "events.json", #"[{"article": {"id": "talks-in-karst"}, "paragraph": 6, "anchors": ["asked"]}]"#,
            "[]",
            "/8/evidence", "must cite at least one paragraph"),
        Spoiled(
            "events.json",
            #",\#n    "evidence": [{"article": {"id": "talks-in-karst"}, "paragraph": 6, "anchors": ["asked"]}]"#,
            "", "/8/evidence", "is missing"),
        Spoiled(
            "people.json",
            #"[{"article": {"id": "talks-in-karst"}, "paragraph": 2, "anchors": ["received"]}]"#, "[]",
            "/1/offices/1/evidence", "must cite at least one paragraph"),
        Spoiled(
            "events.json", #""paragraph": 3, "anchors": ["first""#, #""paragraph": 2, "anchors": ["first""#,
            "/1/evidence/2", "cites the same paragraph twice"),
        Spoiled(
            "events.json", #"["asked"]"#, "[]", "/8/evidence/0/anchors",
            "must be one to three single words of the paragraph"),
        Spoiled(
            "events.json", #"["asked"]"#, #"["Brandt", "was", "asked", "to"]"#, "/8/evidence/0/anchors",
            "must be one to three single words of the paragraph"),
        Spoiled(
            "events.json", #"["asked"]"#, #"["was asked"]"#, "/8/evidence/0/anchors",
            "must be one to three single words of the paragraph"),
        Spoiled(
            "events.json", #"["asked"]"#, #"[""]"#, "/8/evidence/0/anchors/0", "must be a string that is not empty"),
        Spoiled(
            "events.json", #""paragraph": 4, "anchors": ["telephone"]"#,
            #""paragraph": 0, "anchors": ["telephone"]"#,
            "/3/evidence/0/paragraph", "must be a whole number from 1 to 100000"),
        Spoiled(
            "people.json", #"["Mira", "Talvane"]"#, #"["Mira"], "status": "occurred""#, "/0/evidence/0/status",
            "unknown member"),
    ]

    static let references: [Spoiled] = [
        Spoiled(
            "events.json", #""place": {"id": "karst"}"#, #""place": {"id": "karts"}"#, "/2/place",
            "there is no place 'karts'; did you mean 'karst'?"),
        Spoiled(
            "events.json", #"[{"id": "quill-freight"}]"#, #"[{"id": "wholly-unknown"}]"#, "/5/organizations/0",
            "there is no organization 'wholly-unknown'"),
        Spoiled(
            "people.json", #""organization": {"id": "arvenian-trade-ministry"}"#,
            #""organization": {"id": "amber"}"#,
            "/0/offices/0/organization", "there is no organization 'amber'"),
        Spoiled(
            "events.json", #"{"id": "talks-in-karst"}, "paragraph": 6"#, #"{"id": "talks"}, "paragraph": 6"#,
            "/8/evidence/0/article", "there is no article 'talks'"),
        Spoiled(
            "events.json", #"{"id": "talks-in-karst"}, "paragraph": 6"#,
            #"{"id": "talks-in-karst"}, "paragraph": 7"#,
            "/8/evidence/0/paragraph", "'talks-in-karst' has 6 paragraphs, not 7"),
        Spoiled(
            "issues.json", #""paragraph": 5, "anchors": ["since""#, #""paragraph": 8, "anchors": ["since""#,
            "/2/positions/0/evidence/0/paragraph", "'envoy-lands' has 7 paragraphs, not 8"),
        Spoiled(
            "events.json", #""partOf": {"id": "freighter-stopped"}"#, #""partOf": {"id": "quill-held"}"#,
            "/6/partOf",
            "leads back to 'quill-held' itself"),
        Spoiled(
            "articles.json", #""source": "karst-courier.txt""#, #""source": "harbour-herald.txt""#, "/1/source",
            "'harbour-herald.txt' is the file of the article 'envoy-lands'"),
    ]

    @Test(arguments: form + evidence + references)
    func saysWhatIsWrongAndWhere(spoiled: Spoiled) throws {
        let coverage = try TestCoverage(nil)
        let seeds = try EnvoyVisit.seeds(in: spoiled.file, replacing: spoiled.old, with: spoiled.new)
        let faulty = try #require(throws: FaultySeeds.self) { try coverage.database.load(seeds) }
        #expect(faulty.faults.map(\.file) == [spoiled.file])
        #expect(faulty.faults.map(\.pointer) == [spoiled.pointer])
        #expect(faulty.faults.map(\.message) == [spoiled.message])
        #expect(try coverage.database.isEmpty())
    }

    @Test(arguments: [
        (nil, "", "the file is missing"),
        ("", "", "(line 1, column 1)"),
        ("[{]", "/0", "(line 1, column 3)"),
        (#"[\#n{"id": 1, "id": 2}]"#, "/0", "(line 2, column"),
        ("{}", "", "must be an array of records, not an object"),
    ])
    func refusesAFileThatIsNoListOfRecords(text: String?, pointer: String, message: String) throws {
        let coverage = try TestCoverage(nil)
        let faulty = try #require(throws: FaultySeeds.self) {
            try coverage.database.load(EnvoyVisit.seeds(with: ["events.json": text]))
        }
        let fault = try #require(faulty.faults.first)
        #expect(faulty.faults.count == 1)
        #expect(fault.file == "events.json")
        #expect(fault.pointer.hasPrefix(pointer))
        #expect(fault.message.hasSuffix(message) || fault.message.contains(message))
    }

    /// Each record of the circle is at fault, what hangs below it is not.
    @Test func refusesTreesThatBiteTheirTail() throws {
        let seeds = try EnvoyVisit.seeds(
            in: "places.json",
            replacing:
                #""id": "belmora", "name": "Belmora", "kind": "country", "aliases": [], "within": null"#,
            with:
                #""id": "belmora", "name": "Belmora", "kind": "country", "aliases": [], "within": {"id": "karst"}"#
        )
        let coverage = try TestCoverage(nil)
        let faulty = try #require(throws: FaultySeeds.self) { try coverage.database.load(seeds) }
        #expect(
            faulty.faults.map(\.description) == [
                "places.json /1/within: leads back to 'belmora' itself",
                "places.json /3/within: leads back to 'karst' itself",
            ])
    }

    /// A circle may close over records that the database has and the seeds do not.
    @Test func refusesACircleThroughTheDatabase() throws {
        let coverage = try TestCoverage()
        let visit = """
            [{"id": "envoy-visit", "title": "Visit", "summary": "A visit.", "kind": "visit",
              "partOf": {"id": "karst-dinner"},
              "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 2, "anchors": ["ferry"]}]}]
            """
        let faulty = try #require(throws: FaultySeeds.self) {
            try coverage.database.load(EnvoyVisit.seeds(with: ["events.json": visit]))
        }
        #expect(faulty.faults.map(\.description) == ["events.json /0/partOf: leads back to 'envoy-visit' itself"])
    }

    /// A text that was imported first has become an article of its own.
    @Test func refusesAFileThatIsAnotherArticles() throws {
        let coverage = try TestCoverage(nil)
        let text = try #require(EnvoyVisit.texts["karst-courier.txt"])
        let report = try coverage.database.importArticle(
            source: "karst-courier.txt", bytes: Array(text.utf8), replace: false)
        #expect(report.outcome == .created)
        let faulty = try #require(throws: FaultySeeds.self) { try coverage.database.load(EnvoyVisit.seeds()) }
        #expect(
            faulty.faults.map(\.description) == [
                "articles.json /1/source: 'karst-courier.txt' is the file of the article '\(report.article)'"
            ])
    }

    @Test func saysEverythingAtOnce() throws {
        let coverage = try TestCoverage()
        let before = try coverage.changeNumber
        let seeds = EnvoyVisit.seeds(with: [
            "articles.json": nil, "people.json": #"[{"id": "x", "evidence": []}, 7]"#, "issues.json": "nonsense",
        ])
        let faulty = try #require(throws: FaultySeeds.self) { try coverage.database.load(seeds) }
        #expect(
            faulty.faults.map { "\($0.file) \($0.pointer)" } == [
                "articles.json ", "people.json /0/name", "people.json /0/category", "people.json /0/evidence",
                "people.json /1", "issues.json ",
            ])
        #expect(try coverage.changeNumber == before)
    }

    @Test func loadsNothingWhenOneRecordIsFaulty() throws {
        let coverage = try TestCoverage()
        let before = try coverage.changeNumber
        let events = try #require(EnvoyVisit.files["events.json"])
        let seeds = EnvoyVisit.seeds(with: [
            "issues.json": try #require(EnvoyVisit.files["issues.json"]).replacing(
                "Duties at the border.", with: "Changed."),
            "events.json": events.replacing(#"{"id": "amber-sea"}"#, with: #"{"id": "nowhere"}"#),
        ])
        let faulty = try #require(throws: FaultySeeds.self) { try coverage.database.load(seeds) }
        #expect(faulty.faults.map(\.pointer) == ["/5/place", "/11/place"])
        #expect(try coverage.changeNumber == before)
    }
}

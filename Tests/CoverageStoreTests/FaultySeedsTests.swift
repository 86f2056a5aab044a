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
            "must not hold control characters, such as U+0007"),
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
            "cannot be 'cal'; did you mean 'call'?"),
        Spoiled(
            "people.json", #""category": "detained""#, #""category": "prisoner of war""#, "/3/category",
            "cannot be 'prisoner of war'; use official, private, detained"),
        Spoiled(
            "events.json", #""role": "invitee""#, #""role": "guest""#, "/8/participants/0/role",
            "cannot be 'guest'; use visitor, host, caller, callee, participant, speaker, decider, "
                + "signatory, subject, invitee"),
        Spoiled(
            "events.json", "2031-04-02", "2031-13", "/3/date/edtf",
            "there is no month and no season 13; an example of the right form is '2023-06'"),
        Spoiled(
            "events.json", #""note": "The ministry's diary has the day.""#, #""note": null"#, "/3/date/note",
            "must say how a date of basis 'background' is known"),
        Spoiled(
            "events.json", #""2028/..", "basis": "stated""#, #""2028/..", "basis": "state""#, "/4/date/basis",
            "cannot be 'state'; did you mean 'stated'?"),
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
            "events.json", #"["asked"]"#, #"[""]"#, "/8/evidence/0/anchors/0",
            "must not be empty or begin or end with white space"),
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
            "/0/offices/0/organization", "there is no organization 'amber'; did you mean 'amber-league'?"),
        Spoiled(
            "events.json", #"{"id": "talks-in-karst"}, "paragraph": 6"#, #"{"id": "talks"}, "paragraph": 6"#,
            "/8/evidence/0/article", "there is no article 'talks'; did you mean 'talks-in-karst'?"),
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

    static let words: [Spoiled] = [
        Spoiled(
            "statements.json", #""speakerAs": "an aide""#, #""speakerAs": null"#, "/0",
            "must have either 'speaker' or, where the article gives no name, 'speakerAs'"),
        Spoiled(
            "statements.json", #""speaker": {"id": "oskar-brandt"},\#n    "speakerAs": null"#,
            #""speaker": {"id": "oskar-brandt"}, "speakerAs": "the host""#, "/2",
            "must have either 'speaker' or, where the article gives no name, 'speakerAs'"),
        Spoiled(
            "statements.json", #""form": "direct""#, #""form": "quoted""#, "/5/form",
            "cannot be 'quoted'; use direct, indirect"),
        Spoiled(
            "statements.json", #""gist": "Tobias Quill has not been charged""#, #""gits": "x", "gist": "x""#, "/3/gits",
            "unknown member; did you mean 'gist'?"),
        Spoiled("statements.json", #""gist": "Tobias Quill has not been charged", "#, "", "/3/gist", "is missing"),
        Spoiled(
            "statements.json", #""event": {"id": "return-visit"}"#, #""event": {"id": "return-visits"}"#, "/2/event",
            "there is no event 'return-visits'; did you mean 'return-visit'?"),
        Spoiled(
            "statements.json", #""speaker": {"id": "tobias-quill"}"#, #""speaker": {"id": "quill-freight"}"#,
            "/5/speaker", "there is no person 'quill-freight'"),
        Spoiled(
            "statements.json", #"[{"id": "freighter-told"}]"#, #"[{"id": "freighter-tolled"}]"#, "/5/variants/0",
            "there is no statement 'freighter-tolled'; did you mean 'freighter-told'?"),
        Spoiled(
            "statements.json", #"[{"id": "freighter-told"}]"#, #"[{"id": "freighter-told"}, {"id": "freighter-told"}]"#,
            "/5/variants/1", "'freighter-told' stands here twice"),
        Spoiled(
            "statements.json", #"{"id": "teal-island-dispute"}]"#, #"{"id": "teal-island"}]"#, "/0/issues/1",
            "there is no issue 'teal-island'; did you mean 'teal-island-dispute'?"),
        Spoiled(
            "statements.json", #""2031-04", "basis": "stated", "note": null"#,
            #""2031-04", "basis": "background", "note": null"#, "/2/date/note",
            "must say how a date of basis 'background' is known"),
        Spoiled(
            "statements.json", #""anchors": ["gave", "date"]"#, #""anchors": ["gave", "date"], "status": "occurred""#,
            "/2/evidence/0/status", "unknown member"),
        Spoiled(
            "statements.json", #""paragraph": 6, "anchors": ["freighter", "wrote"]"#,
            #""paragraph": 7, "anchors": ["freighter", "wrote"]"#, "/5/evidence/0/paragraph",
            "'notes-from-teal-island' has 6 paragraphs, not 7"),
        Spoiled(
            "discrepancies.json", #""kind": "hedging""#, #""kind": "hedge""#, "/0/kind",
            "cannot be 'hedge'; use scope, number, wording, attribution, hedging"),
        Spoiled(
            "discrepancies.json", #"{"type": "place", "id": "arvenia"}"#, #"{"id": "arvenia"}"#, "/3/subject/type",
            "is missing"),
        Spoiled(
            "discrepancies.json", #"{"type": "place", "id": "arvenia"}"#, #"{"type": "country", "id": "arvenia"}"#,
            "/3/subject/type",
            "must be one of event, person, issue, statement, organization, place, discrepancy, article"),
        Spoiled(
            "discrepancies.json", #"{"type": "person", "id": "tobias-quill"}"#,
            #"{"type": "event", "id": "tobias-quill"}"#,
            "/2/subject", "there is no event 'tobias-quill'"),
        Spoiled(
            "discrepancies.json", #""claim": "Held ever since.","#, "", "/2/accounts/0/claim", "is missing"),
        Spoiled(
            "discrepancies.json", #"[{"article": {"id": "envoy-lands"}, "paragraph": 6, "anchors": ["held"]}]"#, "[]",
            "/2/accounts/0/evidence", "must cite at least one paragraph"),
        Spoiled(
            "discrepancies.json", #""paragraph": 5, "anchors": ["patrols"]"#,
            #""paragraph": 9, "anchors": ["patrols"]"#,
            "/1/accounts/1/evidence/0/paragraph", "'talks-in-karst' has 6 paragraphs, not 9"),
    ]

    static let overlaps: [Spoiled] = [
        Spoiled(
            "overlaps.json", #""words": 13"#, #""words": 7"#, "/0/passages/0/words",
            "must be a whole number from 8 to 100000"),
        Spoiled(
            "overlaps.json", #""start": 1, "end": 70"#, #""start": 70, "end": 70"#, "/0/passages/0/b",
            "must be a stretch of a paragraph: paragraph, start, end"),
        Spoiled(
            "overlaps.json", #""b": {"paragraph": 6, "start": 1, "end": 70}"#, #""b": null"#, "/0/passages/0/b",
            "must be a stretch of a paragraph: paragraph, start, end"),
        Spoiled(
            "overlaps.json", #""paragraph": 6, "start": 1, "end"#, #""paragraph": 6, "first": 1, "start": 1, "end"#,
            "/0/passages/0/b/first", "unknown member"),
        Spoiled(
            "overlaps.json", #""paragraph": 6, "start": 1"#, #""paragraph": 7, "start": 1"#, "/0",
            "'notes-from-teal-island' has 6 paragraphs, not 7"),
        Spoiled(
            "overlaps.json", #""copiedB": 0.171"#, #""copiedB": 1.5"#, "/0/copiedB", "must be a number from 0.0 to 1.0"),
        Spoiled("overlaps.json", #""copiedB": 0.171,"#, "", "/0/copiedB", "must be there"),
        Spoiled("overlaps.json", #", "passages": []"#, "", "/1/passages", "is missing"),
        Spoiled(
            "overlaps.json", #""b": {"id": "notes-from-teal-island"}"#, #""b": {"id": "envoy-lands"}"#, "/0",
            "an article overlaps with others, not with itself"),
        Spoiled(
            "overlaps.json", #""b": {"id": "notes-from-teal-island"}"#, #""b": {"id": "notes"}"#, "/0",
            "there is no article 'notes'"),
        Spoiled(
            "overlaps.json", #""a": {"id": "talks-in-karst"}"#, #""a": {"id": "notes-from-teal-island"}"#, "/1",
            "the overlap of 'envoy-lands' and 'notes-from-teal-island' stands here twice"),
    ]

    /// What the rules of coverage refuse to editors.
    static let rules: [Spoiled] = [
        Spoiled(
            "statements.json", #""variants": [{"id": "freighter-quoted"}]"#, #""variants": []"#, "/5",
            "'freighter-told' is its variant, but not the other way round")
    ]

    @Test(arguments: form + evidence + references + words + overlaps + rules)
    func saysWhatIsWrongAndWhere(spoiled: Spoiled) throws {
        let coverage = try TestCoverage(nil)
        let seeds = try EnvoyVisit.seeds(in: spoiled.file, replacing: spoiled.old, with: spoiled.new)
        let faulty = try #require(throws: FaultySeeds.self) { try coverage.database.load(seeds) }
        #expect(faulty.faults.map(\.file) == [spoiled.file])
        #expect(faulty.faults.map(\.pointer) == [spoiled.pointer])
        #expect(faulty.faults.map(\.message) == [spoiled.message])
        #expect(try coverage.database.isEmpty())
    }

    @Test(arguments: ["statements.json", "discrepancies.json", "overlaps.json"])
    func needsEveryFile(name: String) throws {
        let coverage = try TestCoverage(nil)
        for (text, message) in [(nil, "the file is missing"), ("{}", "must be an array of records, not an object")] {
            let faulty = try #require(throws: FaultySeeds.self) {
                try coverage.database.load(EnvoyVisit.seeds(with: [name: text]))
            }
            #expect(faulty.faults.map(\.description) == ["\(name): \(message)"])
        }
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
                "places.json/1/within: leads back to 'belmora' itself",
                "places.json/3/within: leads back to 'karst' itself",
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
        #expect(faulty.faults.map(\.description) == ["events.json/0/partOf: leads back to 'envoy-visit' itself"])
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
                "articles.json/1/source: 'karst-courier.txt' is the file of the article '\(report.article)'",
                "articles.json/1: has the text of the article '\(report.article)', byte for byte",
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
            faulty.faults.map { "\($0.file)\($0.pointer)" } == [
                "articles.json", "people.json/0/name", "people.json/0/category", "people.json/0/evidence",
                "people.json/1", "issues.json",
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

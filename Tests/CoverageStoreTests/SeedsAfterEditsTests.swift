// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import JSON
import TestSupport
import Testing

/// Seeds are loaded again over what editors have changed meanwhile.
@Suite struct SeedsAfterEditsTests {
    private let coverage: TestCoverage

    init() throws {
        coverage = try TestCoverage()
    }

    private func dinner(_ title: String) throws -> SeedFiles {
        try EnvoyVisit.seeds(in: "events.json", replacing: "Dinner in Karst", with: title)
    }

    private var title: String? { get throws { try coverage.record("karst-dinner", Event.self)?.value.title } }

    private func counts(_ report: SeedReport, _ name: String) -> SeedReport.Counts? {
        report.counts.first { $0.name == name }?.counts
    }

    @Test func keepsWhatAnEditorChanged() throws {
        try coverage.edit([coverage.patch(.event, "karst-dinner", ["title": "Supper in Karst"])])
        let report = try coverage.database.load(EnvoyVisit.seeds())
        #expect(try title == "Supper in Karst")
        #expect(report.conflicts.isEmpty && report.changes == 0)
        #expect(counts(report, "events")?.kept == 1 && counts(report, "events")?.unchanged == 12)
    }

    @Test func namesWhatBothHaveChanged() throws {
        try coverage.edit([coverage.patch(.event, "karst-dinner", ["title": "Supper in Karst"])])
        let report = try coverage.database.load(dinner("Meal in Karst"))
        #expect(report.conflicts == [Reference(.event, "karst-dinner")] && counts(report, "events")?.kept == 1)
        #expect(try title == "Supper in Karst")
        let forced = try coverage.database.load(dinner("Meal in Karst"), force: true)
        #expect(forced.conflicts.isEmpty && counts(forced, "events")?.updated == 1)
        #expect(try title == "Meal in Karst")
        // From then on the seeds are ahead again.
        #expect(try counts(coverage.database.load(dinner("Feast in Karst")), "events")?.updated == 1)
        #expect(try title == "Feast in Karst")
    }

    @Test func agreesWithAnEditorWhoSaidTheSame() throws {
        try coverage.edit([coverage.patch(.event, "karst-dinner", ["title": "Meal in Karst"])])
        let report = try coverage.database.load(dinner("Meal in Karst"))
        #expect(report.conflicts.isEmpty && counts(report, "events")?.unchanged == 13)
    }

    @Test func leavesDeletedWhatAnEditorDeleted() throws {
        try coverage.edit([coverage.delete(.event, "league-summit")])
        let report = try coverage.database.load(EnvoyVisit.seeds())
        #expect(report.conflicts.isEmpty && counts(report, "events")?.kept == 1)
        #expect(try coverage.record("league-summit", Event.self) == nil)
        let forced = try coverage.database.load(EnvoyVisit.seeds(), force: true)
        #expect(counts(forced, "events")?.created == 1)
        let back = try #require(try coverage.record("league-summit", Event.self))
        #expect(back.revision == 3)
        #expect(try coverage.findings() == [])
    }

    /// What has since been seeded on top of a record that an editor deleted, and whatever stands on that, is left out.
    @Test func leavesOutWhatPointsAtWhatAnEditorDeleted() throws {
        try coverage.edit([
            coverage.delete(.discrepancy, "whether-they-met"), coverage.delete(.person, "ilse-marn"),
        ])
        var texts = EnvoyVisit.files
        func append(_ file: String, _ record: String) throws {
            let text = try #require(texts[file])
            let end = try #require(text.lastIndex(of: "]"))
            texts[file] = text[..<end] + "," + record + "]"
        }
        let evidence = #""evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 2, "anchors": ["ferry"]}]"#
        try append(
            "events.json",
            #"""
            {"id": "marn-lands", "title": "Marn lands", "summary": "She lands.", "kind": "activity", "status": null,
             "date": null, "place": null, "partOf": null, "organizations": [], "issues": [],
             "participants": [{"person": {"id": "ilse-marn"}, "role": "visitor"}], \#(evidence)}
            """#)
        try append(
            "discrepancies.json",
            #"""
            {"id": "when-marn-landed", "subject": {"type": "event", "id": "marn-lands"}, "aspect": "When she landed",
             "kind": "number", "accounts": [{"claim": "At noon.", \#(evidence)}, {"claim": "At night.", \#(evidence)}]}
            """#)
        let seeds = EnvoyVisit.seeds(with: texts)
        let report = try coverage.database.load(seeds)
        #expect(report.conflicts == [Reference(.event, "marn-lands"), Reference(.discrepancy, "when-marn-landed")])
        #expect(report.changes == 0)
        #expect(try coverage.findings() == [])
        let forced = try coverage.database.load(seeds, force: true)
        #expect(forced.conflicts.isEmpty && forced.changes == 4)
        #expect(try coverage.findings() == [])
    }

    @Test func leavesOutTheOverlapsOfAnArticleThatAnEditorDeleted() throws {
        // An article that only overlaps name beside itself.
        var texts = EnvoyVisit.files
        let articles = try #require(texts["articles.json"])
        let end = try #require(articles.lastIndex(of: "]"))
        let digest = String(repeating: "0", count: 64)
        texts["articles.json"] =
            articles[..<end] + #"""
                ,{"id": "stray", "source": "stray.txt", "headline": "Stray", "publisher": null, "credit": null,
                  "published": null, "lineage": null, "words": 9, "sha256": "\#(digest)", "digests": ["\#(digest)"]}]
                """#
        texts["overlaps.json"] = #"""
            [{"a": {"id": "envoy-lands"}, "b": {"id": "stray"}, "copiedA": 0.5, "copiedB": 0.9, "passages": []}]
            """#
        let seeds = EnvoyVisit.seeds(with: texts)
        _ = try coverage.database.load(seeds)
        try coverage.edit([coverage.delete(.article, "stray")])
        let report = try coverage.database.load(seeds)
        #expect(report.conflicts.isEmpty && report.changes == 0 && counts(report, "articles")?.kept == 1)
        #expect(try coverage.database.read { try $0.overlap(of: "envoy-lands", with: "stray") } == nil)
        #expect(try coverage.findings() == [])
    }

    @Test func doesNotTakeOverWhatAnEditorMade() throws {
        var files = EnvoyVisit.files
        let events = try #require(files["events.json"])
        let summit = try #require(events.firstRange(of: "\"id\": \"league-summit\""))
        files["events.json"] = events.replacingCharacters(in: summit, with: "\"id\": \"amber-summit\"")
        let fresh = try TestCoverage(EnvoyVisit.seeds(with: files))
        try fresh.edit([
            Edit(
                .event,
                .create([
                    "id": "league-summit", "title": "Our summit", "summary": "Ours.", "kind": "summit",
                    "status": "possible",
                    "evidence": [
                        ["article": ["id": "envoy-lands"], "paragraph": 7, "anchors": ["gather"], "status": "possible"]
                    ],
                ]))
        ])
        let report = try fresh.database.load(EnvoyVisit.seeds())
        #expect(report.conflicts == [Reference(.event, "league-summit")])
        #expect(try fresh.record("league-summit", Event.self)?.value.title == "Our summit")
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}

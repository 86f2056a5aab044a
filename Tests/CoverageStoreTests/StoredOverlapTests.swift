// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import TestSupport
import Testing

@Suite struct StoredOverlapTests {
    private func overlaps(_ coverage: TestCoverage) throws -> [StoredOverlap] {
        try coverage.database.read { try $0.overlaps() }
    }

    private func store(_ text: String, as source: String, replace: Bool = false, in coverage: TestCoverage) throws {
        _ = try coverage.database.importArticle(source: source, bytes: Array(text.utf8), replace: replace)
    }

    /// What the texts give, as the database keeps it.
    private func measured(_ first: String, _ second: String) throws -> StoredOverlap {
        let seeds = try SeedRecords(EnvoyVisit.seeds())
        let texts = try [first, second].sorted().map { id in
            let source = try #require(seeds.articles.first { $0.id == id }?.source)
            return Paragraphs(of: try #require(EnvoyVisit.texts[source])).all
        }
        return StoredOverlap(min(first, second), max(first, second), Overlap(texts[0], texts[1]))
    }

    @Test func putsThePairInOrder() {
        let overlap = Overlap(["a b c d e f g h x"], ["y", "a b c d e f g h"])
        let (there, back) = (StoredOverlap("a", "b", overlap), StoredOverlap("b", "a", overlap.turned))
        #expect(there == back)
        #expect((back.a, back.b) == ("a", "b"))
    }

    @Test func comesFromTheSeeds() throws {
        let coverage = try TestCoverage()
        let seeds = try SeedRecords(EnvoyVisit.seeds())
        #expect(try overlaps(coverage) == seeds.overlaps)
        let there = try coverage.database.read { try $0.overlap(of: "envoy-lands", with: "notes-from-teal-island") }
        let back = try coverage.database.read { try $0.overlap(of: "notes-from-teal-island", with: "envoy-lands") }
        #expect(there == seeds.overlaps.first?.overlap)
        #expect(back == there?.turned)
        #expect(
            try coverage.database.read { try $0.overlap(of: "talks-in-karst", with: "notes-from-teal-island") } == nil)
    }

    /// Texts that come at once are read beside each other, before either is written: what is then written is the same as if
    /// they had come one after another.
    @Test func doesNotHangOnWhoComesFirst() async throws {
        let coverage = try TestCoverage(nil)
        let passage = "The harbour master counted forty boats and two ferries before the fog came down again"
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<12 {
                group.addTask {
                    let text = "Day \(number) of the fog\n\(passage), said witness \(number).\n"
                    _ = try? coverage.database.importArticle(
                        source: "day-\(number).txt", bytes: Array(text.utf8), replace: false)
                }
            }
        }
        let all = try overlaps(coverage)
        #expect(all.count == 12 * 11 / 2)
        #expect(all.allSatisfy { $0.overlap.passages.map(\.words) == [17] })
        let reread = try TestCoverage(nil)
        for number in 0..<12 {
            try store(
                "Day \(number) of the fog\n\(passage), said witness \(number).\n", as: "day-\(number).txt", in: reread)
        }
        #expect(try overlaps(reread) == all)
    }

    /// Once the texts of both are there, what they give stands, whatever the seeds say.
    @Test func isMeasuredWhenBothTextsAreThere() throws {
        let wrong = try EnvoyVisit.seeds(in: "overlaps.json", replacing: "0.129", with: "0.999")
        let coverage = try TestCoverage(wrong)
        try store(try #require(EnvoyVisit.texts["harbour-herald.txt"]), as: "harbour-herald.txt", in: coverage)
        #expect(try overlaps(coverage).count == 2)
        #expect(try overlaps(coverage).first { $0.b == "notes-from-teal-island" }?.overlap.copiedA == 0.999)
        try coverage.importTexts()
        let all = [
            try measured("envoy-lands", "notes-from-teal-island"), try measured("envoy-lands", "talks-in-karst"),
            try measured("notes-from-teal-island", "talks-in-karst"),
        ].filter { !$0.overlap.passages.isEmpty }
        #expect(try overlaps(coverage) == all)
        #expect(all.first?.overlap.passages.map(\.words) == [13])
        #expect(try coverage.database.load(wrong).changes == 0)
        #expect(try overlaps(coverage) == all)
    }

    /// The seeds of the fixture say what the texts give.
    @Test func agreesWithTheTexts() throws {
        let seeds = try SeedRecords(EnvoyVisit.seeds())
        for overlap in seeds.overlaps { #expect(overlap == (try measured(overlap.a, overlap.b))) }
    }

    @Test func doesNotDependOnTheOrderOfImport() throws {
        let line = "The ferry left the harbour at noon and came back at night with nobody aboard."
        let texts = [
            ("a.txt", "Ferry one\n\(line)\n"), ("b.txt", "Ferry two\n\(line) \(line)\n"),
            ("c.txt", "Ferry three\nAt dawn the ferry left the harbour at noon and came back at night.\n\(line)\n"),
        ]
        var results: [[StoredOverlap]] = []
        for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2], [2, 0, 1]] {
            let coverage = try TestCoverage(nil)
            for index in order { try store(texts[index].1, as: texts[index].0, in: coverage) }
            results.append(try overlaps(coverage))
        }
        #expect(results.allSatisfy { $0 == results.first })
        #expect(results.first?.count == 3)
        #expect(results.first?.allSatisfy { !$0.overlap.passages.isEmpty } == true)
    }

    @Test func followsANewEdition() throws {
        let coverage = try TestCoverage()
        try coverage.importTexts()
        let edition = try #require(EnvoyVisit.texts["lindal-review.txt"]).replacing(
            "Amber Sea in", with: "Amber Sea this")
        try store(edition, as: "lindal-review.txt", replace: true, in: coverage)
        let found = try coverage.database.read { try $0.overlap(of: "envoy-lands", with: "notes-from-teal-island") }
        #expect(found?.passages.map(\.words) == [11])
        #expect(found?.passages.first?.b == TextSpan(paragraph: 6, start: 1, end: 58))
    }

    @Test func relatesAnArticleToTheOthers() throws {
        let coverage = try TestCoverage()
        let seeds = try SeedRecords(EnvoyVisit.seeds())
        var facts: [Reference: Set<String>] = [:]
        func note(_ records: [some Fact]) {
            for record in records {
                let cited = record.evidence + record.partEvidence.flatMap(\.citations)
                facts[record.reference] = Set(cited.map(\.article.id))
            }
        }
        note(seeds.events)
        note(seeds.people)
        note(seeds.issues)
        note(seeds.statements)
        note(seeds.organizations)
        note(seeds.places)
        for article in seeds.articles {
            let stored = try #require(try coverage.record(article.id, of: Article.self))
            let relations = try coverage.database.read { try $0.relations(of: stored) }
            #expect(Set(relations.map(\.article.id)) == Set(seeds.articles.map(\.id)).subtracting([article.id]))
            for relation in relations {
                let other = try #require(seeds.articles.first { $0.id == relation.article.id })
                let own = facts.values.filter { $0.contains(article.id) }
                let share = Double(own.count { $0.contains(other.id) }) / Double(own.count)
                #expect(relation.sharedFacts == (share * 1000).rounded() / 1000)
                let overlap = try coverage.database.read { try $0.overlap(of: article.id, with: other.id) }
                #expect(relation.copied == overlap?.copiedA ?? 0)
                #expect(relation.group == "wire-nine")
                #expect(
                    relation.confidence == min(article.lineage?.confidence ?? 0, other.lineage?.confidence ?? 0))
                #expect(relation.reason.contains(article.lineage?.reason ?? "?"))
                #expect(relation.reason.contains(other.lineage?.reason ?? "?"))
            }
            #expect(relations.map(\.copied) == relations.map(\.copied).sorted(by: >))
        }
    }

    @Test func knowsNoGroupWhereThereIsNone() throws {
        let apart = (EnvoyVisit.files["articles.json"] ?? "").replacing(
            #"{"group": "wire-nine", "reason": "A turn of phrase recurs.", "confidence": 0.5}"#, with: "null")
        let coverage = try TestCoverage(EnvoyVisit.seeds(with: ["articles.json": apart]))
        let notes = try #require(try coverage.record("notes-from-teal-island", of: Article.self))
        let relations = try coverage.database.read { try $0.relations(of: notes) }
        #expect(relations.map(\.group) == [nil, nil])
        #expect(relations.map(\.confidence) == [0, 0])
    }
}

// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import TestSupport
import Testing

@Suite struct EvidenceTests {
    private let coverage: TestCoverage

    init() throws {
        coverage = try TestCoverage()
    }

    private func evidence(of type: FactType, _ id: String, excerpts: Excerpts = .none) throws -> [Evidence] {
        try coverage.database.read { try $0.evidence(of: Reference(type, id), excerpts: excerpts) }
    }

    private func check() throws -> CheckReport { try coverage.database.read { try $0.check() } }

    @Test func isTextAbsentBeforeTheImport() throws {
        let all = try evidence(of: .event, "karst-meeting")
        #expect(all.map(\.citation.article.id) == ["envoy-lands", "talks-in-karst", "talks-in-karst"])
        #expect(all.map(\.citation.paragraph) == [3, 2, 3])
        #expect(all.map(\.citation.status) == [.scheduled, .occurred, .occurred])
        #expect(all.last?.citation.anchors == ["first", "second"])
        #expect(all.allSatisfy { $0.state == .textAbsent && $0.part.isEmpty && $0.citation.text == nil })
        let report = try check()
        #expect((report.verified, report.textAbsent, report.failures.count) == (0, 68, 0))
        #expect(report.isClean)
    }

    @Test func isVerifiedAgainstTheText() throws {
        try coverage.importTexts()
        #expect(try evidence(of: .event, "karst-meeting").map(\.state) == [.verified, .verified, .verified])
        let report = try check()
        #expect((report.citations, report.verified, report.textAbsent) == (68, 68, 0))
        #expect(report.isClean)
    }

    @Test func hasTheCitationsOfParts() throws {
        let all = try evidence(of: .person, "oskar-brandt")
        #expect(all.map(\.part) == ["", "offices/0", "offices/1"])
        #expect(all.map(\.citation.anchors) == [["Oskar", "Brandt"], ["Minister"], ["received"]])
        #expect(try evidence(of: .person, "nobody").isEmpty)
    }

    @Test func letsNoMoreTextLeaveThanIsAllowed() throws {
        try coverage.importTexts()
        let text = try #require(EnvoyVisit.texts["karst-courier.txt"].map { Paragraphs(of: $0)[number: 4] })
        func excerpt(_ excerpts: Excerpts) throws -> String? {
            try evidence(of: .event, "karst-dinner", excerpts: excerpts).first?.citation.text
        }
        #expect(try excerpt(.none) == nil)
        #expect(try excerpt(.full) == text.map(String.init))
        #expect(try excerpt(.characters(29)) == "In the evening the diver René…")
        #expect(try excerpt(.characters(1000)) == text.map(String.init))
        #expect(try excerpt(.characters(0)) == "…")
    }

    /// Text, digest or anchors: whatever somebody changes in the file is found.
    @Test(arguments: [
        "UPDATE paragraphs SET text = text || ' ' WHERE article_id = 'talks-in-karst' AND number = 4",
        "UPDATE paragraphs SET digest = lower(hex(randomblob(32))) WHERE article_id = 'talks-in-karst' AND number = 4",
        "DELETE FROM paragraphs WHERE article_id = 'talks-in-karst' AND number = 4",
        "UPDATE citations SET anchors = 'supper' WHERE id = 'karst-dinner'",
        "UPDATE citations SET anchors = 'dinner Evening' WHERE id = 'karst-dinner'",
        "UPDATE citations SET digest = lower(hex(randomblob(32))) WHERE id = 'karst-dinner'",
    ])
    func isStaleWhenTheFileWasTamperedWith(sql: String) throws {
        try coverage.importTexts()
        try coverage.tamper(sql)
        #expect(try evidence(of: .event, "karst-dinner").map(\.state) == [.stale])
        let report = try check()
        #expect(!report.isClean)
        let failure = try #require(report.failures.first { $0.id == "karst-dinner" })
        #expect((failure.type, failure.part, failure.article, failure.paragraph) == (.event, "", "talks-in-karst", 4))
        #expect(report.failures.count + report.verified == 68)
    }

    /// A citation keeps the digest of the paragraph that was cited, also when the same seeds are loaded again.
    @Test func staysStaleWhenTheSeedsAreLoadedAgain() throws {
        try coverage.importTexts()
        let edition = try #require(EnvoyVisit.texts["karst-courier.txt"]).replacing("dinner", with: "supper")
        _ = try coverage.database.importArticle(
            source: "karst-courier.txt", bytes: Array(edition.utf8), replace: true)
        #expect(try evidence(of: .event, "karst-dinner").map(\.state) == [.stale])
        #expect(try check().failures.count == 2)
    }

    @Test func readsTheTextsBehindRecords() throws {
        try coverage.importTexts()
        let texts = try coverage.database.read { reader in
            let people = try reader.page(ListQuery<Person>()).ids
            return try reader.texts(citedBy: people, of: .person, excerpts: .characters(12))
        }
        let office = try #require(try coverage.record("oskar-brandt", of: Person.self)?.value.offices.first)
        #expect(texts[try #require(office.evidence.first)] == "She will mee…")
        let uncited = Citation(article: Reference(.article, "envoy-lands"), paragraph: 7, anchors: ["x"])
        #expect(texts[uncited] == nil)
    }
}

// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import TestSupport
import Testing

@Suite struct ArticleImportTests {
    private let coverage: TestCoverage
    private let herald: String

    init() throws {
        coverage = try TestCoverage()
        herald = try #require(EnvoyVisit.texts["harbour-herald.txt"])
    }

    @discardableResult
    private func store(_ text: String, as source: String, replace: Bool = false) throws -> ImportReport {
        try coverage.database.importArticle(source: source, bytes: Array(text.utf8), replace: replace)
    }

    @Test func storesTheTextOfAKnownArticle() throws {
        let before = try coverage.changeNumber
        let report = try store(herald, as: "harbour-herald.txt")
        #expect((report.source, report.article, report.outcome) == ("harbour-herald.txt", "envoy-lands", .stored))
        #expect((report.verified, report.stale, report.textAbsent) == (31, 0, 0))
        #expect(try coverage.changeNumber == before + 1)
        let article = try #require(try coverage.record("envoy-lands", of: Article.self))
        #expect(article.derived.hasText)
        #expect(article.revision == 2)
        #expect(article.value.words == Paragraphs(of: herald).words)
    }

    @Test func changesNothingTheSecondTime() throws {
        try store(herald, as: "harbour-herald.txt")
        let before = try coverage.changeNumber
        #expect(try store(herald, as: "harbour-herald.txt").outcome == .unchanged)
        #expect(try coverage.changeNumber == before)
    }

    /// The bytes tell which article it is, whatever the file is called.
    @Test func knowsAnArticleUnderAnotherName() throws {
        let report = try store(herald, as: "copy.txt")
        #expect((report.source, report.article, report.outcome) == ("copy.txt", "envoy-lands", .stored))
    }

    @Test func reportsOtherBytesAndStoresNothing() throws {
        let before = try coverage.changeNumber
        let report = try store(herald + "!", as: "harbour-herald.txt")
        #expect((report.article, report.outcome) == ("envoy-lands", .differs))
        #expect(report.textAbsent == 31)
        #expect(try coverage.changeNumber == before)
        #expect(try coverage.record("envoy-lands", of: Article.self)?.derived.hasText == false)
    }

    /// What an editor has retracted does not come back with the next import, and its id is never another's.
    @Test func leavesDeletedWhatWasDeleted() throws {
        let text = "A harbour opens\n\nIt is large.\n"
        try store(text, as: "opening.txt")
        try coverage.edit([coverage.delete(.article, "a-harbour-opens")])
        let before = try coverage.changeNumber
        let report = try store(text, as: "copy.txt")
        #expect((report.article, report.outcome) == ("a-harbour-opens", .deleted))
        #expect(report.outcome.isRefusal)
        #expect(try coverage.changeNumber == before)
        let other = try store("A harbour opens\n\nIt is small.\n", as: "opening.txt")
        #expect((other.article, other.outcome) == ("a-harbour-opens-2", .created))
        #expect(try coverage.database.read { try $0.tombstone("a-harbour-opens", of: .article) } != nil)
        #expect(try coverage.findings() == [])
    }

    @Test func replacesAnEdition() throws {
        try store(herald, as: "harbour-herald.txt")
        // The fifth paragraph is another one, the seventh is gone; seven citations stand on the two.
        let edition = herald.replacing("since 2028", with: "since 2029")
            .replacing("Leaders of the Amber League may gather in Port Lindal around November.\n", with: "")
        let report = try store(edition, as: "harbour-herald.txt", replace: true)
        #expect((report.article, report.outcome) == ("envoy-lands", .replaced))
        #expect((report.verified, report.stale, report.textAbsent) == (24, 7, 0))
        let article = try #require(try coverage.record("envoy-lands", of: Article.self))
        #expect(article.revision == 3)
        #expect(article.value.digests.count == 6)
        #expect(article.value.words == 89)
        #expect(article.derived.hasText)
        #expect(try store(edition, as: "harbour-herald.txt").outcome == .unchanged)
        let failures = try coverage.database.read { try $0.check() }.failures
        #expect(Set(failures.map(\.paragraph)) == [5, 7])
        #expect(failures.allSatisfy { $0.article == "envoy-lands" })
    }

    @Test func makesAnArticleOfAnUnknownFile() throws {
        let report = try store("A Ferry Ran Aground\r\n\r\nNobody was hurt.", as: "new.txt")
        #expect((report.source, report.article, report.outcome) == ("new.txt", "a-ferry-ran-aground", .created))
        let article = try #require(try coverage.record("a-ferry-ran-aground", of: Article.self)).value
        #expect((article.source, article.headline, article.words) == ("new.txt", "A Ferry Ran Aground", 7))
        #expect(article.digests.count == 2)
        #expect(article.publisher == nil && article.published == nil)
    }

    @Test func numbersIdsThatAreTaken() throws {
        let line = String(repeating: "envoy lands ", count: 20)
        let ids = try (1...3).map { try store("\(line)\n\($0)", as: "\($0).txt").article }
        #expect(Set(ids).count == 3)
        #expect(ids.allSatisfy { Slug($0) != nil })
        #expect(try store("诗", as: "诗").article == "article")
        #expect(try store("诗 诗", as: "诗 诗").article == "article-2")
    }

    @Test func takesNoLongLineForAHeadline() throws {
        let line = String(repeating: "word ", count: 21)
        let id = try store(line, as: "long.txt").article
        #expect(try coverage.record(id, of: Article.self)?.value.headline == nil)
        let short = try store("  Spaced line \n", as: "spaced.txt").article
        #expect(try coverage.record(short, of: Article.self)?.value.headline == "Spaced line")
    }

    @Test(
        arguments: [
            ([0x41, 0xFF], "is not UTF-8 text: byte 2, in line 1, is none"),
            ([0xED, 0xA0, 0x80], "is not UTF-8 text: byte 1, in line 1, is none"),
            ([0x41, 0, 0x42], "holds NUL characters: not a text file"), ([], "holds no text"),
            (Array(" \r\n\t\u{2003}\n".utf8), "holds no text"),
        ] as [([UInt8], String)])
    func refusesWhatIsNoText(bytes: [UInt8], message: String) throws {
        let before = try coverage.changeNumber
        let error = #expect(throws: UnusableArticle.self) {
            try coverage.database.importArticle(source: "harbour-herald.txt", bytes: bytes, replace: true)
        }
        #expect(error?.description == message)
        #expect(try coverage.changeNumber == before)
    }
}

// SPDX-License-Identifier: Apache-2.0

import Coverage
import Foundation
import TestSupport
import Testing

@testable import CoverageStore

/// The search over all types, held against texts that are split into words here.
@Suite struct SearchHitTests {
    private let coverage: TestCoverage

    init() throws {
        coverage = try TestCoverage()
    }

    private func search(
        _ text: String, types: [FactType] = [], limit: Int = 100, after: [SortValue]? = nil,
        in other: TestCoverage? = nil
    ) throws -> SearchPage {
        let expression = try #require(SearchExpression(text))
        return try (other ?? coverage).database.read {
            try $0.search(expression, types: types, limit: limit, after: after)
        }
    }

    private func suggest(_ text: String, types: [FactType] = [], limit: Int = 20) throws -> [Reference] {
        try coverage.database.read { try $0.suggest(text, types: types, limit: limit).found }
    }

    /// What can be found of one record.
    private struct Document {
        let reference: Reference
        let texts: [(member: String, text: String)]

        init(_ fact: some Fact) {
            reference = fact.reference
            texts = [("name", fact.name)] + fact.searchText
        }
    }

    private static func documents() throws -> [Document] {
        let seeds = try SeedRecords(EnvoyVisit.seeds())
        return seeds.events.map { Document($0) } + seeds.people.map { Document($0) } + seeds.issues.map { Document($0) }
            + seeds.statements.map { Document($0) } + seeds.organizations.map { Document($0) }
            + seeds.places.map { Document($0) } + seeds.discrepancies.map { Document($0) }
            + seeds.articles.map { Document($0) }
    }

    private static func words(of text: String) -> [String] {
        fold(text).unicodeScalars.split { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
            .map { String($0) }
    }

    private static func fold(_ text: some StringProtocol) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    }

    private static func slice(_ text: String, _ span: Range<Int>) -> String {
        String(String.UnicodeScalarView(Array(text.unicodeScalars)[span]))
    }

    // MARK: What is found

    /// Every word that there is: found where it stands, marked in each text where it stands, counted by type.
    @Test func findsEveryWordWhereItStands() throws {
        let documents = try Self.documents()
        let all = Set(documents.flatMap { $0.texts.flatMap { Self.words(of: $0.text) } })
        #expect(all.count > 100)
        for word in all.sorted() {
            let page = try search(word)
            let expected = documents.filter { $0.texts.contains { Self.words(of: $0.text).contains(word) } }
            #expect(Set(page.hits.map(\.reference)) == Set(expected.map(\.reference)), "\(word)")
            #expect(page.total == .exact(expected.count))
            #expect(page.next == nil)
            let types = Dictionary(grouping: expected) { $0.reference.type.rawValue }.mapValues(\.count)
            #expect(Dictionary(uniqueKeysWithValues: page.types.map { ($0.value, $0.count) }) == types)
            #expect(page.hits.map(\.score) == page.hits.map(\.score).sorted(by: >))
            for hit in page.hits {
                let document = try #require(expected.first { $0.reference == hit.reference })
                #expect(hit.reference.name == document.reference.name)
                let marked = document.texts.filter { Self.words(of: $0.text).contains(word) }
                #expect(hit.highlights.map(\.member) == marked.map(\.member), "\(word) in \(hit.reference)")
                #expect(hit.highlights.map(\.text) == marked.map(\.text))
                for highlight in hit.highlights {
                    #expect(highlight.spans.count == Self.words(of: highlight.text).count { $0 == word })
                    for span in highlight.spans { #expect(Self.fold(Self.slice(highlight.text, span)) == word) }
                }
            }
        }
    }

    @Test func keepsTypes() throws {
        let all = try search("island")
        let places = try search("island", types: [.place, .issue])
        #expect(
            places.hits.map(\.reference) == all.hits.map(\.reference).filter { [.place, .issue].contains($0.type) })
        #expect(places.total == .exact(2))
        // The counts are those of all types: what else could be asked for.
        #expect(places.types == all.types)
        #expect(try search("island", types: [.person]).hits.isEmpty)
    }

    @Test func ranksNamesOverAliasesOverTheRest() throws {
        #expect(try search("commerce").hits.map(\.reference.id) == ["trade"])
        let coverage = try TestCoverage(
            EnvoyVisit.seeds(with: [
                "issues.json": """
                [{"id": "a-rest", "name": "One thing here", "aliases": ["Two words"], "summary": "Zebra crossing",
                  "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 1, "anchors": ["salt"]}]},
                 {"id": "b-alias", "name": "One thing here", "aliases": ["Zebra crossing"], "summary": "Two words",
                  "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 1, "anchors": ["salt"]}]},
                 {"id": "c-name", "name": "Zebra crossing here", "aliases": ["Two words"], "summary": "One thing",
                  "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 1, "anchors": ["salt"]}]}]
                """, "events.json": "[]", "statements.json": "[]", "discrepancies.json": "[]",
            ]))
        let hits = try search("zebra", in: coverage).hits
        #expect(hits.map(\.reference.id) == ["c-name", "b-alias", "a-rest"])
        #expect(hits.map { $0.highlights.map(\.member) } == [["name"], ["aliases"], ["summary"]])
    }

    // MARK: Pages

    @Test(arguments: ["t*", "island", "the", "salt"])
    func readsEachHitOnce(text: String) throws {
        let all = try search(text)
        #expect(all.hits.count > 2)
        for types in [[], [FactType.event, .place, .issue, .statement]] {
            let kept = all.hits.map(\.reference).filter { types.isEmpty || types.contains($0.type) }
            for limit in 1...all.hits.count + 1 {
                var found: [Reference] = []
                var after: [SortValue]?
                repeat {
                    let page = try search(text, types: types, limit: limit, after: after)
                    #expect(page.hits.count <= limit && page.total == .exact(kept.count))
                    found += page.hits.map(\.reference)
                    after = page.next
                } while after != nil
                #expect(found == kept, "\(text) by \(limit)")
            }
        }
    }

    // MARK: Highlights

    /// Emoji of several scalars, marks that combine, letters beyond the first plane.
    @Test func countsScalarsInHighlights() throws {
        let texts = [
            "\u{1F469}\u{200D}\u{1F680} Salt\u{1F30A}salt", "Se\u{301}l, sel and S\u{E9}l \u{1D54A}alt salt",
            "e\u{301}\u{302}\u{303}\u{304} \u{1F3F3}\u{FE0F}\u{200D}\u{1F308}SALT!",
            "\u{10400}salt \u{645}\u{64E} salt",
        ]
        let issues = texts.enumerated().map {
            """
            {"id": "i\($0)", "name": "\($1)", "summary": "\($1) salt", "evidence":
             [{"article": {"id": "envoy-lands"}, "paragraph": 1, "anchors": ["salt"]}]}
            """
        }
        let coverage = try TestCoverage(
            EnvoyVisit.seeds(with: [
                "issues.json": "[\(issues.joined(separator: ","))]", "events.json": "[]", "statements.json": "[]",
                "discrepancies.json": "[]",
            ]))
        for (word, count) in [("salt", 4), ("sel", 1), ("sél", 1)] {
            let hits = try search(word, types: [.issue], in: coverage).hits
            #expect(hits.count == count)
            for hit in hits {
                let index = try #require(Int(hit.reference.id.dropFirst()))
                #expect(
                    hit.highlights.map(\.text).allSatisfy {
                        Array($0.unicodeScalars).starts(with: Array(texts[index].unicodeScalars))
                    })
                #expect(hit.highlights.map(\.member) == ["name", "summary"])
                for highlight in hit.highlights {
                    for span in highlight.spans {
                        #expect(Self.fold(Self.slice(highlight.text, span)) == Self.fold(word), "\(highlight)")
                    }
                }
            }
        }
    }

    @Test func marksPhrasesAndPrefixes() throws {
        let phrase = try #require(try search("\"of the amber\"").hits.first { $0.reference.id == "league-summit" })
        #expect(phrase.highlights == [.init(member: "name", text: "Summit of the Amber League", spans: [7..<19])])
        let prefix = try #require(try search("fest*").hits.first)
        #expect(prefix.highlights == [.init(member: "name", text: "Festival of the ferry", spans: [0..<8])])
        let several = try #require(try search("minister brandt").hits.first { $0.reference.id == "oskar-brandt" })
        #expect(
            several.highlights == [
                .init(member: "name", text: "Oskar Brandt", spans: [6..<12]),
                .init(member: "aliases", text: "Minister Brandt", spans: [0..<8, 9..<15]),
                .init(member: "offices", text: "Foreign Minister", spans: [8..<16]),
            ])
    }

    /// A phrase may begin in one of a record's texts and end in the next; each part is marked where it stands.
    @Test func marksAPhraseAcrossTexts() throws {
        let hits = try search("\"on salt it keeps\"", types: [.issue]).hits
        #expect(hits.isEmpty)
        let across = try search("\"sea salt it keeps the\"", types: [.issue]).hits
        #expect(
            across.first?.highlights == [
                .init(member: "summary", text: "The duty on sea salt.", spans: [12..<21]),
                .init(member: "positions", text: "It keeps the duty.", spans: [0..<12]),
            ])
    }

    @Test(arguments: [
        ("\u{2}a\u{3} b", "a b", [0..<1]), ("a \u{2}b", "a b", [2..<3]), ("a\u{3} b", "a b", [0..<1]),
        ("\u{3}a b", "a b", []), ("a b\u{2}", "a b", []), ("a b", "a b", []),
        (
            "\u{2}\u{1F469}\u{200D}\u{1F680}\u{3}e\u{301}\u{2}x\u{3}", "\u{1F469}\u{200D}\u{1F680}e\u{301}x",
            [0..<3, 5..<6]
        ),
    ])
    func readsMarks(marked: String, text: String, spans: [Range<Int>]) {
        let highlights = Marks.highlights(in: marked.utf8Span.span) { _ in "m" }
        #expect(highlights == (spans.isEmpty ? [] : [.init(member: "m", text: text, spans: spans)]))
    }

    @Test func readsMarksByLines() {
        let marked = "\u{2}a\u{3}\n\n\u{2}b\u{3} c\nd\n\u{2}e\n\u{3}f\u{2}g\u{3}\n"
        // The empty line has no member; the fifth is of none.
        let highlights = Marks.highlights(in: marked.utf8Span.span) { $0 < 4 ? "m\($0)" : nil }
        #expect(
            highlights == [
                .init(member: "m0", text: "a", spans: [0..<1]), .init(member: "m1", text: "b c", spans: [0..<1]),
                .init(member: "m3", text: "e", spans: [0..<1]),
            ])
        let nothing = Marks.highlights(in: "".utf8Span.span) { _ in "m" }
        #expect(nothing.isEmpty)
    }

    // MARK: Hostile text

    @Test(arguments: [
        "salt OR ferry", "NEAR(salt island)", "name:salt", "{name aliases} : salt", "^salt", "-salt",
        "salt'; DROP TABLE search; --",
        "salt\0ferry", "salt\"\u{301} OR ferry", "谈判 盐", "\u{1F600}salt", "½", "\r\n salt \u{2028}", "salt\u{FEFF}",
        "*salt*",
    ])
    func takesEverythingLiterally(text: String) throws {
        for hit in try search(text).hits {
            let document = try #require(try Self.documents().first { $0.reference == hit.reference })
            let words = document.texts.flatMap { Self.words(of: $0.text) }
            for wanted in Self.words(of: text.replacing("\0", with: "")) {
                #expect(words.contains { $0.hasPrefix(wanted) })
            }
        }
        for reference in try suggest(text) { #expect(Self.fold(reference.name).contains("salt")) }
    }

    @Test(arguments: ["salt ", "s* ", "\"salt duty\" ", "salt", "盐", "a\" ", "\u{1F600} a "])
    func takesTenKilobytes(piece: String) throws {
        let text = String(repeating: piece, count: 10_240 / piece.utf8.count)
        _ = try search(text)
        _ = try suggest(text)
    }

    // MARK: Suggestions

    @Test func completesNamesAndAliases() throws {
        #expect(try suggest("talv").map(\.id).sorted() == ["mira-talvane", "talks-in-karst"])
        #expect(try suggest("mira tal").map(\.id) == ["mira-talvane"])
        #expect(try suggest("talvane mi").map(\.id) == ["mira-talvane"])
        #expect(try suggest("min*").map(\.id).contains("oskar-brandt"))
        #expect(try suggest("RENE").map(\.name) == ["Renée Ostrava"])
        // A word that is not the last must be whole; the body is not looked in.
        #expect(try suggest("mir talvane").isEmpty)
        #expect(try suggest("three").isEmpty)
        #expect(try suggest("").isEmpty && suggest(" *\" ").isEmpty)
    }

    /// As somebody types a name letter by letter, it stays among what is proposed.
    @Test func completesEveryNameLetterByLetter() throws {
        for document in try Self.documents() {
            let name = document.reference.name
            for length in 1...name.count where Self.words(of: String(name.prefix(length))).count > 0 {
                let found = try suggest(String(name.prefix(length)), limit: 100)
                #expect(found.contains(document.reference), "\(name.prefix(length))")
            }
        }
    }

    @Test func proposesSomeTypesAndNotTooMany() throws {
        let all = try suggest("te", limit: 100)
        #expect(Set(all.map(\.type)).count > 1)
        #expect(try suggest("te", types: [.place]).map(\.id) == ["teal-island"])
        #expect(try suggest("te", limit: 1) == Array(all.prefix(1)))
    }
}

// SPDX-License-Identifier: Apache-2.0

import Coverage
import TestSupport
import Testing

@testable import CoverageStore

@Suite struct SearchTests {
    private let coverage: TestCoverage

    init() throws {
        coverage = try TestCoverage()
    }

    private func find<Record: StoredFact>(_ text: String, _ type: Record.Type = Event.self) throws -> Set<String> {
        let search = try #require(SearchExpression(text))
        let byName = try coverage.ids(ListQuery<Record>(search: search, limit: 100))
        let byRelevance = try coverage.ids(ListQuery<Record>(search: search, order: .relevance, limit: 100))
        #expect(Set(byName) == Set(byRelevance))
        return Set(byName)
    }

    @Test func findsWords() throws {
        #expect(try find("salt") == ["karst-meeting", "salt-duty"])
        #expect(try find("SALT  island") == ["karst-meeting"])
        #expect(try find("salt ferry") == [])
        #expect(try find("sal") == [])
        #expect(try find("summit-of") == ["league-summit"])
    }

    @Test func findsPhrases() throws {
        #expect(try find("amber league") == ["league-summit", "league-founded"])
        #expect(try find("\"of the amber\"") == ["league-summit", "league-founded"])
        #expect(try find("\"amber of the\"") == [])
        #expect(try find("\"of the amber") == ["league-summit", "league-founded"])
        #expect(try find("\"the visit\" call") == ["envoy-call"])
        #expect(try find("call\"the visit\"") == ["envoy-call"])
    }

    @Test func findsPrefixes() throws {
        #expect(try find("fest*") == ["ferry-festival"])
        #expect(try find("fish*") == ["karst-dinner", "fishing-rules"])
        #expect(try find("fish* thr*") == ["karst-dinner"])
        // Between quotation marks a star is none.
        #expect(try find("\"fest*\"") == [])
    }

    @Test func ignoresDiacriticsAndCase() throws {
        #expect(try find("renée", Person.self) == ["renee-ostrava"])
        #expect(try find("RENEE", Person.self) == ["renee-ostrava"])
        #expect(try find("rene\u{301}e", Person.self) == ["renee-ostrava"])
    }

    @Test func looksInWhatEachTypeHas() throws {
        #expect(try find("foreign", Person.self) == ["oskar-brandt"])
        #expect(try find("commerce", Issue.self) == ["trade"])
        #expect(try find("duty", Issue.self) == ["salt-tariff"])
        #expect(try find("MOT", Organization.self) == ["arvenian-trade-ministry"])
        #expect(try find("lindal", Place.self) == ["port-lindal"])
        #expect(try find("courier", Article.self) == ["talks-in-karst"])
        #expect(try find("wire", Article.self) == ["talks-in-karst"])
    }

    @Test func findsWhatARecordSaysNow() throws {
        #expect(try find("fish three") == ["karst-dinner"])
        _ = try coverage.database.load(
            EnvoyVisit.seeds(in: "events.json", replacing: "Fish for three.", with: "Mussels, late."))
        #expect(try find("mussels") == ["karst-dinner"])
        #expect(try find("fish three") == [])
    }

    @Test func goesWithFilters() throws {
        let query = ListQuery<Event>(
            filters: [Filter(.kind, values: ["policy"])], search: SearchExpression("salt"), order: .relevance)
        let page = try coverage.database.read { try $0.page(query) }
        #expect(page.ids == ["salt-duty"])
        #expect(page.total == .exact(1))
    }

    @Test(arguments: ["", " ", "*", "\"\"", "\"", "- + ( )", "…", "\u{1F600}", "\0", "\"*\"", "\"\"\"", "\u{200D}"])
    func hasNothingToLookFor(text: String) {
        #expect(SearchExpression(text) == nil)
    }

    /// Nothing here is syntax, and nothing an error: each is looked for as it stands.
    @Test(arguments: [
        "salt OR ferry", "salt NOT island", "NEAR(salt island)", "name:salt", "{name body}: salt", "^salt", "salt AND",
        "-salt", "(salt", "salt)", "salt'; DROP TABLE events; --", "a\"b\"c\"", "\"a\"\"b\"", "s*t*", "**salt",
        "salt\0ferry", "salt\"\u{301} OR ferry", "salt\"\u{200D}", "\u{301}salt\"\u{301}\"", "\u{1F600}salt",
        "谈判 盐", "谈判*", "Ⓐ", "½", "\u{0345}", "\r\n salt \u{2028}", "salt\u{FEFF}",
    ])
    func takesEverythingLiterally(text: String) throws {
        let found = try find(text)
        // Only what has the words as words may be found; 'and' is one that the talks have.
        #expect(found.isSubset(of: ["karst-meeting", "salt-duty"]))
        for word in ["OR", "NOT", "NEAR", "name", "body", "TABLE"] where text.contains(word) { #expect(found.isEmpty) }
    }

    /// White space as Unicode has it: U+001C is none, though a control character beside those that are.
    @Test(arguments: [
        ("a\u{B}b", 2), ("a\u{C}b", 2), ("a\tb", 2), ("a\u{85}b", 2), ("a\u{A0}b", 2), ("a\u{1C}b", 1), ("a\u{E}b", 1),
        ("a\u{8}b", 1),
    ])
    func splitsAtWhiteSpace(text: String, words: Int) {
        #expect(SearchExpression(text)?.expression.split(separator: " AND ").count == words)
    }

    @Test func looksForAWordOnce() {
        #expect(
            SearchExpression("Salt salt duty s* SALT s* \"salt\"")?.expression == "\"Salt\" AND \"duty\" AND \"s\"*")
    }

    @Test(arguments: ["salt ", "s* ", "\"salt duty\" ", "salt", "盐", "a\" "])
    func takesTenKilobytes(piece: String) throws {
        let text = String(repeating: piece, count: 10_240 / piece.utf8.count)
        _ = try find(text)
    }
}

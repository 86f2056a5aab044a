// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import JSON
import TestSupport
import Testing

@Suite struct ExcerptTests {
    private func api(_ excerpts: Excerpts, withTexts: Bool = true) throws -> TestAPI {
        let api = try TestAPI(excerpts: excerpts)
        if withTexts { try api.coverage.importTexts() }
        return api
    }

    /// What the evidence and `include=text` give of the paragraph on the dinner.
    private func texts(_ api: TestAPI) -> [JSONValue] {
        let evidence = api.ask("/v1/events/karst-dinner/evidence").json["data"][0]
        let cited = api.ask("/v1/events/karst-dinner?include=text").json["evidence"][0]
        let listed = api.ask("/v1/events?kind=activity&include=text&sort=name").json["data"][0]["evidence"][0]
        #expect(cited.names == ["article", "paragraph", "anchors", "status", "text"])
        #expect(listed == cited)
        return [evidence["text"], cited["text"]]
    }

    @Test func letsNothingLeave() throws {
        let api = try api(.none)
        #expect(texts(api) == [.null, .null])
        #expect(api.ask("/v1/events/karst-dinner/evidence").json["data"][0]["state"] == "verified")
        // The articles' own words are nowhere else either.
        for (path, _) in EnvelopeTests.lists {
            for format in ["json", "csv", "ndjson"] {
                let reply = api.ask("\(path)?limit=100&format=\(format)")
                #expect(reply.status == 200 && !reply.text.contains("fish restaurant"))
            }
        }
        for target in ["/v1/search?q=fish", "/v1/search?q=restaurant", "/v1/coverage?limit=100", "/v1/timeline"] {
            #expect(!api.ask(target).text.contains("fish restaurant"))
        }
    }

    @Test func letsSomeCharactersLeave() throws {
        #expect(texts(try api(.characters(14))) == ["In the evening…", "In the evening…"])
    }

    @Test func letsAsMuchLeaveInLines() throws {
        let api = try api(.characters(14))
        let lines = api.ask("/v1/events?kind=activity&include=text&format=ndjson&sort=name").body
            .split(separator: UInt8(ascii: "\n"))
        let first = try JSONReader.read(Array(try #require(lines.first)))
        #expect(first["evidence"][0]["text"] == "In the evening…")
    }

    @Test func letsAllLeave() throws {
        let text = "In the evening the diver Renée Ostrava joined both at dinner in a fish restaurant."
        #expect(texts(try api(.full)) == [.string(text), .string(text)])
    }

    @Test func hasNoTextBeforeTheImport() throws {
        let api = try api(.full, withTexts: false)
        #expect(texts(api) == [.null, .null])
        #expect(api.ask("/v1/events/karst-dinner/evidence").json["data"][0]["state"] == "textAbsent")
    }

    @Test func showsTextOnlyWhereItIsAskedFor() throws {
        let api = try api(.full)
        #expect(!api.ask("/v1/events/karst-dinner").json["evidence"][0].names.contains("text"))
        let office = api.ask("/v1/people/oskar-brandt?include=text&fields=offices").json["offices"][0]
        #expect(office["evidence"][0]["text"].text.contains("Foreign Minister"))
    }

    @Test func checksEvidenceNow() throws {
        let api = try api(.full)
        let edition = try #require(EnvoyVisit.texts["karst-courier.txt"]).replacing("dinner", with: "supper")
        _ = try api.coverage.database.importArticle(
            source: "karst-courier.txt", bytes: Array(edition.utf8), replace: true)
        let evidence = api.ask("/v1/events/karst-dinner/evidence").json["data"][0]
        #expect(evidence["state"] == "stale")
        #expect(
            evidence.names == ["article", "paragraph", "anchors", "status", "part", "digest", "state", "text"])
    }
}

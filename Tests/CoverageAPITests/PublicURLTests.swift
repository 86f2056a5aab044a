// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSON
import Testing

@Suite struct PublicURLTests {
    private static let base = "https://data.example/readout"

    @Test(arguments: [base, base + "/"])
    func standsBeforeEveryLink(publicURL: String) throws {
        let api = try TestAPI(publicURL: publicURL)
        let list = api.ask("/v1/events?limit=1", fields: [try #require(HTTPField.Name("Host")): "elsewhere.example"])
        #expect(list.json["data"][0]["href"].text.hasPrefix(Self.base + "/v1/events/"))
        #expect(list.json["data"][0]["evidence"][0]["article"]["href"].text.hasPrefix(Self.base + "/v1/articles/"))
        let links = try #require(list.field("Link")).split(separator: ", ")
        #expect(links.count == 2)
        #expect(links.allSatisfy { $0.hasPrefix("<\(Self.base)/v1/events?limit=1") })
        let home = api.ask("/v1").json["links"]
        #expect(home.names.allSatisfy { home[$0].text.hasPrefix(Self.base + "/") })
        #expect(api.ask("/v1/nothing").json["type"] == .string(Self.base + "/problems/not-found"))
        #expect(api.ask("/problems/not-found").json["type"] == .string(Self.base + "/problems/not-found"))
        let evidence = api.ask("/v1/events/karst-meeting/evidence?limit=1")
        #expect(
            evidence.field("Link")?.hasPrefix("<\(Self.base)/v1/events/karst-meeting/evidence?limit=1&cursor=") == true)
        #expect(!(list.text + home.names.joined()).contains("elsewhere.example"))
    }

    /// Wherever a record is referred to, in whatever format.
    @Test(arguments: [
        "/v1/search?q=salt", "/v1/suggest?q=salt", "/v1/compare?a=envoy-lands&b=talks-in-karst", "/v1/coverage",
        "/v1/timeline?limit=100", "/v1/graph?focus=oskar-brandt", "/v1/articles/envoy-lands/overlap",
        "/v1/events?format=csv", "/v1/events?format=ndjson", "/v1/events?format=geojson", "/v1/statements?limit=3",
        "/v1/discrepancies?include=text",
    ])
    func standsBeforeLinksOfEveryView(target: String) throws {
        let api = try TestAPI(publicURL: Self.base)
        let reply = api.ask(target)
        #expect(reply.status == 200)
        let links = reply.text.matches(of: /[^"<,\s]*\/v1\/[a-z]+\/[a-z-]+/)
        #expect(!links.isEmpty)
        #expect(links.allSatisfy { $0.output.hasPrefix(Self.base + "/v1/") })
        #expect(reply.field("Link")?.contains("</v1") != true)
    }
}

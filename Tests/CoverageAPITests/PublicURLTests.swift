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
}

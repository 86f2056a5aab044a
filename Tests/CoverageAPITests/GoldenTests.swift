// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import TestSupport
import Testing

@Suite struct GoldenTests {
    @Test(arguments: [
        ("home", "/v1"),
        ("events", "/v1/events"),
        ("event", "/v1/events/karst-meeting"),
        ("event-evidence", "/v1/events/karst-meeting/evidence"),
        ("event-texts", "/v1/events/karst-meeting?include=text,parts"),
        ("people", "/v1/people"),
        ("person", "/v1/people/oskar-brandt"),
        ("person-evidence", "/v1/people/oskar-brandt/evidence"),
        ("officials", "/v1/officials?fields=name,offices&include=events,issues"),
        ("issues", "/v1/issues"),
        ("issue", "/v1/issues/salt-tariff"),
        ("organizations", "/v1/organizations"),
        ("organization", "/v1/organizations/arvenia"),
        ("places", "/v1/places"),
        ("place", "/v1/places/belmora"),
        ("articles", "/v1/articles"),
        ("article", "/v1/articles/talks-in-karst"),
        ("statements", "/v1/statements"),
        ("statement", "/v1/statements/freighter-quoted"),
        ("discrepancies", "/v1/discrepancies"),
        ("discrepancy", "/v1/discrepancies/reach-of-arvenia"),
        ("discrepancy-evidence", "/v1/discrepancies/reach-of-arvenia/evidence"),
        ("facets", "/v1/events?facets=kind,status,place,issue&fields=id&limit=1"),
        ("event-reported", "/v1/events/karst-meeting?asReportedBy=envoy-lands"),
        ("search", "/v1/search?q=salt&facets=type"),
        ("suggest", "/v1/suggest?q=ta"),
        ("compare", "/v1/compare?a=envoy-lands&b=notes-from-teal-island"),
        ("coverage", "/v1/coverage?type=event,discrepancy"),
        ("timeline", "/v1/timeline?by=month&fields=name,date"),
        ("graph", "/v1/graph?focus=renee-ostrava&depth=2"),
        ("graph-people", "/v1/graph?focus=renee-ostrava&depth=1&type=person"),
        ("overlap", "/v1/articles/envoy-lands/overlap"),
        ("events-geojson", "/v1/events?format=geojson&fields=name,place&kind=meeting,summit,incident"),
        ("page", "/v1/events?sort=-date&limit=2&fields=date"),
        ("vocabularies", "/v1/vocabularies"),
        ("problems", "/problems"),
        ("problem", "/problems/invalid-cursor"),
        ("healthz", "/healthz"),
        ("readyz", "/readyz"),
    ])
    func answersAsRecorded(name: String, target: String) throws {
        let api = try TestAPI(excerpts: .characters(20))
        try api.coverage.importTexts()
        let reply = api.ask(target)
        #expect(reply.status == 200)
        #expect(
            reply.field("Content-Type") == (name.hasSuffix("geojson") ? "application/geo+json" : "application/json"))
        try Golden.expect(reply, as: name)
    }

    /// What is no JSON, byte for byte.
    @Test(arguments: [
        ("events.csv", "/v1/events?format=csv"), ("discrepancies.csv", "/v1/discrepancies?format=csv"),
        ("statements.ndjson", "/v1/statements?format=ndjson&fields=gist,speaker,date"),
        ("events.ics", "/v1/events?format=ics"),
    ])
    func writesAsRecorded(name: String, target: String) throws {
        let reply = try TestAPI().ask(target)
        #expect(reply.status == 200)
        try Golden.expect(text: reply.text, as: name)
    }

    @Test(arguments: [
        ("refused-id", "/v1/events/karst-meting", 404),
        ("refused-path", "/v1/event", 404),
        ("refused-report", "/v1/events/karst-dinner?asReportedBy=envoy-lands", 404),
        ("refused-subject", "/v1/discrepancies?subject=arvenia", 400),
        ("refused-parameters", "/v1/events?offical=x&kind=visits&limit=0&from=2031-05&to=2031-04", 400),
    ])
    func refusesAsRecorded(name: String, target: String, status: Int) throws {
        let reply = try TestAPI().ask(target)
        #expect(reply.status == status)
        #expect(reply.field("Content-Type") == "application/problem+json")
        try Golden.expect(reply, as: name)
    }
}

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
        #expect(reply.field("Content-Type") == "application/json")
        try Golden.expect(reply, as: name)
    }

    @Test(arguments: [
        ("refused-id", "/v1/events/karst-meting", 404),
        ("refused-path", "/v1/event", 404),
        ("refused-parameters", "/v1/events?offical=x&kind=visits&limit=0&from=2031-05&to=2031-04", 400),
    ])
    func refusesAsRecorded(name: String, target: String, status: Int) throws {
        let reply = try TestAPI().ask(target)
        #expect(reply.status == status)
        #expect(reply.field("Content-Type") == "application/problem+json")
        try Golden.expect(reply, as: name)
    }
}

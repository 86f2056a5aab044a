// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import JSON
import TestSupport
import Testing

@Suite struct HealthTests {
    @Test func isReadyWithCoverageOnly() throws {
        let api = try TestAPI(nil)
        #expect(api.ask("/healthz").status == 200)
        let empty = api.ask("/readyz")
        #expect(empty.status == 503 && empty.problem == "not-ready")
        _ = try api.coverage.database.load(EnvoyVisit.seeds())
        let ready = api.ask("/readyz")
        #expect(ready.status == 200)
        #expect(
            ready.json == ["status": "ready", "checks": ["database": "ok", "schema": "ok", "serving": "ok"]])
        #expect(ready.field("Cache-Control") == "no-store")
        #expect(!ready.isShareable)
    }

    /// What becomes of its database ends no process: that it cannot serve is for readiness to say.
    @Test func isAliveWithoutItsDatabase() throws {
        let api = try TestAPI()
        try api.coverage.destroy()
        let ready = api.ask("/readyz")
        #expect(ready.status == 503 && ready.json["detail"].text == "The database cannot be read; the log says why.")
        #expect(api.ask("/v1").status >= 500)
        #expect(api.ask("/healthz").json == ["status": "alive"])
        #expect(api.ask("/problems/not-ready").status == 200)
    }

    @Test func answersFromAnEmptyDatabase() throws {
        let api = try TestAPI(nil)
        for (path, _) in EnvelopeTests.lists {
            let reply = api.ask(path)
            #expect(reply.status == 200)
            #expect(reply.json["data"] == [] && reply.json["page"]["total"] == 0)
        }
        #expect(api.ask("/v1").json["period"] == ["from": .null, "to": .null])
        #expect(api.ask("/v1/events/x").status == 404)
        #expect(api.ask("/v1/events?place=karst").json["detail"].text.contains("use none."))
        let reported = api.ask("/v1/events?asReportedBy=karst").json["detail"].text
        #expect(reported.contains("there is nothing to choose from here."), "\(reported)")
    }

    @Test func leadsTheWayIn() throws {
        let api = try TestAPI()
        let home = api.ask("/v1").json
        #expect(home["version"] == "0.0.0-test")
        // These cannot be asked without saying what for.
        let asking = ["search": ["q"], "suggest": ["q"], "compare": ["a", "b"], "graph": ["focus"]]
        for name in home["links"].names {
            let reply = api.ask(home["links"][name].text)
            #expect(reply.status == (asking[name] == nil ? 200 : 400), "\(name)")
            #expect(reply.faults == asking[name] ?? [])
            #expect(reply.status == 200 || reply.json["detail"].text.contains("is missing; this path needs it."))
        }
        for name in home["counts"].names {
            #expect(api.ask(home["links"][name].text).json["page"]["total"] == home["counts"][name], "\(name)")
        }
        let version = home["dataVersion"]
        try api.change("Fish for three.", to: "Fish, late.")
        #expect(api.ask("/v1").json["dataVersion"] != version)
    }

    @Test func explainsEveryClosedSet() throws {
        let vocabularies = try TestAPI().ask("/v1/vocabularies").json
        func expect<Set: ClosedSet>(_ set: Set.Type) {
            let terms = vocabularies[Set.vocabulary].elements
            #expect(terms.map(\.["value"].text) == Set.allCases.map(\.rawValue))
            #expect(terms.map(\.["meaning"].text) == Set.allCases.map(\.meaning))
            #expect(terms.allSatisfy { $0["meaning"].text.hasSuffix(".") })
        }
        expect(EventKind.self)
        expect(EventStatus.self)
        expect(ParticipantRole.self)
        expect(PersonCategory.self)
        expect(OrganizationKind.self)
        expect(PlaceKind.self)
        expect(StatementForm.self)
        expect(DiscrepancyKind.self)
        expect(DateBasis.self)
        expect(DatePrecision.self)
        expect(Evidence.State.self)
        expect(FactType.self)
        expect(ProposalKind.self)
        expect(ProposalState.self)
        #expect(vocabularies.names.count == 14)
    }
}

// SPDX-License-Identifier: Apache-2.0

import JSON
import TestSupport
import Testing

/// Events as one article has them; counts; what statements and discrepancies are kept by.
@Suite struct ReportedRouteTests {
    private let api: TestAPI

    init() throws {
        api = try TestAPI()
    }

    @Test func showsEventsAsOneArticleHasThem() {
        let items = api.ask("/v1/events?asReportedBy=envoy-lands&limit=100").json["data"].elements
        #expect(items.map(\.["id"].text) == api.ids("/v1/events?article=envoy-lands&limit=100"))
        for item in items {
            #expect(item["evidence"].elements.allSatisfy { $0["article"]["id"] == "envoy-lands" })
            #expect(!item["evidence"].elements.isEmpty)
            // Alone or in the list.
            #expect(api.ask("\(item["href"].text)?asReportedBy=envoy-lands").json == item)
        }
        func status(_ id: String, _ article: String) -> JSONValue {
            api.ask("/v1/events/\(id)?asReportedBy=\(article)").json["status"]
        }
        #expect(status("karst-meeting", "envoy-lands") == "scheduled")
        #expect(status("karst-meeting", "talks-in-karst") == "occurred")
        #expect(status("envoy-visit", "talks-in-karst") == .null)
        #expect(api.ids("/v1/events?asReportedBy=talks-in-karst&status=none") == ["envoy-visit", "return-visit"])
        #expect(api.ids("/v1/events?asReportedBy=envoy-lands&status=scheduled") == ["karst-meeting"])
        #expect(api.ids("/v1/events?status=scheduled") == [])
    }

    @Test(arguments: [
        ("karst-dinner", "envoy-lands", "'envoy-lands' does not report it; talks-in-karst does."),
        ("karst-meeting", "notes-from-teal-island", "it; envoy-lands, talks-in-karst do."),
    ])
    func namesThoseThatReportIt(id: String, article: String, words: String) {
        let reply = api.ask("/v1/events/\(id)?asReportedBy=\(article)")
        #expect(reply.status == 404 && reply.problem == "not-found")
        #expect(reply.json["detail"].text.contains(words), "\(reply.json["detail"].text)")
    }

    @Test(arguments: [
        ("/v1/events?asReportedBy=envoy-land", "did you mean 'envoy-lands'?"),
        ("/v1/events/karst-dinner?asReportedBy=nothing-of-the-kind", "there is no article of that id"),
        ("/v1/people?asReportedBy=envoy-lands", "There is no parameter 'asReportedBy' here"),
        ("/v1/people/ilse-marn?asReportedBy=envoy-lands", "There is no parameter 'asReportedBy' here"),
    ])
    func refusesWhomItDoesNotKnow(target: String, words: String) {
        let reply = api.ask(target)
        #expect(reply.status == 400 && reply.faults == ["asReportedBy"])
        #expect(reply.json["detail"].text.contains(words), "\(reply.json["detail"].text)")
    }

    // MARK: Facets

    @Test func countsBesideTheList() {
        let reply = api.ask("/v1/events?kind=visit,call&facets=kind,issue,official,kind&limit=1")
        #expect(reply.json.names == ["data", "page", "facets"])
        #expect(reply.json["facets"].names == ["kind", "issue", "official"])
        #expect(reply.json["data"].elements.count == 1)
        // Kinds as if no kind had been asked for; issues of the visits and the call alone.
        let kinds = reply.json["facets"]["kind"].elements
        #expect(kinds.first == ["value": "activity", "name": "Activity", "count": 2])
        #expect(kinds.map(\.["value"].text).contains("policy"))
        #expect(reply.json["facets"]["issue"] == [["value": "trade", "name": "Trade", "count": 2]])
        #expect(
            reply.json["facets"]["official"] == [
                ["value": "oskar-brandt", "name": "Oskar Brandt", "count": 3],
                ["value": "mira-talvane", "name": "Mira Talvane", "count": 2],
            ])
        #expect(!api.ask("/v1/events").json.names.contains("facets"))
    }

    @Test func countsTheStagesOfAnArticle() {
        let facets = api.ask("/v1/events?asReportedBy=envoy-lands&facets=status&status=scheduled").json["facets"]
        #expect(
            facets["status"].elements.map { "\($0["value"].text) \($0["count"])" } == [
                "occurred integer(2)", "ongoing integer(2)", "possible integer(1)", "scheduled integer(1)",
            ])
    }

    @Test(arguments: [
        ("/v1/events?facets=kidn", "did you mean 'kind'?"),
        ("/v1/events?facets=country", "'facets' cannot be 'country'"),
        ("/v1/events?facets=", "'facets' has no value"),
        ("/v1/discrepancies?facets=subject", "use article, kind."),
        ("/v1/places?facets=within", "'facets' cannot be 'within'"),
    ])
    func refusesWhatCannotBeCounted(target: String, words: String) {
        let reply = api.ask(target)
        #expect(reply.status == 400 && reply.faults == ["facets"])
        #expect(reply.json["detail"].text.contains(words), "\(reply.json["detail"].text)")
    }

    // MARK: Statements and discrepancies

    @Test(arguments: [
        ("/v1/statements?speaker=tobias-quill", ["freighter-quoted"]),
        ("/v1/statements?speaker=none&form=indirect&sort=date", ["salt-came-first", "freighter-told", "not-charged"]),
        ("/v1/statements?issue=trade", ["salt-came-first", "meeting-announced"]),
        ("/v1/statements?issue=none", ["no-date-given", "freighter-quoted"]),
        ("/v1/statements?event=freighter-stopped", ["freighter-told", "freighter-quoted"]),
        ("/v1/statements?from=2031-04-13&to=2031-04-13", ["no-date-given", "salt-came-first"]),
        ("/v1/statements?from=2031-04&certain=true", ["no-date-given", "salt-came-first"]),
        ("/v1/statements?q=aide", ["salt-came-first"]),
        ("/v1/statements?q=freighter&article=notes-from-teal-island", ["freighter-quoted"]),
        ("/v1/discrepancies?subject=tobias-quill", ["custody-of-quill"]),
        ("/v1/discrepancies?subject=place:arvenia", ["reach-of-arvenia"]),
        ("/v1/discrepancies?subject=organization:arvenia", []),
        ("/v1/discrepancies?subject.not=event:karst-meeting,tobias-quill", ["reach-of-arvenia", "what-of-the-island"]),
        ("/v1/discrepancies?kind=scope,hedging", ["what-of-the-island", "whether-they-met"]),
        ("/v1/discrepancies?article=talks-in-karst&kind.not=hedging", ["reach-of-arvenia", "what-of-the-island"]),
        ("/v1/discrepancies?q=company", ["custody-of-quill"]),
    ])
    func keeps(target: String, ids: [String]) {
        #expect(api.ids(target) == ids)
    }

    @Test func asksWhichSubjectIsMeant() {
        let reply = api.ask("/v1/discrepancies?subject=arvenia")
        #expect(reply.status == 400 && reply.faults.contains("subject"))
        #expect(reply.json["detail"].text.contains("organization:arvenia, place:arvenia; say which."))
        let near = api.ask("/v1/discrepancies?subject=event:karst-meting")
        #expect(near.json["detail"].text.contains("did you mean 'event:karst-meeting'?"))
        #expect(api.ask("/v1/discrepancies?subject=nowhere:x").status == 400)
    }

    @Test func includesStatementsAndDiscrepancies() {
        func ids(_ target: String, _ member: String) -> [String] {
            api.ask(target).json[member].elements.map(\.["id"].text)
        }
        #expect(ids("/v1/events/karst-meeting?include=statements,discrepancies", "statements") == ["salt-came-first"])
        #expect(ids("/v1/events/karst-meeting?include=discrepancies", "discrepancies") == ["whether-they-met"])
        #expect(ids("/v1/people/tobias-quill?include=statements", "statements") == ["freighter-quoted"])
        #expect(ids("/v1/people/tobias-quill?include=discrepancies", "discrepancies") == ["custody-of-quill"])
        #expect(ids("/v1/issues/detentions?include=statements", "statements") == ["freighter-told", "not-charged"])
        #expect(
            ids("/v1/articles/talks-in-karst?include=statements", "statements") == ["no-date-given", "salt-came-first"])
    }
}

// SPDX-License-Identifier: Apache-2.0

import JSON
import Testing

/// Nothing is ignored and nothing clamped: whatever is wrong with a query is said, all of it at once.
@Suite struct ParameterFaultTests {
    private let api: TestAPI

    init() throws {
        api = try TestAPI()
    }

    private func expectRefusal(_ target: String, _ problem: String, _ parameters: [String], _ words: String) {
        let reply = api.ask(target)
        #expect(reply.status == 400)
        #expect(reply.problem == problem)
        #expect(reply.faults == parameters)
        #expect(reply.json["detail"].text.contains(words), "\(reply.json["detail"].text)")
        #expect(
            reply.json["detail"].text == reply.json["errors"].elements.map(\.["detail"].text).joined(separator: " "))
    }

    @Test(arguments: [
        ("/v1/events?kidn=visit", "kidn", "did you mean 'kind'?"),
        ("/v1/events?Kind=visit", "Kind", "did you mean 'kind'?"),
        ("/v1/events?kind.nto=visit", "kind.nto", "did you mean 'kind.not'?"),
        ("/v1/events?=x", "", "There is no parameter '' here"),
        ("/v1/events?speaker=x", "speaker", "There is no parameter 'speaker' here"),
        ("/v1/people?from=2031", "from", "There is no parameter 'from' here"),
        ("/v1/events/karst-meeting?limit=1", "limit", "There is no parameter 'limit' here"),
        ("/v1/events/karst-meeting/evidence?fields=id", "fields", "this path takes limit, cursor, format."),
        ("/v1?x=1", "x", "this path takes format."),
        ("/v1/vocabularies?x=1", "x", "this path takes format."),
        ("/healthz?x=1", "x", "this path takes none."),
        ("/readyz?x=1", "x", "this path takes none."),
        ("/problems?x=1", "x", "this path takes none."),
        ("/problems/not-found?x=1", "x", "this path takes none."),
    ])
    func refusesUnknownParameters(target: String, parameter: String, words: String) {
        expectRefusal(target, "unknown-parameter", [parameter], words)
    }

    @Test(arguments: [
        // Misspelt values.
        (
            "/v1/events?official=qscar-brandt", "official",
            "'official' cannot be 'qscar-brandt'; did you mean 'oskar-brandt'?"
        ),
        ("/v1/events?official=event:oskar-brandt", "official", "cannot be 'event:oskar-brandt'"),
        ("/v1/events?official=Brandt", "official", "did you mean 'oskar-brandt'?"),
        ("/v1/events?kind.not=vist", "kind.not", "did you mean 'visit'?"),
        ("/v1/events?country=atlantis", "country", "use arvenia, belmora."),
        ("/v1/events?kind=none", "kind", "cannot be 'none'"),
        (
            "/v1/events?status=open", "status",
            "use occurred, ongoing, scheduled, expected, possible, postponed, cancelled, none."
        ),
        ("/v1/articles?publisher=Harbor%20Herald", "publisher", "did you mean 'Harbour Herald'?"),
        // Of nothing like it, and few enough to name.
        ("/v1/events?article=nope", "article", "use envoy-lands, notes-from-teal-island, talks-in-karst."),
        // Too many to name.
        ("/v1/events?partOf=envoy", "partOf", "did you mean 'envoy-call'?"),
        ("/v1/events?partOf=nothing-of-the-kind-at-all", "partOf", "; nothing of a like name is known."),
        ("/v1/events?kind=vist,vist&kind=vist&kind=call,vist", "kind", "did you mean 'visit'?"),
        ("/v1/events?certain=yes", "certain", "use true, false."),
        ("/v1/events?sort=dates", "sort", "did you mean 'date'?"),
        ("/v1/events?sort=-dat", "sort", "did you mean '-date'?"),
        ("/v1/events?sort=relevance", "sort", "only with 'q'"),
        ("/v1/people?sort=date", "sort", "'sort' cannot be 'date'"),
        ("/v1/people?sort=-date", "sort", "'sort' cannot be '-date'; use name, -name"),
        ("/v1/events?fields=titel", "fields", "did you mean 'title'?"),
        ("/v1/events?fields=title,,kind", "fields", "cannot be ''"),
        ("/v1/events?include=people", "include", "use parts, statements, discrepancies, text."),
        ("/v1/articles?include=text", "include", "cannot be 'text'"),
        ("/v1/events?format=xml", "format", "use json, csv, ndjson, ics, geojson."),
        ("/v1/events?format=ics&fields=title", "fields", "'fields' goes with other formats"),
        ("/v1/events?format=ics&include=parts", "include", "'include' goes with other formats"),
        ("/v1/events?format=ics&facets=kind", "facets", "goes with JSON"),
        ("/v1/events/karst-meeting/evidence?format=csv", "format", "use json."),
        // Numbers and dates.
        ("/v1/events?limit=0", "limit", "from 1 to 100"),
        ("/v1/events?limit=101", "limit", "from 1 to 100"),
        ("/v1/events?limit=-1", "limit", "from 1 to 100"),
        ("/v1/events?limit=%2B5", "limit", "from 1 to 100"),
        ("/v1/events?limit=1e1", "limit", "from 1 to 100"),
        ("/v1/events?limit=%D9%A3", "limit", "from 1 to 100"),
        ("/v1/events?limit=99999999999999999999", "limit", "from 1 to 100"),
        ("/v1/events?from=yesterday", "from", "'from' cannot be 'yesterday'"),
        ("/v1/events?to=2031-02-30", "to", "there is no day 30"),
        ("/v1/events?from=12031", "from", "begins with 'Y'"),
        ("/v1/events?to=..", "to", "'to' cannot be '..': leave it out where there is no bound."),
        ("/v1/events?from=06/18/2031", "from", "'06/18/2031': it has to be one day, month or year, such as"),
        ("/v1/events?from=18.06.2031", "from", "'18.06.2031': it has to be one day, month or year, such as"),
        ("/v1/events?from=2031-06-1", "from", "'2031-06-1': it has to be one day, month or year, such as"),
        ("/v1/events?from=203", "from", "'203': it has to be one day, month or year, such as"),
        ("/v1/events?from=2031-13", "from", "'2031-13': it has to be one day, month or year, such as"),
        ("/v1/events?from=2031-04~", "from", "'2031-04~': it has to be one day, month or year, such as"),
        ("/v1/events?from=today", "from", "'today': it has to be one day, month or year, such as"),
        ("/v1/events?from=20310618", "from", "hyphens"),
        ("/v1/events?from=2031-06-18T10:00", "from", "no time of day"),
        ("/v1/events?from=2031-04~", "from", "one day, month or year"),
        ("/v1/events?to=2031-04/2031-05", "to", "one day, month or year"),
        ("/v1/events?from=2031-04-13&to=2031-04-12", "from", "'from' is after 'to'."),
        // Empty, repeated, not readable.
        ("/v1/events?kind=", "kind", "'kind' has an empty value"),
        ("/v1/events?kind=visit,", "kind", "'kind' has an empty value"),
        ("/v1/events?kind=,&kind=,,", "kind", "'kind' has an empty value"),
        ("/v1/events?limit", "limit", "'limit' has no value"),
        ("/v1/events?q=", "q", "'q' has no value"),
        ("/v1/events?q=%22%22", "q", "holds no word"),
        ("/v1/events?cursor=", "cursor", "'cursor' has no value"),
        ("/v1/events?limit=2&limit=2", "limit", "'limit' stands 2 times"),
        ("/v1/events?q=salt&q=ferry", "q", "'q' stands 2 times"),
        ("/v1/events?from=2031&from=2031", "from", "'from' stands 2 times"),
        ("/v1/events?q=%zz", "q", "%"),
        ("/v1/events?q=%FF", "q", "UTF-8"),
        ("/v1/events?q=a%00b", "q", "NUL"),
    ])
    func refusesInvalidValues(target: String, parameter: String, words: String) {
        expectRefusal(target, "invalid-parameter", [parameter], words)
    }

    @Test func namesEveryFaultAtOnce() {
        expectRefusal(
            "/v1/events?kind=vist,cal&limit=0&from=2031-05&to=2031-04&sort=x&fields=y&place=karts&bogus=1&q=salt&q=s",
            "unknown-parameter", ["bogus", "kind", "kind", "place", "q", "from", "sort", "limit", "fields"],
            "did you mean 'karst'?")
    }

    /// What is known without looking has its hint however much else is wrong.
    @Test func helpsWithEveryFault() {
        let reply = api.ask(
            "/v1/events?fields=titel,sumary,kindd,statsu&kind=vist&status=occured&format=jsn&certain=tru")
        let right = ["visit", "occurred", "true", "title", "summary", "kind", "status", "json"]
        for (fault, word) in zip(reply.json["errors"].elements, right) {
            #expect(fault["detail"].text.contains("did you mean '\(word)'?"), "\(fault["detail"].text)")
        }
        #expect(reply.json["errors"].elements.count == right.count)
    }

    /// Neither does it use up what is looked up, which is little.
    @Test func looksUpAFewTimes() {
        let faults = api.ask("/v1/events?kind=vist,cal,sumit,poliyc&place=karts,karsd,karsf,karsg").json["errors"]
            .elements
        for (fault, word) in zip(faults, ["call", "policy", "summit", "visit", "karst", "karst", "karst"]) {
            #expect(fault["detail"].text.contains("did you mean '\(word)'?"), "\(fault["detail"].text)")
        }
        #expect(faults.last?["detail"] == "'place' cannot be 'karts'.")
        #expect(faults.count == 8)
    }

    /// All that could be right is named once, however much is wrong.
    @Test func namesWhatIsRightOnce() {
        let detail = api.ask("/v1/events?include=qqqq,wwww,zzzz").json["detail"].text
        #expect(detail.ranges(of: "use parts, statements").count == 1, "\(detail)")
    }

    /// What an id names instead of what is asked for.
    @Test(arguments: [
        ("/v1/events?issue=karst", "issue", "'issue' cannot be 'karst': that is a place, not an issue."),
        ("/v1/events?official=tobias-quill", "official", "that is a person, not an official."),
        ("/v1/events?country=karst", "country", "that is a place, not a country."),
        ("/v1/discrepancies?subject=mira-talvan", "subject", "did you mean 'mira-talvane'?"),
        ("/v1/discrepancies?subject=person:mira-talvan", "subject", "did you mean 'person:mira-talvane'?"),
        ("/v1/discrepancies?subject=person:talvane", "subject", "did you mean 'person:mira-talvane'?"),
        ("/v1/discrepancies?subject=a:x,b:y,c:karst", "subject", "; did you mean 'place:karst'?"),
        ("/v1/discrepancies?subject=place:mira-talvane", "subject", "did you mean 'person:mira-talvane'?"),
        ("/v1/discrepancies?subject=thing:karst", "subject", "has to be one of event, person, issue"),
    ])
    func tellsWhatAnIDNames(target: String, parameter: String, words: String) {
        let reply = api.ask(target)
        #expect(reply.status == 400 && Set(reply.faults) == [parameter])
        #expect(reply.json["detail"].text.contains(words), "\(reply.text)")
        #expect(reply.json["detail"].text.ranges(of: "has to be one of").count <= 1, "\(reply.text)")
    }

    /// A comma is one whatever stands behind it.
    @Test func dividesValuesByBytes() {
        expectRefusal("/v1/events?kind=visit,%CC%81", "invalid-parameter", ["kind"], "cannot be '\u{301}'")
        expectRefusal("/v1/events?fields=title,%CC%81", "invalid-parameter", ["fields"], "cannot be '\u{301}'")
    }

    /// Positive filters that exclude each other are no fault.
    @Test func takesWhatOnlyLooksContradictory() {
        for query in ["kind=call&kind=visit", "kind=call&kind.not=call", "place=none&place=karst"] {
            #expect(api.ask("/v1/events?\(query)").status == 200)
            #expect(api.ids("/v1/events?\(query)") == [])
        }
    }

    /// Hostile text is looked for, not obeyed.
    @Test(arguments: [
        "q=%22%CC%81%20OR%20x", "q=name%3Asalt", "q=salt'%3B--", "q=%E8%B0%88%E5%88%A4", "publisher=%27%20OR%201%3D1",
    ])
    func neverFailsInside(query: String) {
        #expect([200, 400].contains(api.ask("/v1/articles?\(query)").status))
    }
}

// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import JSON
import TestSupport
import Testing

@Suite struct CSVTests {
    private let api: TestAPI

    init() throws {
        api = try TestAPI()
    }

    private func rows(_ target: String, of api: TestAPI? = nil) throws -> [[String]] {
        let reply = (api ?? self.api).ask(target)
        #expect(reply.status == 200)
        #expect(reply.field("Content-Type") == "text/csv; charset=utf-8; header=present")
        return try CSVReader.read(reply.body)
    }

    /// Each row by the names of its columns.
    private func table(_ target: String) throws -> [[String: String]] {
        let rows = try rows(target)
        let header = try #require(rows.first)
        return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
    }

    static let columns: [(path: String, names: String)] = [
        (
            "/v1/events",
            """
            id,type,name,href,title,summary,kind,status,date.edtf,date.earliest,date.latest,date.precision,date.basis,\
            date.note,place.id,place.name,partOf.id,partOf.name,participants.person,participants.role,organizations,\
            issues,evidence,coverage.articles,coverage.independent,revision,updatedAt
            """
        ),
        (
            "/v1/people",
            """
            id,type,name,href,category,aliases,country.id,country.name,offices.title,offices.organization,\
            offices.evidence,counts.events,counts.statements,counts.issues,counts.articles,evidence,\
            coverage.articles,coverage.independent,revision,updatedAt
            """
        ),
        (
            "/v1/issues",
            """
            id,type,name,href,aliases,summary,broader.id,broader.name,narrower,positions.party,positions.gist,\
            positions.evidence,counts.events,counts.statements,counts.people,counts.articles,evidence,\
            coverage.articles,coverage.independent,revision,updatedAt
            """
        ),
        (
            "/v1/statements",
            """
            id,type,name,href,gist,speaker.id,speaker.name,speakerAs,form,event.id,event.name,issues,date.edtf,\
            date.earliest,date.latest,date.precision,date.basis,date.note,variants,evidence,coverage.articles,\
            coverage.independent,revision,updatedAt
            """
        ),
        (
            "/v1/organizations",
            """
            id,type,name,href,kind,aliases,country.id,country.name,memberOf,evidence,coverage.articles,\
            coverage.independent,revision,updatedAt
            """
        ),
        (
            "/v1/places",
            """
            id,type,name,href,kind,aliases,within.id,within.name,latitude,longitude,evidence,coverage.articles,\
            coverage.independent,revision,updatedAt
            """
        ),
        (
            "/v1/discrepancies",
            """
            id,type,name,href,aspect,subject.id,subject.type,subject.name,kind,accounts.claim,accounts.evidence,evidence,\
            coverage.articles,coverage.independent,revision,updatedAt
            """
        ),
        (
            "/v1/articles",
            """
            id,type,name,href,source,headline,publisher,credit,published.edtf,published.earliest,published.latest,\
            published.precision,published.basis,published.note,url,lineage.group,lineage.reason,\
            lineage.confidence,paragraphs,words,sha256,hasText,revision,updatedAt
            """
        ),
    ]

    /// The columns are those of the type, whatever the records have, and also where there are none.
    @Test(arguments: columns)
    func hasConstantColumns(path: String, names: String) throws {
        let header = names.split(separator: ",").map(String.init)
        let all = try rows("\(path)?format=csv")
        #expect(all.first == header)
        #expect(all.allSatisfy { $0.count == header.count })
        #expect(all.dropFirst().map { $0[0] } == api.ids("\(path)?limit=100"))
        #expect(try rows("\(path)?format=csv", of: TestAPI(nil)) == [header])
    }

    @Test func writesValues() throws {
        let events = try table("/v1/events?format=csv")
        let meeting = try #require(events.first { $0["id"] == "karst-meeting" })
        #expect(meeting["title"] == "Talks at Harbour House")
        #expect(meeting["date.earliest"] == "2031-04-13" && meeting["date.note"] == "The Sunday after the landing.")
        #expect(meeting["place.id"] == "harbour-house" && meeting["place.name"] == "Harbour House")
        #expect(meeting["participants.person"] == "oskar-brandt;mira-talvane")
        #expect(meeting["participants.role"] == "host;visitor")
        #expect(meeting["issues"] == "salt-tariff;teal-island-dispute" && meeting["organizations"]?.isEmpty == true)
        #expect(meeting["evidence"] == "envoy-lands#3;talks-in-karst#2;talks-in-karst#3")
        #expect(meeting["coverage.articles"] == "2" && meeting["coverage.independent"] == "1")
        let back = try #require(events.first { $0["id"] == "return-visit" })
        for name in ["date.edtf", "date.note", "partOf.id", "partOf.name", "organizations"] {
            #expect(back[name] == "")
        }
        let places = try table("/v1/places?format=csv")
        #expect(places.first { $0["id"] == "karst" }?["longitude"] == "-40.25")
        #expect(places.first { $0["id"] == "arvenia" }?["longitude"] == "")
        let articles = try table("/v1/articles?format=csv")
        #expect(articles.first { $0["id"] == "envoy-lands" }?["lineage.confidence"] == "0.8")
        #expect(articles.allSatisfy { $0["hasText"] == "false" })
        let accounts = try #require(
            try table("/v1/discrepancies?format=csv").first { $0["id"] == "what-of-the-island" })
        #expect(accounts["accounts.claim"] == "Both claim it.;Boats circle it, and it is talked about.")
        #expect(accounts["subject.id"] == "teal-island-dispute" && accounts["subject.type"] == "issue")
        // In step with the claims.
        #expect(accounts["accounts.evidence"] == "notes-from-teal-island#2;talks-in-karst#5|talks-in-karst#3")
        #expect(accounts["evidence"] == "notes-from-teal-island#2;talks-in-karst#5;talks-in-karst#3")
        let brandt = try #require(try table("/v1/people?format=csv").first { $0["id"] == "oskar-brandt" })
        #expect(brandt["offices.title"] == "Foreign Minister;Host")
        #expect(brandt["offices.organization"] == "belmoran-foreign-ministry;")
    }

    /// What a member is in JSON, it is in its column.
    @Test(arguments: ["/v1/events", "/v1/people", "/v1/issues", "/v1/statements", "/v1/places", "/v1/articles"])
    func saysWhatJSONSays(path: String) throws {
        let items = api.ask("\(path)?limit=100").json["data"].elements
        for (row, item) in zip(try table("\(path)?format=csv"), items) {
            for name in item.names {
                switch item[name] {
                case .string(let text): #expect(row[name] == text)
                case .integer(let number): #expect(row[name] == String(number))
                case .bool(let flag): #expect(row[name] == String(flag))
                case .object:
                    for inner in item[name].names where row["\(name).\(inner)"] != nil {
                        if case .string(let text) = item[name][inner] { #expect(row["\(name).\(inner)"] == text) }
                    }
                default: continue
                }
            }
        }
    }

    @Test func keepsToFieldsAndInclusions() throws {
        let rows = try rows("/v1/people?format=csv&fields=name,counts&include=events,statements&category=official")
        #expect(
            rows.first == [
                "id", "type", "name", "href", "counts.events", "counts.statements", "counts.issues", "counts.articles",
                "events", "statements",
            ])
        #expect(rows.dropFirst().map { $0[9] } == ["meeting-announced", "no-date-given"])
        #expect(rows.dropFirst().map { $0[8].split(separator: ";").count } == [4, 5])
    }

    /// Quotation marks, commas, line ends and whatever stands beside them.
    @Test(arguments: [
        #"Fish, "late", for three"#, #"""#, #"""""#, ",", "a,b", "\u{22}\u{301}, \u{22}\u{301}", "x\u{22}\u{200D}y,",
        "Fisch; für drei", "\u{1F41F}\u{FE0F}, \u{1F469}\u{200D}\u{1F680}", "'=1+1", "a\u{2028}b,",
    ])
    func quotesWhatNeedsIt(text: String) throws {
        var writer = JSONWriter()
        writer.string(text)
        let json = String(decoding: writer.finish(), as: UTF8.self)
        let api = try TestAPI(EnvoyVisit.seeds(in: "events.json", replacing: "\"Fish for three.\"", with: json))
        let row = try #require(try rows("/v1/events?format=csv", of: api).first { $0[0] == "karst-dinner" })
        #expect(Array(row[5].utf8) == Array(text.utf8))
        #expect(row.count == 27)
    }
}

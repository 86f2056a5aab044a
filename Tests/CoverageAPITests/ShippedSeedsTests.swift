// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import JSON
import TestSupport
import Testing

/// The coverage that the project ships answers the question it was made for.
@Suite struct ShippedSeedsTests {
    @Test func tellWhatQinGangWasPartOfFromJune2023() throws {
        let api = try TestAPI(Repository.seeds())
        let events = api.ask("/v1/events?official=qin-gang&from=2023-06").json["data"].elements
        func find(_ kind: String, on date: String, basis: String) -> JSONValue? {
            events.first {
                $0["kind"].text == kind && $0["date"]["edtf"].text == date && $0["date"]["basis"].text == basis
            }
        }
        let call = try #require(find("call", on: "2023-06-13", basis: "background"))
        #expect(!call["date"]["note"].text.isEmpty)
        let meeting = try #require(find("meeting", on: "2023-06-18", basis: "inferred"))
        for event in [call, meeting] {
            #expect(event["participants"].elements.contains { $0["person"]["id"] == "qin-gang" })
            let evidence = api.ask("\(event["href"].text)/evidence?limit=100").json["data"].elements
            #expect(!evidence.isEmpty)
            #expect(evidence.count == event["evidence"].elements.count)
            for citation in evidence {
                #expect(citation["article"]["href"].text.hasPrefix("/v1/articles/"))
                #expect(citation["state"] == "textAbsent")
            }
        }
    }

    @Test func answerEverywhere() throws {
        let api = try TestAPI(Repository.seeds())
        for (path, _) in EnvelopeTests.lists {
            let reply = api.ask("\(path)?limit=100")
            #expect(reply.status == 200)
            #expect(!reply.json["data"].elements.isEmpty)
        }
        #expect(api.ask("/readyz").status == 200)
    }

    @Test func changeNothingTheSecondTime() throws {
        let coverage = try TestCoverage(Repository.seeds())
        #expect(try coverage.database.load(Repository.seeds()).changes == 0)
        #expect(try coverage.database.read { try $0.check() }.isClean)
    }
}

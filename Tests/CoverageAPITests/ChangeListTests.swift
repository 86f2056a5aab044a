// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import HTTP
import HTTPTypes
import JSON
import TestSupport
import Testing

@testable import CoverageAPI

@Suite struct ChangeListTests {
    private let api: TestAPI
    private let epoch: String
    private let last: Int

    init() throws {
        api = try TestAPI()
        let (epoch, last) = try api.coverage.database.read { (try $0.epoch(), try $0.lastChange()) }
        self.epoch = epoch
        self.last = last
    }

    private func numbers(_ reply: TestReply) -> [Int] {
        reply.json["data"].elements.map { if case .integer(let number) = $0["number"] { Int(number) } else { -1 } }
    }

    @Test func aChangeHasItsMembers() throws {
        let reply = api.ask("/v1/changes?limit=1")
        #expect(reply.status == 200)
        #expect(reply.json.names == ["data", "page", "epoch"])
        #expect(reply.json["epoch"].text == epoch)
        #expect(reply.json["page"]["total"] == .integer(Int64(last)))
        #expect(reply.field("Cache-Control") == "no-store")
        #expect(!reply.isShareable)
        let change = reply.json["data"][0]
        #expect(change.names == ["number", "type", "id", "href", "change", "revision", "at"])
        #expect(change["href"].text == "/v1/articles/\(change["id"].text)")
        #expect(api.ask(change["href"].text).status == 200)
        #expect(change["change"].text == "created")
        #expect(change["revision"] == .integer(1))
    }

    @Test func pagesGoThroughAll() throws {
        var found: [Int] = []
        var target: String? = "/v1/changes?limit=7&after=3"
        while let page = target {
            let reply = api.ask(page)
            #expect(reply.status == 200)
            #expect(reply.json["page"]["total"] == .integer(Int64(last - 3)))
            found += numbers(reply)
            let next = reply.field("Link")?.split(separator: ", ").first { $0.hasSuffix("rel=\"next\"") }
            target = next.flatMap { $0.split(separator: ">").first }.map { String($0.dropFirst()) }
        }
        #expect(found == Array(4...last))
    }

    @Test func aPositionIsANumberOrAnEventsID() throws {
        #expect(numbers(api.ask("/v1/changes?after=4&limit=2")) == [5, 6])
        #expect(numbers(api.ask("/v1/changes?after=\(epoch)-4&limit=2")) == [5, 6])
        let end = api.ask("/v1/changes?after=\(last)")
        #expect(end.json["data"].elements.isEmpty)
        #expect(end.json["page"]["next"] == .null)
        try api.coverage.addArticles(0..<1)
        #expect(numbers(api.ask("/v1/changes?after=\(last)")) == [last + 1])
    }

    @Test func typesAreChosen() throws {
        let reply = api.ask("/v1/changes?type=event,person&limit=100")
        #expect(Set(reply.json["data"].elements.map(\.["type"].text)) == ["event", "person"])
        #expect(numbers(reply) == numbers(reply).sorted())
        #expect(reply.json["page"]["total"] == .integer(Int64(numbers(reply).count)))
    }

    @Test(arguments: [
        ("after=-1", "after"), ("after=x", "after"), ("after=", "after"), ("after=1-2-3", "after"),
        ("after=-", "after"),
        ("after=99999999999999999999", "after"), ("type=visit", "type"), ("limit=0", "limit"), ("cursor=00", "cursor"),
        ("since=3", "since"), ("format=csv", "format"), ("after=1&after=2", "after"),
    ])
    func faultsAreNamed(query: String, parameter: String) throws {
        let reply = api.ask("/v1/changes?\(query)")
        #expect(reply.status == 400)
        #expect(reply.faults == [parameter])
    }

    @Test func aPositionOfAnotherLineIsGone() throws {
        for target in ["after=0123456789abcdef-4", "after=\(last + 1)", "after=\(epoch)-\(last + 1)"] {
            let reply = api.ask("/v1/changes?\(target)")
            #expect(reply.status == 410)
            #expect(reply.problem == "epoch-unknown")
            #expect(reply.faults == ["after"])
            let isOther = target.hasPrefix("after=0123456789abcdef")
            #expect(
                reply.json["detail"].text.hasPrefix(
                    isOther
                        ? "The position belongs to another"
                        : "There is no change \(last + 1) yet: the latest is \(last)."))
        }
    }

    /// What comes back after its end is created anew, which its revision tells.
    @Test func whatComesBackIsCreated() throws {
        let desk = try EditorDesk(api)
        let person = api.ask("/v1/people/ilse-marn").json
        #expect(desk.delete("/v1/people/ilse-marn").status == 204)
        #expect(desk.putNew("/v1/people/ilse-marn", person).status == 201)
        let changes = api.ask("/v1/changes?after=\(last)").json["data"].elements
        #expect(changes.map(\.["change"]) == ["deleted", "created"] && changes.map(\.["revision"]) == [2, 3])
    }

    @Test func whatIsForgottenIsSaidSo() throws {
        let api = try TestAPI(changesKept: 10)
        let oldest = last - 9
        #expect(numbers(api.ask("/v1/changes?limit=100")) == Array(oldest...last))
        #expect(numbers(api.ask("/v1/changes?limit=1&after=\(oldest - 1)")) == [oldest])
        let reply = api.ask("/v1/changes?after=\(oldest - 2)")
        #expect(reply.status == 410)
        #expect(reply.problem == "changes-trimmed")
        // A cursor outlives its page, not the log.
        let first = api.ask("/v1/changes?limit=1")
        let next = "/v1/changes?limit=1&cursor=\(first.json["page"]["next"].text)"
        #expect(numbers(api.ask(next)) == [oldest + 1])
        try api.coverage.addArticles(0..<5)
        #expect(api.ask(next).problem == "changes-trimmed")
        #expect(api.ask(next).faults == ["cursor"])
    }

    @Test func acceptChoosesTheForm() throws {
        let stream = api.ask("/v1/changes", fields: [.accept: "text/event-stream"])
        #expect(stream.status == 200)
        #expect(stream.field("Content-Type") == "text/event-stream")
        #expect(stream.field("Cache-Control") == "no-store")
        #expect(stream.field("Access-Control-Allow-Origin") == "*")
        #expect(!stream.isShareable)
        let list = api.ask("/v1/changes?format=json", fields: [.accept: "text/event-stream"])
        #expect(list.field("Content-Type") == "application/json")
        #expect(api.ask("/v1/changes", fields: [.accept: "*/*"]).field("Content-Type") == "application/json")
        #expect(api.ask("/v1/changes", fields: [.accept: "text/html"]).status == 406)
        let paged = api.ask("/v1/changes?limit=5&cursor=0", fields: [.accept: "text/event-stream"])
        #expect(paged.status == 400 && paged.faults == ["limit", "cursor"])
        #expect(api.ask("/v1/changes?x=%zz", fields: [.accept: "text/event-stream"]).status == 400)
    }

    @Test(arguments: ["", "-", "x", "1-", "-1", "a-b-1", "+1", "1 ", "\u{0661}", "9223372036854775808"])
    func noPosition(text: String) {
        // The empty text has no digits, and so has no number.
        #expect(ChangePosition(text) == nil)
    }
}

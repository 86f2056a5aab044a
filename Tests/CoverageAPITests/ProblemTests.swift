// SPDX-License-Identifier: Apache-2.0

import CoverageAPI
import HTTP
import HTTPTypes
import JSON
import Testing

@Suite struct ProblemTests {
    private let api: TestAPI

    init() throws {
        api = try TestAPI()
    }

    /// One shape, whatever is wrong.
    @Test(arguments: [
        ("/nothing", HTTPRequest.Method.get), ("/v1/events/nothing", .get), ("/v1/events?x=1", .get),
        ("/v1/events?limit=0", .get), ("/v1/events?cursor=00", .get), ("/v1/events?q=%zz", .get),
        ("/v1/events/%FF", .get), ("/v1/events", .delete), ("/problems/nothing", .get),
        ("/v1/events/karst-meeting/evidence?limit=x", .get),
    ])
    func hasOneShape(target: String, method: HTTPRequest.Method) throws {
        let reply = api.ask(target, method)
        #expect(reply.json.names == ["type", "title", "status", "detail", "instance", "errors"])
        #expect(reply.json["status"] == .integer(Int64(reply.status)))
        #expect(reply.json["instance"] == "urn:uuid:00000000-0000-4000-8000-000000000000")
        #expect(reply.field("Content-Type") == "application/problem+json")
        #expect(reply.field("Cache-Control") == "no-store")
        #expect(!reply.isShareable)
        let detail = reply.json["detail"].text
        #expect(detail.first?.isUppercase == true || detail.first == "'")
        #expect(detail.last == "." || detail.last == "?")
        for error in reply.json["errors"].elements {
            #expect(error.names.count == 2 && error.names.last == "detail")
            #expect(["parameter", "header", "pointer"].contains(error.names.first))
        }
        // The type is a page that can be read.
        let page = api.ask(reply.json["type"].text)
        #expect(page.status == 200)
        #expect(page.json["title"] == reply.json["title"])
        #expect(page.json["status"] == reply.json["status"])
    }

    @Test(arguments: ProblemType.all)
    func hasAPage(type: ProblemType) {
        let json = api.ask("/problems/\(type.name)")
        #expect(json.status == 200 && json.isShareable)
        #expect(json.json.names == ["type", "name", "status", "title", "remedy"])
        #expect(json.json["type"].text == "/problems/\(type.name)")
        #expect(json.json["name"].text == type.name)
        #expect(json.json["remedy"].text == type.remedy)

        let html = api.ask("/problems/\(type.name)", fields: [.accept: "text/html,application/xhtml+xml,*/*;q=0.8"])
        #expect(html.status == 200 && html.isShareable)
        #expect(html.field("Content-Type") == "text/html; charset=utf-8")
        #expect(html.field("Vary")?.contains("Accept") == true)
        #expect(html.text.hasPrefix("<!doctype html>"))
        #expect(html.text.contains("<h1>\(type.title)</h1>"))
        // Texts are set into the page as they are.
        #expect(!(type.title + type.remedy).contains { "<>&".contains($0) })
        #expect(html.field("ETag") != json.field("ETag"))
    }

    @Test func hasNoNameTwice() {
        #expect(Set(ProblemType.all.map(\.name)).count == ProblemType.all.count)
        #expect(api.ask("/problems").json["data"].elements.map(\.["name"].text) == ProblemType.all.map(\.name))
    }

    /// A browser is not sent HTML where it asks for data.
    @Test func prefersJSONWhenAnythingWillDo() {
        for accept in ["*/*", "application/json", "application/*"] {
            let reply = api.ask("/problems/not-found", fields: [.accept: accept])
            #expect(reply.field("Content-Type") == "application/json")
        }
    }

    @Test func saysThatAQueryWasTooCostly() throws {
        let api = try TestAPI(deadline: .nanoseconds(1))
        let reply = api.ask("/v1/events?country=arvenia&q=t*&limit=100")
        #expect(reply.status == 503 && reply.problem == "query-too-costly")
        #expect(reply.field("Retry-After") == "1")
        #expect(reply.field("Access-Control-Allow-Origin") == "*")
    }
}

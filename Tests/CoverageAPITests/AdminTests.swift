// SPDX-License-Identifier: Apache-2.0

import CoverageAPI
import CoverageStore
import HTTP
import HTTPTypes
import JSON
import TestSupport
import Testing

@Suite struct AdminTests {
    static let paths = [
        AdminRoutes.importPath, AdminRoutes.seedPath, AdminRoutes.checkPath, AdminRoutes.tokensPath,
        AdminRoutes.auditPath,
    ]

    private let api: TestAPI

    init() throws {
        api = try TestAPI()
    }

    private func post(_ target: String, _ body: String = "") -> TestReply {
        api.ask(target, .post, body: Array(body.utf8), origin: .local)
    }

    @Test(arguments: paths)
    func isNotThereForTheNetwork(path: String) throws {
        let before = try api.coverage.database.read { try $0.dataVersion() }
        for reply in [api.ask(path, .post), api.ask(path), api.ask(path, .options)] {
            #expect(reply.status == 404 && reply.problem == "not-found")
            #expect(!reply.text.contains("Did you mean"))
        }
        #expect(api.ask(path, origin: .local).status == 405)
        #expect(try api.coverage.database.read { try $0.dataVersion() } == before)
    }

    @Test func imports() throws {
        let text = try #require(EnvoyVisit.texts["karst-courier.txt"])
        let reply = post("/admin/import?source=karst-courier.txt", text)
        #expect(reply.status == 200 && !reply.isShareable)
        #expect(
            reply.json == [
                "source": "karst-courier.txt", "article": "talks-in-karst", "outcome": "stored", "verified": 20,
                "stale": 0, "textAbsent": 0,
            ])
        #expect(post("/admin/import?source=karst-courier.txt", text + "!").json["outcome"] == "differs")
        #expect(post("/admin/import?source=karst-courier.txt&replace=true", text + "!").json["outcome"] == "replaced")
        #expect(api.ask("/v1/articles/talks-in-karst").json["hasText"] == true)
    }

    @Test func refusesWhatIsNoArticle() {
        let blank = post("/admin/import?source=x.txt", " \n")
        #expect(blank.status == 422 && blank.problem == "invalid-body")
        #expect(blank.json["detail"] == "The file holds no text.")
        #expect(post("/admin/import", "x").faults == ["source"])
        #expect(post("/admin/import?source=x&replace=maybe&y=1", "x").faults == ["y", "replace"])
    }

    @Test func loadsSeeds() {
        let reply = post("/admin/seed", Self.body(EnvoyVisit.files))
        #expect(reply.status == 200)
        #expect(reply.json.names.map { "\($0).json" } == SeedFiles.names)
        #expect(reply.json["events"] == ["created": 0, "updated": 0, "unchanged": 13])
    }

    @Test func saysWhatIsWrongWithSeeds() {
        var files = EnvoyVisit.files
        files["events.json"] = "[{}]"
        files["people.json"] = nil
        let reply = post("/admin/seed", Self.body(files))
        #expect(reply.status == 422 && reply.problem == "invalid-body")
        let pointers = reply.json["errors"].elements.map(\.["pointer"].text)
        #expect(pointers.first == "people.json")
        #expect(pointers.contains("events.json/0/title"))
        #expect(reply.json["detail"] == .string("the seeds have \(pointers.count) faults; nothing was loaded"))
    }

    @Test(arguments: [
        "", "[]", #"{"event.json": "[]"}"#, #"{"events.json": []}"#, #"{"events.json": "", "a/b": 1}"#,
    ])
    func refusesABodyOfAnotherForm(body: String) {
        let reply = post("/admin/seed", body)
        #expect(reply.status == 422 && reply.problem == "invalid-body")
    }

    @Test func checks() throws {
        try api.coverage.importTexts()
        #expect(
            post("/admin/check").json == [
                "damage": [], "findings": [], "citations": 68, "verified": 68, "textAbsent": 0, "failures": [],
            ])
        let edition = try #require(EnvoyVisit.texts["karst-courier.txt"]).replacing("dinner", with: "supper")
        _ = post("/admin/import?source=karst-courier.txt&replace=true", edition)
        let report = post("/admin/check").json
        #expect(report["verified"] == 66)
        #expect(
            report["failures"][0] == [
                "type": "event", "id": "karst-dinner", "part": "", "article": "talks-in-karst", "paragraph": 4,
                "anchors": ["dinner"],
            ])
    }

    private static func body(_ files: [String: String]) -> String {
        var writer = JSONWriter()
        writer.object { json in
            for (name, text) in files {
                json.member(named: name)
                json.string(text)
            }
        }
        return String(decoding: writer.finish(), as: UTF8.self)
    }
}

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
        #expect(api.ask(path, .put, origin: .local).status == 405)
        #expect(try api.coverage.database.read { try $0.dataVersion() } == before)
    }

    @Test func imports() throws {
        let text = try #require(EnvoyVisit.texts["karst-courier.txt"])
        let reply = post("/admin/import?source=karst-courier.txt", text)
        #expect(reply.status == 200 && !reply.isShareable)
        #expect(
            reply.json == [
                "source": "karst-courier.txt", "article": "talks-in-karst", "outcome": "stored",
                "differences": [],
                "found": reply.json["found"], "verified": 20, "stale": 0, "textAbsent": 0,
            ])
        #expect(reply.json["found"]["overlaps"] == 0)
        #expect(post("/admin/import?source=karst-courier.txt", text + "!").json["outcome"] == "differs")
        #expect(post("/admin/import?source=karst-courier.txt&replace=true", text + "!").json["outcome"] == "replaced")
        #expect(api.ask("/v1/articles/talks-in-karst").json["hasText"] == true)
    }

    @Test func refusesWhatIsNoArticle() {
        let blank = post("/admin/import?source=x.txt", " \n")
        #expect(blank.status == 422 && blank.problem == "invalid-body")
        #expect(blank.json["detail"] == "The text holds no text.")
        #expect(post("/admin/import?source=x&replace=maybe&y=1", "x").faults == ["y", "replace"])
    }

    @Test func loadsSeeds() {
        let reply = post("/admin/seed", Self.body(EnvoyVisit.files))
        #expect(reply.status == 200)
        #expect(reply.json["counts"].names.map { "\($0).json" } == SeedFiles.names)
        #expect(reply.json["counts"]["events"] == ["created": 0, "updated": 0, "unchanged": 13, "kept": 0])
    }

    /// The audit trail says which request it was, and whether seeds were to win.
    @Test func jobsAreOnTheTrailWithTheirRequest() throws {
        var files = EnvoyVisit.files
        files["events.json"] = files["events.json"]?.replacing("Dinner in Karst", with: "Supper in Karst")
        let replies = [
            post("/admin/seed?force=true", Self.body(files)), post("/admin/seed", Self.body(EnvoyVisit.files)),
            post("/admin/import?source=new.txt", "A harbour opens\n"),
        ]
        #expect(replies.allSatisfy { $0.status == 200 })
        let trail = try api.coverage.database.read { try $0.audit(limit: 3) }.reversed()
        #expect(trail.map(\.action) == ["seed, by force", "seed", "import"])
        #expect(trail.allSatisfy { $0.request != nil })
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

    // MARK: Tokens

    @Test func createsListsAndRevokesTokens() throws {
        let created = post("/admin/tokens?name=desk%20one&scope=write&expires=90d")
        #expect(created.status == 200 && !created.isShareable)
        #expect(created.field("Cache-Control") == "no-store")
        #expect(
            created.json.names == ["id", "name", "scope", "created", "expires", "revoked", "state", "token"])
        let text = created.json["token"].text
        #expect(text.hasPrefix("readout_\(created.json["id"].text)_"))
        let use: HTTPFields = [.authorization: "Bearer \(text)"]
        #expect(api.ask("/v1", fields: use).status == 200)

        let listed = api.ask("/admin/tokens", origin: .local)
        #expect(api.ask("/admin/tokens", .head, origin: .local).status == 200)
        #expect(listed.json["data"].elements.count == 1)
        #expect(listed.json["data"][0]["name"] == "desk one")
        #expect(listed.json["data"][0]["state"] == "active")
        #expect(!listed.text.contains(text.suffix(43)))

        let revoked = api.ask("/admin/tokens?token=desk%20one", .delete, origin: .local)
        #expect(revoked.json["state"] == "revoked")
        #expect(api.ask("/v1", fields: use).status == 401)
        let trail = api.ask("/admin/audit", origin: .local)
        #expect(
            trail.json["data"].elements.map { $0["action"].text.prefix(12) } == [
                "revoke token", "create token", "seed",
            ])
        #expect(trail.json["data"][0]["request"] == "00000000-0000-4000-8000-000000000000")
        #expect(!trail.text.contains(text.suffix(43)))
        #expect(api.ask("/admin/audit?limit=1", origin: .local).json["data"].elements.count == 1)
    }

    @Test func refusesFaultyTokens() {
        #expect(post("/admin/tokens").faults == ["name", "scope"])
        let reply = post("/admin/tokens?name=operator&scope=writ&expires=soon&x=1")
        #expect(reply.status == 400)
        #expect(reply.faults == ["x", "name", "scope", "expires"])
        #expect(reply.json["detail"].text.contains("did you mean 'write'?"))
        #expect(post("/admin/tokens?name=a&scope=read").status == 200)
        let again = post("/admin/tokens?name=a&scope=read")
        #expect(again.status == 400 && again.json["detail"].text.hasPrefix("There is a token 'a' already"))
        #expect(api.ask("/admin/tokens?token=b", .delete, origin: .local).status == 400)
        #expect(api.ask("/admin/tokens", .delete, origin: .local).faults == ["token"])
        #expect(api.ask("/admin/tokens", origin: .local).json["data"].elements.count == 1)
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

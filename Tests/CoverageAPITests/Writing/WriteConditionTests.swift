// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSON
import Testing

@testable import CoverageAPI

@Suite struct WriteConditionTests {
    private let path = "/v1/people/ilse-marn"
    private let desk: EditorDesk

    init() throws {
        desk = try EditorDesk()
    }

    private func patch(_ fields: HTTPFields) -> TestReply {
        desk.send(.patch, path, bytes: Array("{}".utf8), "application/merge-patch+json", fields)
    }

    @Test func whatWasReadIsNamed() {
        for method in [HTTPRequest.Method.put, .patch, .delete] {
            let reply = desk.send(method, path, bytes: [], nil)
            #expect(reply.status == 428 && reply.problem == "precondition-required")
            #expect(reply.json["errors"][0]["header"] == "If-Match")
            #expect(reply.json["detail"].text.contains("If-None-Match") == (method == .put))
        }
    }

    @Test(arguments: [
        "*", "\"1-0123456789abcdef01234567\"", "\"1-0123456789abcdef01234567-gzip\"", "\"1\"", "\"7-x\" , \"1-x\"",
        ",\"1-x\",,",
        "\"else\",\"1-x\"", "W/\"2-x\",\"1-y\"",
    ])
    func holdsForTheRevision(value: String) { #expect(patch([.ifMatch: value]).status == 200) }

    @Test(arguments: [
        "\"2-x\"", "W/\"1-x\", \"2-x\"", "\"else\"", "\"-1\"", "\"+1-x\"", "\"1x\"", "\"99999999999999999999-x\"",
        "\"\"",
    ])
    func holdsNotForOthers(value: String) {
        let reply = patch([.ifMatch: value])
        #expect(reply.status == 412 && reply.problem == "precondition-failed")
        #expect(reply.json["detail"].text.contains("at revision 1 now"))
    }

    /// To read again would not help.
    @Test(arguments: ["W/\"1-x\"", "W/\"1-x\", W/\"2-x\""])
    func aWeakTagIsToldSo(value: String) {
        let reply = patch([.ifMatch: value])
        #expect(reply.status == 412 && reply.problem == "precondition-failed")
        #expect(reply.json["detail"].text.contains("without 'W/'") && !reply.text.contains("read it again"))
    }

    @Test(arguments: ["", "1", "\"1-x", "1-x\"", "\"1-x\" \"2-x\"", "*, \"1-x\"", "w/\"1-x\"", ",", "\"1 x\""])
    func refusesWhatIsNoList(value: String) {
        let reply = patch([.ifMatch: value])
        #expect(reply.status == 400 && reply.problem == "invalid-condition")
    }

    @Test func severalLinesAreOneCondition() {
        var fields: HTTPFields = [:]
        fields.append(HTTPField(name: .ifMatch, value: "\"9-x\""))
        fields.append(HTTPField(name: .ifMatch, value: "\"1-x\""))
        #expect(patch(fields).status == 200)
    }

    @Test func refusesConditionsWithoutMeaning() {
        #expect(patch([.ifNoneMatch: "*"]).status == 400)
        #expect(patch([.ifMatch: "*", .ifNoneMatch: "*"]).status == 400)
        for fields in [[.ifMatch: "*", .ifNoneMatch: "*"], [.ifNoneMatch: "\"1-x\""]] as [HTTPFields] {
            let reply = desk.send(.put, path, bytes: Draft.person.encoded, "application/json", fields)
            #expect(reply.status == 400 && reply.problem == "invalid-condition")
        }
        for fields in [[.ifMatch: "*"], [.ifNoneMatch: "*"]] as [HTTPFields] {
            for target in ["/v1/people", "/v1/batch"] {
                let reply = desk.post(target, Draft.person, fields: fields)
                #expect(reply.status == 400 && reply.problem == "invalid-condition")
            }
        }
        #expect(desk.api.ask(path).json["revision"] == 1)
    }
}

// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore
import Dispatch
import HTTP
import HTTPTypes
import JSON
import TestSupport

/// An editor with a token, at an application of its own.
final class EditorDesk {
    let api: TestAPI
    private let token: String

    init(_ api: TestAPI, scope: Scope = .write, name: String = "desk") throws {
        self.api = api
        token = try api.token(scope, name: name)
    }

    convenience init() throws { try self.init(TestAPI()) }

    func get(_ target: String) -> TestReply { api.ask(target, fields: authorized([:])) }

    func post(_ target: String, _ content: JSONValue, fields: HTTPFields = [:]) -> TestReply {
        send(.post, target, content, "application/json", fields)
    }

    func put(_ target: String, _ content: JSONValue, ifMatch: String) -> TestReply {
        send(.put, target, content, "application/json", [.ifMatch: ifMatch])
    }

    func putNew(_ target: String, _ content: JSONValue) -> TestReply {
        send(.put, target, content, "application/json", [.ifNoneMatch: "*"])
    }

    func patch(_ target: String, _ content: JSONValue, ifMatch: String = "*") -> TestReply {
        send(.patch, target, content, "application/merge-patch+json", [.ifMatch: ifMatch])
    }

    func delete(_ target: String, ifMatch: String = "*") -> TestReply {
        api.ask(target, .delete, fields: authorized([.ifMatch: ifMatch]))
    }

    func batch(_ changes: JSONValue..., fields: HTTPFields = [:]) -> TestReply {
        post("/v1/batch", ["changes": .array(changes)], fields: fields)
    }

    /// Content as bytes, whatever they are.
    func send(
        _ method: HTTPRequest.Method, _ target: String, bytes: [UInt8], _ type: String?, _ fields: HTTPFields = [:]
    ) -> TestReply {
        begin(method, target, bytes: bytes, type, fields).wait()
    }

    /// The same without waiting for the answer.
    func begin(
        _ method: HTTPRequest.Method, _ target: String, bytes: [UInt8], _ type: String?, _ fields: HTTPFields = [:]
    ) -> PendingReply {
        var fields = authorized(fields)
        fields[.contentType] = type
        return api.begin(target, method, fields: fields, body: bytes)
    }

    private func send(
        _ method: HTTPRequest.Method, _ target: String, _ content: JSONValue, _ type: String, _ fields: HTTPFields
    ) -> TestReply {
        send(method, target, bytes: content.encoded, type, fields)
    }

    /// Has the writer wait amid a change until the semaphore is signalled.
    func holdUpWriter() throws -> DispatchSemaphore {
        let (mayGoOn, isHeld) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let author = Author(name: "test", token: nil, address: nil, request: nil, action: "test")
        let edit = Edit(.person, .patch(id: "ilse-marn", with: [:], if: .present))
        let answer: @Sendable (Reader, [EditOutcome]) -> KeptAnswer = { _, _ in
            isHeld.signal()
            mayGoOn.wait()
            return KeptAnswer(status: 200, fields: [], content: [])
        }
        try api.coverage.database.edit([edit], by: author, deadline: .seconds(30), answer: answer, completion: { _ in })
        isHeld.wait()
        return mayGoOn
    }

    private func authorized(_ fields: HTTPFields) -> HTTPFields {
        var fields = fields
        fields[.authorization] = "Bearer \(token)"
        return fields
    }
}

extension TestAPI {
    /// The text of a new token.
    func token(_ scope: Scope, name: String) throws -> String {
        let new = try NewToken(name: name, scope: scope, expires: nil)
        return try coverage.database.createToken(new, request: nil).text.text
    }
}

extension JSONValue {
    /// The value as JSON text.
    var encoded: [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return writer.finish()
    }

    /// The same object with other members.
    func with(_ changes: (String, JSONValue)...) -> JSONValue {
        guard case .object(var object) = self else { return self }
        for (name, value) in changes { object[name] = value }
        return .object(object)
    }

    /// The same object without these members.
    func without(_ names: String...) -> JSONValue {
        guard case .object(var object) = self else { return self }
        for name in names { object[name] = nil }
        return .object(object)
    }
}

extension TestReply {
    var eTag: String { field("ETag") ?? "" }

    /// What the faults point at, in order.
    var pointers: [String] { json["errors"].elements.map(\.["pointer"].text) }
}

/// Records to be written, in the words of the coverage that `TestAPI` has.
enum Draft {
    static let evidence: JSONValue = [
        ["article": ["id": "talks-in-karst"], "paragraph": 4, "anchors": ["dinner"]]
    ]

    static let event: JSONValue = [
        "title": "Breakfast in Karst", "summary": "The two meet once more.", "kind": "meeting",
        "evidence": evidence,
    ]

    static let person: JSONValue = ["name": "Lena Orth", "category": "private", "evidence": evidence]
}

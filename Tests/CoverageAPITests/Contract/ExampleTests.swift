// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import HTTP
import HTTPTypes
import JSON
import TestSupport
import Testing

/// Every example of the document, asked of a server with the coverage that ships.
@Suite struct ExampleTests {
    struct Question: CustomTestStringConvertible {
        let id: String
        let method: HTTPRequest.Method
        let path: String
        let operation: JSONValue

        var testDescription: String { id }

        private func examples(_ place: String) -> [(name: String, value: String, isRequired: Bool)] {
            operation["parameters"].elements.filter { $0["in"].text == place && $0["example"] != .null }.map {
                ($0["name"].text, Self.text($0["example"]), $0["required"] == true)
            }
        }

        private static func text(_ value: JSONValue) -> String {
            switch value {
            case .integer(let number): "\(number)"
            case .bool(let flag): "\(flag)"
            default: value.text
            }
        }

        /// The targets: with what has to be there, and with each parameter beside that.
        var targets: [String] {
            let path = examples("path").reduce(path) { $0.replacing("{\($1.name)}", with: $1.value) }
            let query = examples("query")
            let needed = query.filter(\.isRequired).map { ($0.name, $0.value) }
            let optional = query.filter { !$0.isRequired }.map { needed + [($0.name, $0.value)] }
            return ([needed] + optional).map { items in
                items.isEmpty ? path : "\(path)?\(Query.format(items.map { (name: $0.0, value: $0.1) }))"
            }
        }

        var fields: HTTPFields {
            var fields = HTTPFields()
            for example in examples("header") where example.isRequired {
                if let name = HTTPField.Name(example.name) { fields[name] = example.value }
            }
            return fields
        }

        /// Content by media type.
        var contents: [(type: String, value: JSONValue)] {
            operation["requestBody"]["content"].members.flatMap { content in
                content.value["examples"].members.map { (content.name, $0.value["value"]) }
            }
        }
    }

    private static func questions(_ methods: [String]) -> [Question] {
        ContractCheck.document["paths"].members.flatMap { path -> [Question] in
            // There are none of these without the text of an article; their own tests ask them.
            if path.name == "/v1/proposals/{id}" { return [] }
            return path.value.members.filter { methods.contains($0.name) }.compactMap { method in
                HTTPRequest.Method(method.name.uppercased()).map {
                    Question(
                        id: method.value["operationId"].text, method: $0, path: path.name, operation: method.value)
                }
            }
        }
    }

    @Test(arguments: questions(["get"]))
    private func isAnswered(_ question: Question) throws {
        let api = try TestAPI(Repository.seeds())
        #expect(!question.targets.joined().contains("{"))
        for target in question.targets {
            let reply = api.ask(target)
            #expect(reply.status == 200, "\(target): \(reply.json["detail"].text)")
            #expect(!reply.body.isEmpty)
        }
    }

    @Test(arguments: questions(["post", "patch"]))
    private func isDone(_ question: Question) throws {
        #expect(!question.contents.isEmpty)
        for (type, value) in question.contents {
            let desk = try EditorDesk(TestAPI(Repository.seeds()))
            let target = try #require(question.targets.first)
            let reply = desk.send(question.method, target, bytes: value.encoded, type, question.fields)
            #expect((200...201).contains(reply.status), "\(reply.json["detail"].text)")
        }
    }

    /// What GET gave can be sent back.
    @Test(arguments: questions(["put"]))
    private func canBePutBack(_ question: Question) throws {
        let desk = try EditorDesk(TestAPI(Repository.seeds()))
        let target = try #require(question.targets.first)
        let record = desk.get(target)
        #expect(SchemaValidator(ContractCheck.document).faults(record.json, against: question.input) == [])
        #expect(desk.put(target, record.json, ifMatch: record.eTag).status == 200)
    }

    @Test(arguments: questions(["delete"]))
    private func canBeDeleted(_ question: Question) throws {
        let desk = try EditorDesk(TestAPI(Repository.seeds()))
        let target = try #require(question.targets.first)
        // Most records are referred to by others.
        #expect([204, 409].contains(desk.delete(target).status))
    }
}

extension ExampleTests.Question {
    fileprivate var input: JSONValue { operation["requestBody"]["content"]["application/json"]["schema"] }
}

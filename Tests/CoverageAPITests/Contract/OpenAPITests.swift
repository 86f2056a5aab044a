// SPDX-License-Identifier: Apache-2.0

import CoverageAPI
import CoverageStore
import HTTP
import HTTPTypes
import JSON
import TestSupport
import Testing

/// The document, and that what it says is so. That answers are as it says, every test holds that asks `TestAPI`.
@Suite struct OpenAPITests {
    private let document = ContractCheck.document

    private var operations: [(path: String, method: String, operation: JSONValue)] {
        document["paths"].members.flatMap { path in
            path.value.members.map { (path.name, $0.name, $0.value) }
        }
    }

    @Test func isServedLikeAnyAnswer() throws {
        let api = try TestAPI()
        let reply = api.ask("/openapi.json")
        #expect(reply.status == 200 && reply.json == document)
        #expect(reply.isShareable && reply.field("ETag") != nil)
        #expect(api.ask("/v1").json["links"]["openapi"] == "/openapi.json")
        #expect(api.ask("/openapi.json?x=1").faults == ["x"])
    }

    @Test func saysWhereTheServerIs() throws {
        #expect(document["servers"] == [["url": "/"]])
        let elsewhere = try TestAPI(publicURL: "https://data.example/readout/").ask("/openapi.json").json
        #expect(elsewhere["servers"] == [["url": "https://data.example/readout"]])
    }

    @Test func saysWhoMayAsk() throws {
        #expect(document["paths"]["/v1/events"]["get"]["security"] == [[:], ["token": []]])
        #expect(document["paths"]["/v1/events"]["post"]["security"] == [["token": []]])
        #expect(document["paths"]["/healthz"]["get"]["security"] == [])
        let locked = try TestAPI(requiresTokenForReading: true).ask("/openapi.json", origin: .local).json
        #expect(locked["paths"]["/v1/events"]["get"]["security"] == [["token": []]])
    }

    @Test func namesEveryOperationOnce() {
        let ids = operations.map(\.operation["operationId"].text)
        #expect(ids.count > 80 && Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.wholeMatch(of: /[a-z][A-Za-z]+/) != nil })
        let tags = Set(document["tags"].elements.map(\.["name"].text))
        #expect(operations.allSatisfy { $0.operation["tags"].elements.count == 1 })
        #expect(Set(operations.flatMap { $0.operation["tags"].elements.map(\.text) }) == tags)
    }

    /// In whole sentences, but for the summaries.
    @Test func explainsEverything() {
        func expect(_ description: JSONValue, _ place: String) {
            let text = description.text
            #expect(text.count > 5 && [".", "…", "`", ")"].contains(text.last), "\(place): '\(text)'")
        }
        for (path, method, operation) in operations {
            let place = "\(method) \(path)"
            #expect(!operation["summary"].text.isEmpty && operation["summary"].text.last != ".", "\(place)")
            expect(operation["description"], place)
            for parameter in operation["parameters"].elements {
                expect(parameter["description"], "\(place) \(parameter["name"].text)")
            }
        }
        for schema in document["components"]["schemas"].members {
            for member in schema.value["properties"].members {
                expect(member.value["description"], "\(schema.name).\(member.name)")
            }
        }
        for header in document["components"]["headers"].members { expect(header.value["description"], header.name) }
    }

    @Test func namesEveryPlaceOfAPath() {
        for (path, method, operation) in operations {
            let places = path.matches(of: /\{(\w+)\}/).map { String($0.1) }
            let declared = operation["parameters"].elements.filter { $0["in"] == "path" }
            #expect(declared.map(\.["name"].text) == places, "\(method) \(path)")
            #expect(declared.allSatisfy { $0["required"] == true })
        }
    }

    /// Every reference leads somewhere, and everything is referred to.
    @Test func hangsTogether() {
        var found: Set<String> = []
        func visit(_ value: JSONValue) {
            for element in value.elements { visit(element) }
            for member in value.members {
                if member.name == "$ref" { found.insert(member.value.text) } else { visit(member.value) }
            }
        }
        visit(document)
        var components: Set<String> = []
        for kind in ["schemas", "responses"] {
            components.formUnion(document["components"][kind].members.map { "#/components/\(kind)/\($0.name)" })
        }
        #expect(found.filter { !$0.contains("/headers/") } == components)
        let headers = Set(document["components"]["headers"].members.map { "#/components/headers/\($0.name)" })
        #expect(found.filter { $0.contains("/headers/") }.isSubset(of: headers))
    }

    /// What generators of types take: no composition but that of a type and null, or a record and its excerpt.
    @Test func staysWithinWhatGeneratorsTake() {
        func visit(_ value: JSONValue, _ place: String) {
            for keyword in ["allOf", "oneOf", "not", "if", "discriminator", "patternProperties", "prefixItems"] {
                #expect(value[keyword] == .null, "\(place) has \(keyword)")
            }
            let alternatives = value["anyOf"].elements
            #expect(alternatives.allSatisfy { $0.names == ["$ref"] || $0 == ["type": "null"] }, "\(place)")
            #expect(alternatives.isEmpty || alternatives.count == 2, "\(place)")
            for member in value.members { visit(member.value, "\(place)/\(member.name)") }
            for element in value.elements { visit(element, place) }
        }
        visit(document, "")
    }

    @Test func hasExamplesThatItsSchemasTake() {
        let validator = SchemaValidator(document)
        var count = 0
        func expect(_ example: JSONValue, _ schema: JSONValue, _ place: String) {
            count += 1
            #expect(validator.faults(example, against: schema) == [], "\(place)")
        }
        for schema in document["components"]["schemas"].members {
            for example in schema.value["examples"].elements { expect(example, schema.value, schema.name) }
        }
        for (path, method, operation) in operations {
            for parameter in operation["parameters"].elements where parameter["example"] != .null {
                expect(parameter["example"], parameter["schema"], "\(method) \(path) \(parameter["name"].text)")
            }
            for content in operation["requestBody"]["content"].members {
                for example in content.value["examples"].members {
                    expect(example.value["value"], content.value["schema"], "\(method) \(path) \(example.name)")
                }
            }
        }
        #expect(count > 400)
    }

    /// The problems of a page are those of the document.
    @Test func namesEveryProblem() {
        let text = document["components"]["responses"].members.map(\.value["description"].text).joined()
        for type in ProblemType.all where type != .methodNotAllowed {
            #expect(text.contains("`\(type.name)`"), "\(type.name)")
        }
    }
}

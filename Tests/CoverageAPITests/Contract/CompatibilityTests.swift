// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSON
import TestSupport
import Testing

/// `docs/openapi/v1.json` is the document as it was last released. `CONTRACT=release swift test --filter CompatibilityTests`
/// renews it, to be done with each release and never else.
@Suite struct CompatibilityTests {
    private static let file = Repository.root + "/docs/openapi/v1.json"
    private let document = ContractCheck.document

    @Test func breaksNothingThatWasReleased() throws {
        if ProcessInfo.processInfo.environment["CONTRACT"] == "release" {
            try Data((Golden.layOut(document, indent: "") + "\n").utf8).write(to: URL(filePath: Self.file))
        }
        let released = try JSONReader.read(Array(try Data(contentsOf: URL(filePath: Self.file))))
        #expect(Compatibility.breaks(from: released, to: document) == [])
    }

    private func expect(
        _ path: String..., change: @escaping (JSONValue) -> JSONValue?, breaks: String?,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var place = path[...]
        let changed = document.changed(at: &place, change)
        #expect(changed != document, sourceLocation: sourceLocation)
        let found = Compatibility.breaks(from: document, to: changed)
        if let breaks {
            #expect(found.contains { $0.contains(breaks) }, "\(found)", sourceLocation: sourceLocation)
        } else {
            #expect(found == [], sourceLocation: sourceLocation)
        }
    }

    @Test func seesWhatIsTakenAway() {
        expect("paths", "/v1/graph", change: { _ in nil }, breaks: "GET /v1/graph is gone")
        expect("paths", "/v1/events", "post", change: { _ in nil }, breaks: "POST /v1/events is gone")
        expect("paths", "/v1/graph", "get", "operationId", change: { _ in "graph" }, breaks: "another operationId")
        expect(
            "paths", "/v1/graph", "get", "parameters", change: { .array(Array($0.elements.dropLast())) },
            breaks: "'If-None-Match' is gone")
        expect("paths", "/v1/events", "get", "responses", "304", change: { _ in nil }, breaks: "304 is gone")
        expect(
            "paths", "/v1/events", "get", "responses", "200", "content", "text/csv", change: { _ in nil },
            breaks: "has no text/csv")
        expect("components", "schemas", "Event", "properties", "title", change: { _ in nil }, breaks: "title is gone")
        expect("components", "schemas", "Event", "properties", "parts", change: { _ in nil }, breaks: "parts is gone")
        expect(
            "components", "schemas", "EventKind", "enum", change: { .array(Array($0.elements.dropFirst())) },
            breaks: "cannot be 'visit' any more")
        expect(
            "components", "headers", "ETag", "required", change: { _ in nil }, breaks: "may lack ETag")
        expect(
            "paths", "/v1/events", "post", "requestBody", "content", "application/json", change: { _ in nil },
            breaks: "takes no application/json")
    }

    @Test func seesWhatAnswersMayTurnInto() {
        expect(
            "components", "schemas", "Event", "properties", "title", "type", change: { _ in ["string", "null"] },
            breaks: "title can be null")
        expect(
            "components", "schemas", "Page", "properties", "total", "type", change: { _ in "number" },
            breaks: "total can be number")
        expect(
            "components", "schemas", "Event", "required", change: { .array(Array($0.elements.dropLast())) },
            breaks: "updatedAt may be missing")
        expect(
            "components", "schemas", "Reference", "properties", "id", "type", change: { _ in "integer" },
            breaks: "id can be integer")
    }

    @Test func seesWhatRequestsMayNotSayAnyMore() {
        expect(
            "paths", "/v1/graph", "get", "parameters",
            change: {
                .array($0.elements + [["name": "x", "in": "query", "required": true, "schema": ["type": "string"]]])
            },
            breaks: "'x' is new and required")
        expect(
            "paths", "/v1/graph", "get", "parameters",
            change: { .array($0.elements.map { $0.with(("required", true)) }) }, breaks: "'depth' is required")
        expect(
            "paths", "/v1/graph", "get", "parameters", "1", "schema", "maximum", change: { _ in 3 },
            breaks: "lower maximum")
        expect(
            "paths", "/v1/graph", "get", "parameters", "2", "schema", "pattern",
            change: { _ in "^(person)(,(person))*$" },
            breaks: "another pattern")
        expect(
            "paths", "/v1/graph", "get", "parameters", "0", "schema", "pattern",
            change: { .string("^(\($0.text.dropFirst().dropLast())|x)(y)$") }, breaks: "another pattern")
        expect("paths", "/v1/graph", "get", "security", change: { _ in [["token": []]] }, breaks: "needs a token")
        expect(
            "components", "schemas", "EventInput", "required", change: { .array($0.elements + ["place"]) },
            breaks: "place is required")
        expect(
            "components", "schemas", "Batch", "properties", "changes", "maxItems", change: { _ in 10 },
            breaks: "lower maxItems")
        expect(
            "components", "schemas", "PlaceInput", "properties", "latitude", "type", change: { _ in "number" },
            breaks: "latitude can be null")
    }

    @Test func letsAdditionsPass() {
        expect("paths", change: { $0.with(("/v1/new", ["get": ["operationId": "getNew"]])) }, breaks: nil)
        expect(
            "paths", "/v1/graph", "get", "parameters",
            change: { .array($0.elements + [["name": "x", "in": "query", "schema": ["type": "string"]]]) }, breaks: nil)
        expect(
            "components", "schemas", "Event", "properties", change: { $0.with(("mood", ["type": "string"])) },
            breaks: nil)
        expect("components", "schemas", "Event", "required", change: { .array($0.elements + ["parts"]) }, breaks: nil)
        expect("components", "schemas", "EventKind", "enum", change: { .array($0.elements + ["walk"]) }, breaks: nil)
        expect(
            "paths", "/v1/graph", "get", "parameters", "2", "schema", "pattern",
            change: { .string($0.text.replacingOccurrences(of: "issue", with: "issue|place")) }, breaks: nil)
        expect(
            "paths", "/v1/graph", "get", "parameters", "0", "schema", "pattern",
            change: { .string("^(\($0.text.dropFirst().dropLast())|[0-9]+)$") }, breaks: nil)
        expect(
            "components", "schemas", "EventInput", "required", change: { .array(Array($0.elements.dropFirst())) },
            breaks: nil)
        expect("paths", "/v1/graph", "get", "parameters", "1", "schema", "maximum", change: { _ in 5 }, breaks: nil)
    }
}

extension JSONValue {
    /// The same value with another one at a place, or without it.
    fileprivate func changed(at path: inout ArraySlice<String>, _ change: (JSONValue) -> JSONValue?) -> JSONValue {
        guard let name = path.popFirst() else { return change(self) ?? .null }
        switch self {
        case .object(var object):
            if path.isEmpty {
                object[name] = change(object[name] ?? .null)
            } else {
                object[name] = object[name]?.changed(at: &path, change)
            }
            return .object(object)
        case .array(var elements):
            if let index = Int(name), elements.indices.contains(index) {
                elements[index] = elements[index].changed(at: &path, change)
            }
            return .array(elements)
        default: return self
        }
    }
}

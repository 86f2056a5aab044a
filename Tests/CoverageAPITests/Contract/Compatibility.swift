// SPDX-License-Identifier: Apache-2.0

import JSON
import TestSupport

/// What of a newer document breaks those who wrote their programs by an older one. Additions do not: a path, a parameter that
/// may be left out, a member of an answer, a value of a closed set.
final class Compatibility {
    /// Which way a value goes. Readers must understand what a newer server writes; it must understand what they write.
    private enum Direction {
        case request, answer
    }

    private let oldSchemas: SchemaValidator
    private let newSchemas: SchemaValidator
    private var breaks: [String] = []
    /// Pairs of components that have been compared, each way.
    private var compared: Set<String> = []

    private init(_ old: JSONValue, _ new: JSONValue) {
        (oldSchemas, newSchemas) = (SchemaValidator(old), SchemaValidator(new))
    }

    static func breaks(from old: JSONValue, to new: JSONValue) -> [String] {
        let compatibility = Compatibility(old, new)
        for path in old["paths"].members {
            for method in path.value.members {
                let operation = new["paths"][path.name][method.name]
                compatibility.operation(method.value, operation, "\(method.name.uppercased()) \(path.name)")
            }
        }
        return compatibility.breaks
    }

    private func expect(_ holds: Bool, _ break: String) {
        if !holds { breaks.append(`break`) }
    }

    // MARK: Operations

    private func operation(_ old: JSONValue, _ new: JSONValue, _ place: String) {
        guard new != .null else { return breaks.append("\(place) is gone") }
        expect(old["operationId"] == new["operationId"], "\(place) has another operationId")
        if old["security"].elements.contains([:]) || old["security"] == [] {
            expect(
                new["security"].elements.contains([:]) || new["security"] == [], "\(place) needs a token")
        }
        parameters(old["parameters"].elements, new["parameters"].elements, place)
        let (oldContent, newContent) = (old["requestBody"]["content"], new["requestBody"]["content"])
        expect(newContent == .null || oldContent != .null, "\(place) needs content")
        for type in oldContent.members {
            expect(newContent[type.name] != .null, "\(place) takes no \(type.name)")
            schema(type.value["schema"], newContent[type.name]["schema"], .request, "\(place) content")
        }
        // Refusals may become fewer and be told otherwise.
        for answer in old["responses"].members where answer.name < "400" {
            self.answer(answer.value, new["responses"][answer.name], "\(place) \(answer.name)")
        }
    }

    private func parameters(_ old: [JSONValue], _ new: [JSONValue], _ place: String) {
        func isSame(_ a: JSONValue, _ b: JSONValue) -> Bool { a["name"] == b["name"] && a["in"] == b["in"] }
        for parameter in old {
            let place = "\(place) '\(parameter["name"].text)'"
            guard let now = new.first(where: { isSame($0, parameter) }) else {
                breaks.append("\(place) is gone")
                continue
            }
            expect(now["required"] != true || parameter["required"] == true, "\(place) is required")
            schema(parameter["schema"], now["schema"], .request, place)
        }
        for parameter in new where !old.contains(where: { isSame($0, parameter) }) {
            expect(parameter["required"] != true, "\(place) '\(parameter["name"].text)' is new and required")
        }
    }

    private func answer(_ old: JSONValue, _ new: JSONValue, _ place: String) {
        let (old, new) = (oldSchemas.resolved(old), newSchemas.resolved(new))
        guard new != .null else { return breaks.append("\(place) is gone") }
        for header in old["headers"].members where oldSchemas.resolved(header.value)["required"] == true {
            let now = newSchemas.resolved(new["headers"][header.name])
            expect(now["required"] == true, "\(place) may lack \(header.name)")
        }
        for type in old["content"].members {
            expect(new["content"][type.name] != .null, "\(place) has no \(type.name)")
            schema(type.value["schema"], new["content"][type.name]["schema"], .answer, place)
        }
    }

    // MARK: Schemas

    private func schema(_ old: JSONValue, _ new: JSONValue, _ direction: Direction, _ place: String) {
        if new == .null { return }
        if old["$ref"] != .null, old["$ref"] == new["$ref"] {
            // Once each way is enough.
            guard compared.insert("\(old["$ref"].text) \(direction)").inserted else { return }
        }
        let (givers, takers) = direction == .request ? (old, new) : (new, old)
        let (giving, taking) = direction == .request ? (oldSchemas, newSchemas) : (newSchemas, oldSchemas)
        let readable = alternatives(takers, taking)
        for alternative in alternatives(givers, giving) {
            // One that kept its name is held against itself, such as a record that could be taken for an excerpt.
            let namesakes = readable.filter { !$0.name.isEmpty && $0.name == alternative.name }
            let fitting = namesakes.isEmpty ? readable.filter { alternative.isReadable(by: $0) } : namesakes
            let trials = fitting.map { reader in
                trial {
                    direction == .request
                        ? parts(alternative.schema, reader.schema, direction, place)
                        : parts(reader.schema, alternative.schema, direction, place)
                }
            }
            breaks += trials.min { $0.count < $1.count } ?? ["\(place) can be \(alternative.schema["type"].text)"]
        }
    }

    /// What would break, without saying so yet.
    private func trial(_ body: () -> Void) -> [String] {
        let before = (breaks, compared)
        defer { (breaks, compared) = before }
        breaks = []
        body()
        return breaks
    }

    /// One type that a value can have, with what is said of it.
    private struct Alternative {
        /// Of the component that it is.
        let name: String
        let schema: JSONValue

        func isReadable(by other: Alternative) -> Bool {
            let (type, readable) = (schema["type"].text, other.schema["type"].text)
            return readable.isEmpty || type == readable || (type == "integer" && readable == "number")
        }
    }

    private func alternatives(_ schema: JSONValue, _ schemas: SchemaValidator) -> [Alternative] {
        let name = schema["$ref"].text
        let schema = schemas.resolved(schema)
        guard schema["anyOf"].elements.isEmpty else {
            return schema["anyOf"].elements.flatMap { alternatives($0, schemas) }
        }
        let types = schema["type"].elements
        guard !types.isEmpty, case .object(var object) = schema else {
            return [Alternative(name: name, schema: schema)]
        }
        return types.map { type in
            object["type"] = type
            return Alternative(name: name, schema: .object(object))
        }
    }

    /// - Parameters:
    ///   - old: one type of what it was, and `new` of what it is.
    private func parts(_ old: JSONValue, _ new: JSONValue, _ direction: Direction, _ place: String) {
        for value in old["enum"].elements where new["enum"] != .null && value != .null {
            expect(new["enum"].elements.contains(value), "\(place) cannot be '\(value.text)' any more")
        }
        if direction == .request { narrowing(old, new, place) }
        for member in old["properties"].members {
            let property = new["properties"][member.name]
            expect(property != .null, "\(place)/\(member.name) is gone")
            schema(member.value, property, direction, "\(place)/\(member.name)")
        }
        let (before, after) = (old["required"].elements, new["required"].elements)
        let lost = direction == .request ? after.filter { !before.contains($0) } : before.filter { !after.contains($0) }
        for name in lost {
            breaks.append("\(place)/\(name.text) \(direction == .request ? "is required" : "may be missing")")
        }
        if old["items"] != .null { schema(old["items"], new["items"], direction, "\(place)[]") }
        if case .object = old["additionalProperties"] {
            schema(old["additionalProperties"], new["additionalProperties"], direction, "\(place)/*")
        }
    }

    /// What was taken and is no longer.
    private func narrowing(_ old: JSONValue, _ new: JSONValue, _ place: String) {
        expect(new["enum"] == .null || old["enum"] != .null, "\(place) is a closed set now")
        for keyword in ["minimum", "minLength", "minItems"] {
            expect(
                bound(new[keyword], -.infinity) <= bound(old[keyword], -.infinity), "\(place) has a higher \(keyword)")
        }
        for keyword in ["maximum", "maxLength", "maxItems"] {
            expect(bound(new[keyword], .infinity) >= bound(old[keyword], .infinity), "\(place) has a lower \(keyword)")
        }
        expect(
            new["additionalProperties"] != false || old["additionalProperties"] == false,
            "\(place) takes no other members any more")
        let (before, after) = (old["pattern"].text, new["pattern"].text)
        if after.isEmpty || before == after || Self.isWider(after, than: before) { return }
        let choices = Self.choices(after)
        expect(
            !choices.isEmpty && !Self.choices(before).isEmpty && choices.isSuperset(of: Self.choices(before)),
            "\(place) must match another pattern")
    }

    private func bound(_ value: JSONValue, _ fallback: Double) -> Double {
        switch value {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: fallback
        }
    }

    /// Whether what was the whole pattern is the first of two alternatives, without parentheses in the other.
    private static func isWider(_ after: String, than before: String) -> Bool {
        let first = "^(\(before.dropFirst().dropLast())|"
        return !before.isEmpty && after.hasPrefix(first)
            && after.dropFirst(first.count).wholeMatch(of: /[^()|]+\)\$/) != nil
    }

    /// The values of a pattern that means some of them, separated by commas.
    private static func choices(_ pattern: String) -> Set<Substring> {
        guard let match = pattern.wholeMatch(of: /\^\(([^()]*)\)\(,\(([^()]*)\)\)\*\$/), match.1 == match.2 else {
            return []
        }
        return Set(match.1.split(separator: "|"))
    }
}

// SPDX-License-Identifier: Apache-2.0

package import JSON

/// Holds JSON values against the schemas of an OpenAPI document, more strictly than the schemas ask: a member that is not
/// declared is a fault, and so is a keyword that this does not know. Not to be shared between threads.
package final class SchemaValidator {
    private let document: JSONValue
    private var patterns: [String: Regex<AnyRegexOutput>] = [:]

    package init(_ document: JSONValue) {
        self.document = document
    }

    /// What is wrong with a value, each fault with its place.
    package func faults(_ value: JSONValue, against schema: JSONValue, at place: String = "") -> [String] {
        guard case .object(let keywords) = resolved(schema) else { return ["\(place): the schema is none"] }
        return keywords.members.flatMap { keyword in
            fault(value, keyword.name, keyword.value, keywords, place)
        }
    }

    /// What a reference points at, or the value itself.
    package func resolved(_ value: JSONValue) -> JSONValue {
        guard case .object(let object) = value, case .string(let pointer)? = object["$ref"] else { return value }
        var target = document
        for token in pointer.split(separator: "/").dropFirst() {
            guard case .object(let object) = target else { return .null }
            target = object[String(token)] ?? .null
        }
        return resolved(target)
    }

    private func fault(
        _ value: JSONValue, _ keyword: String, _ wanted: JSONValue, _ schema: JSONObject, _ place: String
    ) -> [String] {
        switch (keyword, wanted, value) {
        case ("description", _, _), ("default", _, _), ("examples", _, _), ("format", _, _): return []
        case ("type", .string(let type), _): return isOf(value, type) ? [] : ["\(place): is \(value.kind), not \(type)"]
        case ("type", .array(let types), _):
            let fits = types.contains { if case .string(let type) = $0 { isOf(value, type) } else { false } }
            return fits ? [] : ["\(place): is \(value.kind)"]
        case ("enum", .array(let values), _):
            return values.contains(value) ? [] : ["\(place): \(value) is not in the set"]
        case ("anyOf", .array(let schemas), _):
            let all = schemas.map { faults(value, against: $0, at: place) }
            // Most is learnt from the one that the value was meant to be.
            return all.contains([]) ? [] : all.max { $0.count < $1.count } ?? []
        case ("properties", _, .object(let object)): return properties(object, schema, place)
        case ("additionalProperties", .bool, .object): return []
        case ("additionalProperties", _, .object(let object)):
            return object.members.flatMap { faults($0.value, against: wanted, at: "\(place)/\($0.name)") }
        case ("required", .array(let names), .object(let object)):
            return names.compactMap { name in
                guard case .string(let name) = name, !object.contains(name) else { return nil }
                return "\(place)/\(name): is missing"
            }
        case ("items", _, .array(let elements)):
            return elements.enumerated().flatMap { faults($1, against: wanted, at: "\(place)/\($0)") }
        case ("minItems", .integer(let bound), .array(let elements)):
            return check(elements.count >= bound, keyword, place)
        case ("maxItems", .integer(let bound), .array(let elements)):
            return check(elements.count <= bound, keyword, place)
        case ("minLength", .integer(let bound), .string(let text)):
            return check(text.unicodeScalars.count >= bound, keyword, place)
        case ("maxLength", .integer(let bound), .string(let text)):
            return check(text.unicodeScalars.count <= bound, keyword, place)
        case ("pattern", .string(let pattern), .string(let text)):
            return check(matches(text, pattern), "\(pattern), which '\(text)' does not match,", place)
        case ("minimum", _, _): return check(number(value).map { $0 >= number(wanted) ?? 0 } ?? true, keyword, place)
        case ("maximum", _, _): return check(number(value).map { $0 <= number(wanted) ?? 0 } ?? true, keyword, place)
        case ("properties", _, _), ("additionalProperties", _, _), ("required", _, _), ("items", _, _),
            ("minItems", _, _), ("maxItems", _, _), ("minLength", _, _), ("maxLength", _, _), ("pattern", _, _):
            // Of values of another type.
            return []
        default: return ["\(place): the keyword '\(keyword)' is not known"]
        }
    }

    private func properties(_ object: JSONObject, _ schema: JSONObject, _ place: String) -> [String] {
        guard case .object(let declared)? = schema["properties"] else { return [] }
        return object.members.flatMap { member in
            guard let property = declared[member.name] else { return ["\(place)/\(member.name): is not declared"] }
            return faults(member.value, against: property, at: "\(place)/\(member.name)")
        }
    }

    private func check(_ holds: Bool, _ keyword: String, _ place: String) -> [String] {
        holds ? [] : ["\(place): breaks \(keyword)"]
    }

    private func isOf(_ value: JSONValue, _ type: String) -> Bool {
        switch (type, value) {
        case ("null", .null), ("boolean", .bool), ("integer", .integer), ("number", .integer), ("number", .number),
            ("string", .string), ("array", .array), ("object", .object):
            true
        default: false
        }
    }

    private func number(_ value: JSONValue) -> Double? {
        switch value {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: nil
        }
    }

    /// Whether a regular expression is found in a text. What is no regular expression is found nowhere.
    package func matches(_ text: String, _ pattern: String) -> Bool {
        if patterns[pattern] == nil { patterns[pattern] = try? Regex(pattern).matchingSemantics(.unicodeScalar) }
        return patterns[pattern].map { text.contains($0) } ?? false
    }
}

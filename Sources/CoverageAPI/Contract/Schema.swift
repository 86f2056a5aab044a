// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import JSON

/// What a JSON value may be: as much of JSON Schema (2020-12) as this API needs and generators of types understand. Null is a
/// type beside others, and `anyOf` stands where one is pointed at and may be null, or where `fields` makes an excerpt.
indirect enum Schema: Sendable {
    /// A value without parts, by its keywords.
    case value(JSONObject)
    case array(Schema, atLeast: Int = 0, atMost: Int? = nil)
    /// - Parameter isClosed: whether other members are refused. Only what clients send is closed: an answer may grow.
    case object([Property], isClosed: Bool = false)
    /// Any names, all values alike.
    case map(Schema)
    /// One that stands in the document once, by this name, and is pointed at.
    case named(String, Schema)
    case nullable(Schema)
    case anyOf([Schema])
    /// The same with more said about it.
    case with(Schema, JSONObject)

    /// A member of an object.
    struct Property: Sendable {
        let name: String
        let schema: Schema
        let meaning: String
        let isRequired: Bool

        init(_ name: String, _ schema: Schema, _ meaning: String, isRequired: Bool = true) {
            self.name = name
            self.schema = schema
            self.meaning = meaning
            self.isRequired = isRequired
        }
    }
}

extension Schema {
    static let text = Schema.value(["type": "string"])
    /// An id. Every one that is given out looks so; asking with another one is asking for what is not there.
    static let slug = Schema.value(["type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 100])
    static let flag = Schema.value(["type": "boolean"])
    static let integer = Schema.value(["type": "integer"])
    static let number = Schema.value(["type": "number"])
    /// Whatever it is, it is taken.
    static let anything = Schema.value([:])

    static func text(format: String) -> Schema { .value(["type": "string", "format": .string(format)]) }
    static func text(pattern: String) -> Schema { .value(["type": "string", "pattern": .string(pattern)]) }

    static func integer(_ range: ClosedRange<Int>) -> Schema {
        .value([
            "type": "integer", "minimum": .integer(Int64(range.lowerBound)),
            "maximum": .integer(Int64(range.upperBound)),
        ])
    }

    static func integer(from least: Int) -> Schema {
        .value(["type": "integer", "minimum": .integer(Int64(least))])
    }

    static func number(_ range: ClosedRange<Double>) -> Schema {
        .value(["type": "number", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)])
    }

    static func choice(_ values: [String]) -> Schema {
        .value(["type": "string", "enum": .array(values.map(JSONValue.string))])
    }

    /// Some of these values, separated by commas.
    static func choices(_ values: [String]) -> Schema {
        let one = "(\(values.map(Self.literal).joined(separator: "|")))"
        return .text(pattern: "^\(one)(,\(one))*$")
    }

    /// A closed set, under its name, each value explained.
    static func closed<Set: ClosedSet>(_ set: Set.Type) -> Schema { .closed(Vocabulary(set)) }

    static func closed(_ vocabulary: Vocabulary) -> Schema {
        let meanings = vocabulary.terms.map { "- `\($0.value)`: \($0.meaning)" }.joined(separator: "\n")
        return .named(
            vocabulary.name.capitalizedFirst,
            .with(.choice(vocabulary.terms.map(\.value)), ["description": .string(meanings)]))
    }

    func described(_ text: String) -> Schema { .with(self, ["description": .string(text)]) }
    func example(_ value: JSONValue) -> Schema { .with(self, ["examples": [value]]) }

    /// A text for the middle of a regular expression.
    private static func literal(_ text: String) -> String { text.replacing(".", with: "\\.") }
}

/// The schemas that stand in the document by name, gathered while what points at them is written.
struct SchemaComponents {
    private(set) var schemas: [String: JSONValue] = [:]

    /// The schema as the document has it.
    mutating func json(_ schema: Schema) -> JSONValue { .object(object(schema)) }

    private mutating func object(_ schema: Schema) -> JSONObject {
        switch schema {
        case .value(let keywords): return keywords
        case .array(let element, let least, let most):
            var array: JSONObject = ["type": "array", "items": json(element)]
            if least > 0 { array["minItems"] = .integer(Int64(least)) }
            if let most { array["maxItems"] = .integer(Int64(most)) }
            return array
        case .object(let properties, let isClosed): return object(properties, isClosed: isClosed)
        case .map(let value): return ["type": "object", "additionalProperties": json(value)]
        case .named(let name, let schema):
            if schemas[name] == nil {
                // The place is taken first, so that the schema is not written again below itself.
                schemas[name] = .null
                schemas[name] = json(schema)
            }
            return ["$ref": .string("#/components/schemas/\(name)")]
        case .nullable(let schema): return nullable(object(schema))
        case .anyOf(let schemas): return ["anyOf": .array(schemas.map { json($0) })]
        case .with(let schema, let more):
            var object = object(schema)
            for member in more.members { object[member.name] = member.value }
            return object
        }
    }

    private mutating func object(_ properties: [Schema.Property], isClosed: Bool) -> JSONObject {
        var members = JSONObject()
        for property in properties {
            var schema = object(property.schema)
            schema["description"] = .string(property.meaning)
            members[property.name] = .object(schema)
        }
        var object: JSONObject = ["type": "object", "properties": .object(members)]
        let required = properties.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { object["required"] = .array(required) }
        if isClosed { object["additionalProperties"] = false }
        return object
    }

    private func nullable(_ schema: JSONObject) -> JSONObject {
        guard case .string(let type)? = schema["type"] else {
            return ["anyOf": [.object(schema), ["type": "null"]]]
        }
        var schema = schema
        schema["type"] = [.string(type), "null"]
        if case .array(let values)? = schema["enum"] { schema["enum"] = .array(values + [.null]) }
        return schema
    }
}

extension String {
    /// The same with a capital letter: names of types are made of those of values.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

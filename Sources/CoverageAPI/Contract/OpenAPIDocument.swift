// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import HTTPTypes
internal import JSON

/// The API as others' programs read it (OpenAPI 3.1): everything in it comes from the declarations by which requests are
/// routed, checked and answered.
struct OpenAPIDocument {
    private let operations: [OperationDeclaration]
    private let settings: APISettings
    private var components = SchemaComponents()
    private var responses = JSONObject()
    /// The references to the responses of those sets of problems that there were so far, by the problems' names: nearly all
    /// operations share a few dozen.
    private var refusals: [[String]: JSONValue] = [:]
    /// The header fields that are pointed at, by their names there.
    private var headers: [String: AnswerField] = [:]

    private init(_ operations: [OperationDeclaration], _ settings: APISettings) {
        self.operations = operations
        self.settings = settings
    }

    static func json(of operations: [OperationDeclaration], _ settings: APISettings) -> JSONValue {
        var document = OpenAPIDocument(operations, settings)
        return document.json()
    }

    private mutating func json() -> JSONValue {
        var paths = JSONObject()
        for operation in operations {
            var path: JSONObject = if case .object(let begun)? = paths[operation.path] { begun } else { [:] }
            path[operation.method.rawValue.lowercased()] = .object(object(operation))
            paths[operation.path] = .object(path)
        }
        let home = settings.links.link("")
        let schemas = JSONObject(components.schemas.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Readout", "version": .string(settings.version), "summary": .string(Self.summary),
                "description": .string(Self.description),
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": .string(home.isEmpty ? "/" : home)]],
            "tags": .array(
                Tag.allCases.map { ["name": .string($0.rawValue), "description": .string($0.meaning)] }),
            "paths": .object(paths),
            "components": [
                "schemas": .object(schemas), "responses": .object(responses),
                "headers": .object(
                    JSONObject(headers.sorted { $0.key < $1.key }.map { ($0.key, Self.header($0.value)) })),
                "securitySchemes": [
                    "token": [
                        "type": "http", "scheme": "bearer", "bearerFormat": "readout_…",
                        "description": .string(Self.security),
                    ]
                ],
            ],
        ]
    }

    private static let summary = "Events, officials and issues of diplomatic news coverage, with who reports them"
    private static let description = """
        Every fact comes with the paragraphs of the articles that report it, and with what they tell differently.

        - A member that its schema requires is always there, `null` or `[]` when empty. Optional are those that `include` and \
        `facets` ask for and, in an excerpt, those that `fields` leaves out.
        - Answers may get more members; none is taken away and none changes its meaning within `/v1`.
        - GET may be asked as HEAD; OPTIONS says what a path allows, and another method is 405.
        - Unknown parameters and members are refused, never ignored. Whatever is refused is answered by a problem document.
        - An answer with an `ETag` costs nothing when it is asked for again with `If-None-Match` and has not changed: 304.
        - `page.next` of a list is the `cursor` of the next page; `/v1/changes` is a live stream with `Accept: text/event-stream`.
        - Web pages of any origin may read; those of origins that the operator lists with `--write-origins` may write.

        A [guide for front ends](/docs#/guides/for-front-ends) goes from here to typed lists, paging, caching, changes and a live \
        view in TypeScript that runs as it stands; [one for editors](/docs#/guides/writing) walks through every change with curl.
        """
    private static let security = """
        A token, made by the operator with `readout token create`. Writing takes the scope write; reading takes a token only \
        where the operator says so.
        """

    // MARK: Operations

    private mutating func object(_ operation: OperationDeclaration) -> JSONObject {
        var object: JSONObject = [
            "operationId": .string(operation.id), "tags": [.string(operation.tag.rawValue)],
            "summary": .string(operation.summary),
        ]
        if !operation.detail.isEmpty { object["description"] = .string(operation.detail) }
        let parameters = operation.parameters + (operation.isConditional ? [Self.ifNoneMatch] : [])
        if !parameters.isEmpty { object["parameters"] = .array(parameters.map { parameter($0) }) }
        if let content = operation.content {
            var types: JSONObject = [content.type: mediaType(content.schema, examples: content.examples)]
            for (type, schema) in content.alternatives { types[type] = mediaType(schema) }
            object["requestBody"] = [
                "required": true, "description": .string(content.meaning), "content": .object(types),
            ]
        }
        object["responses"] = .object(answers(operation))
        object["security"] = security(operation.access)
        return object
    }

    private static let ifNoneMatch = HeaderParameter(
        "If-None-Match", .text,
        "The `ETag` of the answer you have: if it still holds, the answer is 304 and has no content.")

    private mutating func parameter(_ parameter: any DeclaredParameter) -> JSONValue {
        var object: JSONObject = [
            "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
            "description": .string(parameter.meaning),
        ]
        if parameter.isRequired { object["required"] = true }
        object["schema"] = components.json(parameter.schema)
        if let example = parameter.example { object["example"] = Self.example(example, parameter.schema) }
        return .object(object)
    }

    /// The text of a parameter as the value that its schema speaks of.
    private static func example(_ text: String, _ schema: Schema) -> JSONValue {
        switch schema.type {
        case "integer": Int64(text).map(JSONValue.integer) ?? .string(text)
        case "boolean": .bool(text == "true")
        default: .string(text)
        }
    }

    private func security(_ access: OperationDeclaration.Access) -> JSONValue {
        switch access {
        case .open: []
        case .reading: settings.requiresTokenForReading ? [["token": []]] : [[:], ["token": []]]
        case .token: [["token": []]]
        }
    }

    // MARK: Answers

    private mutating func answers(_ operation: OperationDeclaration) -> JSONObject {
        var answers = JSONObject()
        for answer in operation.answers { answers[String(answer.status)] = response(answer) }
        if operation.isConditional {
            responses["NotModified"] = [
                "description": "What you have still holds.",
                "headers": fields([.eTag, .cacheControl, .vary, .requestID]),
            ]
            answers["304"] = .reference("responses", "NotModified")
        }
        let problems = Dictionary(grouping: operation.problems, by: \.status)
        for (status, types) in problems.sorted(by: { $0.key < $1.key }) {
            answers[String(status)] = response(status, types)
        }
        return answers
    }

    private mutating func response(_ answer: DeclaredAnswer) -> JSONValue {
        var content = JSONObject()
        for (type, schema) in answer.content { content[type] = mediaType(schema) }
        var object: JSONObject = [
            "description": .string(answer.meaning), "headers": fields(answer.fields + [.requestID]),
        ]
        if !content.isEmpty { object["content"] = .object(content) }
        return .object(object)
    }

    /// What is refused with one status: said once in the document for each set of problems.
    private mutating func response(_ status: Int, _ types: [ProblemType]) -> JSONValue {
        let names = types.map(\.name)
        if let reference = refusals[names] { return reference }
        var fields: [AnswerField] = [.cacheControl, .requestID]
        if status == 401 || types.contains(.malformedAuthorization) || types.contains(.insufficientScope) {
            fields.append(status == 401 ? .authenticate : .authenticate.sometimes)
        }
        if [409, 429, 503].contains(status) { fields.append(.retryAfter.sometimes) }
        if status == 415 { fields += [.accept, .acceptEncoding, .acceptPatch] }
        let meanings = types.map { "- [`\($0.name)`](/problems/\($0.name)): \($0.title)" }
        let response: JSONValue = [
            "description": .string(meanings.joined(separator: "\n")), "headers": self.fields(fields),
            "content": ["application/problem+json": mediaType(.problem)],
        ]
        let reference = component(status, response)
        refusals[names] = reference
        return reference
    }

    /// The component that is this response: the first of a status is `Problem400`, the next one `Problem400b`.
    private mutating func component(_ status: Int, _ response: JSONValue) -> JSONValue {
        for letter in ["", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"] {
            let name = "Problem\(status)\(letter)"
            if responses[name] == nil { responses[name] = response }
            if responses[name] == response { return .reference("responses", name) }
        }
        return response
    }

    private mutating func mediaType(_ schema: Schema, examples: [(name: String, value: JSONValue)] = []) -> JSONValue {
        var object: JSONObject = ["schema": components.json(schema)]
        if !examples.isEmpty {
            object["examples"] = .object(JSONObject(examples.map { ($0.name, ["value": $0.value]) }))
        }
        return .object(object)
    }

    // MARK: Header fields

    private mutating func fields(_ fields: [AnswerField]) -> JSONValue {
        for field in fields { headers[field.componentName] = field }
        return .object(JSONObject(fields.map { ($0.name, .reference("headers", $0.componentName)) }))
    }

    private static func header(_ field: AnswerField) -> JSONValue {
        var header: JSONObject = [
            "description": .string(field.meaning), "schema": ["type": "string", "pattern": .string(field.pattern)],
        ]
        if field.isAlways { header["required"] = true }
        return .object(header)
    }
}

extension AnswerField {
    fileprivate var componentName: String {
        name.filter { $0 != "-" } + (isAlways ? "" : "Sometimes")
    }
}

extension JSONValue {
    fileprivate static func reference(_ kind: String, _ name: String) -> JSONValue {
        ["$ref": .string("#/components/\(kind)/\(name)")]
    }
}

extension Schema {
    /// The one type of a value without parts.
    fileprivate var type: String? {
        switch self {
        case .value(let keywords): if case .string(let type)? = keywords["type"] { type } else { nil }
        case .with(let schema, _), .named(_, let schema): schema.type
        default: nil
        }
    }
}

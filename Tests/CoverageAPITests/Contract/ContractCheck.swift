// SPDX-License-Identifier: Apache-2.0

import CoverageAPI
import CoverageStore
import HTTP
import HTTPTypes
import JSON
import TestSupport
import Testing

/// Holds answers against what `/openapi.json` says of them: status, header fields, problem and every member.
final class ContractCheck {
    /// The document of a server without settings of its own.
    static let document: JSONValue = {
        do {
            let routers = try Routers(
                APISettings(version: "0.0.0-test", links: Links(publicURL: nil), excerpts: .none))
            return try JSONReader.read(routers.openAPI.body)
        } catch {
            Issue.record("there is no document: \(error)")
            return .null
        }
    }()

    private static let operations: [(segments: [String], operations: JSONValue)] = document["paths"].members.map {
        ($0.name.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init), $0.value)
    }

    let validator = SchemaValidator(document)

    func expect(_ response: Response, answers request: Request) {
        let faults = faults(request, response)
        if faults.isEmpty { return }
        let target = request.path + (request.query.map { "?\($0)" } ?? "")
        let shown = faults.prefix(5).joined(separator: "; ")
        Issue.record("\(request.method) \(target), \(response.status.code): \(shown)")
    }

    /// What an answer has that the document does not say, or the other way round.
    func faults(_ request: Request, _ response: Response) -> [String] {
        let path = request.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
        // The operator's own paths are not the network's, and a path in another spelling is what it is in its own.
        guard path.first != "admin", !request.path.contains("%"), request.method != .options else { return [] }
        let method = request.method == .head ? "get" : request.method.rawValue.lowercased()
        let status = response.status.code
        guard let operation = Self.operation(method, path), status != 405 else {
            let json = (try? JSONReader.read(response.body)) ?? .null
            return validator.faults(json, against: ["$ref": "#/components/schemas/Problem"])
        }
        let declared = validator.resolved(operation["responses"]["\(status)"])
        guard declared != .null else { return ["status \(status) is not declared"] }
        return fieldFaults(response, declared["headers"]) + contentFaults(request, response, declared)
    }

    private static func operation(_ method: String, _ path: [String]) -> JSONValue? {
        let fitting = operations.filter { pattern in
            pattern.segments.count == path.count
                && zip(pattern.segments, path).allSatisfy { $0 == $1 || ($0.hasPrefix("{") && !$1.isEmpty) }
        }
        return fitting.map { $0.operations[method] }.first { $0 != .null }
    }

    /// Fields that answers have whatever they are about.
    private static let common: Set<String> = [
        "content-type", "access-control-allow-origin", "access-control-expose-headers", "x-accel-buffering",
    ]

    private func fieldFaults(_ response: Response, _ declared: JSONValue) -> [String] {
        var faults: [String] = []
        for member in declared.members {
            let header = validator.resolved(member.value)
            let value = HTTPField.Name(member.name).flatMap { response.headerFields[$0] }
            if let value {
                faults += validator.faults(.string(value), against: header["schema"], at: member.name)
            } else if header["required"] == true, member.name != "X-Request-Id" {
                // That one is the server's to add.
                faults.append("\(member.name) is missing")
            }
        }
        let names = Set(declared.members.map { $0.name.lowercased() }).union(Self.common)
        for field in response.headerFields where !names.contains(field.name.canonicalName) {
            faults.append("\(field.name) is not declared")
        }
        return faults
    }

    private func contentFaults(_ request: Request, _ response: Response, _ declared: JSONValue) -> [String] {
        guard let field = response.headerFields[.contentType], let type = MediaType(parsing: field)?.essence else {
            return response.body.isEmpty ? [] : ["there is content and no type"]
        }
        let content = declared["content"][type]
        guard content != .null else { return ["\(type) is not declared"] }
        guard type.hasSuffix("json"), !type.hasSuffix("ndjson") else { return [] }
        guard let json = try? JSONReader.read(response.body) else { return ["no good JSON"] }
        var schema = content["schema"]
        // Nothing but 'fields' makes an excerpt of a record.
        if request.query?.contains("fields=") != true, !schema["anyOf"].elements.isEmpty { schema = schema["anyOf"][0] }
        let problem = json["type"].text.split(separator: "/").last ?? ""
        let isNamed = type != "application/problem+json" || declared["description"].text.contains("`\(problem)`")
        return validator.faults(json, against: schema) + (isNamed ? [] : ["the problem \(problem) is not declared"])
    }
}

extension JSONValue {
    var members: [JSONObject.Member] {
        if case .object(let object) = self { object.members } else { [] }
    }
}

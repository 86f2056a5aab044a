// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSON
import Testing

/// Whole answers kept as files, one member a line. `GOLDEN=record swift test --filter GoldenTests` renews them; what has
/// changed then shows in the diff.
enum Golden {
    private static let folder =
        #filePath.split(separator: "/").dropLast().reduce(into: "") { $0 += "/\($1)" } + "/Golden"
    private static let isRecording = ProcessInfo.processInfo.environment["GOLDEN"] == "record"

    static func expect(_ reply: TestReply, as name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        try compare(layOut(reply.json, indent: "") + "\n", with: "\(name).json", sourceLocation)
    }

    /// - Parameter name: the file's, with its ending. Line ends are those of the answer, times of writing left out.
    static func expect(
        text: String, as name: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let timeless = text.replacing(/20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\dZ/, with: "(time)")
            .replacing(/20\d\d[01]\d[0-3]\dT[0-2]\d[0-5]\d[0-5]\dZ/, with: "(time)")
        try compare(timeless, with: name, sourceLocation)
    }

    private static func compare(_ actual: String, with name: String, _ sourceLocation: SourceLocation) throws {
        let file = URL(filePath: "\(folder)/\(name)")
        if isRecording {
            try Data(actual.utf8).write(to: file)
        } else {
            let expected = try Data(contentsOf: file)
            #expect(actual == String(decoding: expected, as: UTF8.self), "\(name)", sourceLocation: sourceLocation)
        }
    }

    /// The same JSON with a line for each member and element, and times of writing left out.
    static func layOut(_ value: JSONValue, indent: String) -> String {
        let deeper = indent + "  "
        switch value {
        case .null: return "null"
        case .bool(let bool): return "\(bool)"
        case .integer(let number): return "\(number)"
        case .number(let number): return "\(number)"
        case .string(let text): return quoted(text)
        case .array(let elements):
            if elements.isEmpty { return "[]" }
            let lines = elements.map { deeper + layOut($0, indent: deeper) }
            return "[\n\(lines.joined(separator: ",\n"))\n\(indent)]"
        case .object(let object):
            if object.isEmpty { return "{}" }
            let lines = object.members.map { member in
                let isTime = member.name == "updatedAt" && isTimestamp(member.value.text)
                return deeper + quoted(member.name) + ": "
                    + (isTime ? "\"(time)\"" : layOut(member.value, indent: deeper))
            }
            return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var writer = JSONWriter()
        writer.string(text)
        return String(decoding: writer.finish(), as: UTF8.self)
    }

    private static func isTimestamp(_ text: String) -> Bool {
        text.wholeMatch(of: /20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\dZ/) != nil
    }
}

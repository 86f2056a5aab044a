// SPDX-License-Identifier: Apache-2.0

internal import Coverage
package import JSON

/// An article that is to be taken in.
package struct Intake: Sendable {
    /// The article as it is written, with its `text`.
    package let content: JSONValue
    /// Whether a known source with other bytes becomes a new edition, and a text that is there is read again.
    package let replace: Bool
    /// Whether it is only to be seen what would come of it.
    package let isRehearsal: Bool
    package let origin: Origin

    /// - Parameter content: `published` may also be the date alone, as whoever brings the text knows it.
    package init(_ content: JSONValue, replace: Bool, isRehearsal: Bool, origin: Origin) {
        self.content = Self.dated(content)
        self.replace = replace
        self.isRehearsal = isRehearsal
        self.origin = origin
    }

    private static let note = "Given with the text when it was taken in."

    /// Of a date that was given alone, no more than that: how it is known was not said.
    static func undated(_ date: JSONValue) -> JSONValue {
        guard case .object(let object) = date, object["note"] == .string(note), let edtf = object["edtf"] else {
            return date
        }
        return ["edtf": edtf]
    }

    private static func dated(_ content: JSONValue) -> JSONValue {
        guard case .object(var object) = content, case .string(let date)? = object["published"] else { return content }
        object["published"] = [
            "edtf": .string(date), "basis": .string(DateBasis.background.rawValue),
            "note": .string(note),
        ]
        return .object(object)
    }

    /// The same as text alone, with what is known of it beside the text.
    /// - Throws: `UnusableArticle`.
    package static func content(of bytes: [UInt8], _ members: [(name: String, value: String)]) throws -> JSONValue {
        var object = JSONObject()
        for (name, value) in members { object[name] = .string(value) }
        object["text"] = .string(try ArticleBytes.text(of: bytes))
        return .object(object)
    }
}

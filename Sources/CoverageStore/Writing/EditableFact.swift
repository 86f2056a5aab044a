// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import Digests
internal import JSON

/// A fact that editors write.
protocol EditableFact: ReadableFact {
    /// The member that a new record's id is made of.
    static var nameMember: String { get }

    /// What a new record's id is made of where that member says nothing; nil where it must say something.
    static func otherName(in content: JSONObject) -> String?

    /// Members that only a new record is made from, and that none has.
    static var draftMembers: [String] { get }

    /// Members with their values that neither a patch nor anything else an editor writes can change.
    static func fixedMembers(of stored: Stored<Self>) -> [(name: String, value: JSONValue)]

    /// Adds to content what the record has that is not the editor's to say.
    /// - Parameters:
    ///   - present: the record, or what it last was; nil when it is new.
    ///   - text: what a new one is made from; nil where there is none, or one at fault.
    static func completed(
        _ content: JSONValue, from present: Self?, _ text: IncomingText?, at pointer: JSONPointer, faults: FaultList
    ) -> JSONValue
}

extension EditableFact {
    static var nameMember: String { "name" }
    static var draftMembers: [String] { [] }
    static func otherName(in content: JSONObject) -> String? { nil }
    static func fixedMembers(of stored: Stored<Self>) -> [(name: String, value: JSONValue)] { [] }

    static func completed(
        _ content: JSONValue, from present: Self?, _ text: IncomingText?, at pointer: JSONPointer, faults: FaultList
    ) -> JSONValue { content }
}

extension FactType {
    /// The type whose values are its records.
    var record: any EditableFact.Type {
        switch self {
        case .event: Event.self
        case .person: Person.self
        case .issue: Issue.self
        case .statement: Coverage.Statement.self
        case .organization: Organization.self
        case .place: Place.self
        case .discrepancy: Discrepancy.self
        case .article: Article.self
        }
    }
}

extension Event: EditableFact {
    static var nameMember: String { "title" }
}

extension Person: EditableFact {}

extension Issue: EditableFact {}

extension Organization: EditableFact {}

extension Place: EditableFact {}

extension Coverage.Statement: EditableFact {
    static var nameMember: String { "gist" }
}

extension Discrepancy: EditableFact {
    static var nameMember: String { "aspect" }
}

extension Article: EditableFact {
    static var nameMember: String { "headline" }
    static let draftMembers = ["text"]

    /// An article without a headline is called by its file, less the ending.
    static func otherName(in content: JSONObject) -> String? {
        guard case .string(let source)? = content["source"] else { return nil }
        return source.lastIndex(of: ".").map { String(source[..<$0]) } ?? source
    }

    /// What belongs to the file: it changes when that does, by an import.
    static let editionMembers = ["words", "sha256", "digests"]
    /// The same with what an answer adds to it.
    static let textMembers = editionMembers + ["paragraphs", "hasText"]

    static func fixedMembers(of stored: Stored<Article>) -> [(name: String, value: JSONValue)] {
        guard case .object(let content) = stored.value.content else { return [] }
        return editionMembers.map { ($0, content[$0] ?? .null) } + [
            ("paragraphs", .integer(Int64(stored.value.digests.count))), ("hasText", .bool(stored.derived.hasText)),
        ]
    }

    /// An article's edition stays what it is. That of a new one is worked out from its text; without one it has to be told,
    /// as of an article whose text is not at hand.
    static func completed(
        _ content: JSONValue, from present: Article?, _ text: IncomingText?, at pointer: JSONPointer, faults: FaultList
    ) -> JSONValue {
        guard case .object(var object) = content else { return content }
        if let present {
            if let text = object["text"], text != .null {
                faults.add(
                    pointer.appending(member: "text"),
                    "comes by POST /v1/articles or 'readout import', since it makes another edition")
            }
            object.set(editionMembers, of: present.content)
        } else if let text {
            let draft = text.draft
            if object["headline"] == nil { object["headline"] = draft.headline.map(JSONValue.string) }
            if object["credit"] == nil { object["credit"] = text.credit.map(JSONValue.string) }
            if object["source"] == nil { object["source"] = .string(draft.source) }
            object.set(editionMembers, of: draft.edition)
        } else if object["text"] != nil || object["digests"] == nil {
            faults.add(pointer.appending(member: "text"), textFault(object["text"]))
            // What would be made of the text is not missing.
            object["source"] = object["source"] ?? "unknown"
            object["headline"] = object["headline"] ?? "unknown"
            object.set(editionMembers, of: ["words": 0, "sha256": .string(SHA256.hex(of: "")), "digests": []])
        }
        object["text"] = nil
        return .object(object)
    }

    /// Why nothing is made of a text.
    private static func textFault(_ text: JSONValue?) -> String {
        guard let text else {
            return "is missing: a new article is made from its text, or told of by sha256, words and digests"
        }
        guard case .string(let string) = text else { return "must be a string, not \(text.kind)" }
        do throws(UnusableArticle) { _ = try ArticleBytes.text(of: Array(string.utf8)) } catch {
            return error.description
        }
        return "is not to be had"
    }
}

extension JSONObject {
    /// Takes these members over from another object.
    fileprivate mutating func set(_ names: [String], of other: JSONValue) {
        guard case .object(let other) = other else { return }
        for name in names { self[name] = other[name] }
    }
}

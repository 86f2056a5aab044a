// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import Digests
internal import JSON

/// A fact that editors write.
protocol EditableFact: ReadableFact {
    /// The member that a new record's id is made of.
    static var nameMember: String { get }

    /// Members that only a new record is made from, and that none has.
    static var draftMembers: [String] { get }

    /// Adds to content what the record has that is not the editor's to say.
    /// - Parameter present: the record, or what it last was; nil when it is new.
    static func completed(
        _ content: JSONValue, from present: Self?, at pointer: JSONPointer, faults: FaultList
    ) -> JSONValue
}

extension EditableFact {
    static var nameMember: String { "name" }
    static var draftMembers: [String] { [] }

    static func completed(
        _ content: JSONValue, from present: Self?, at pointer: JSONPointer, faults: FaultList
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

    /// What belongs to the file: it changes when that does, by an import.
    private static let editionMembers = ["words", "sha256", "digests"]

    /// An article's edition stays what it is; that of a new one is worked out from its text.
    static func completed(
        _ content: JSONValue, from present: Article?, at pointer: JSONPointer, faults: FaultList
    ) -> JSONValue {
        guard case .object(var object) = content else { return content }
        var edition = present?.content
        if present == nil {
            guard let text = draftText(object, at: pointer, faults: faults) else {
                // The text is at fault; what would be made of it is not missing.
                object["source"] = object["source"] ?? "unknown"
                object["headline"] = object["headline"] ?? "unknown"
                for (name, value) in zip(editionMembers, [0, .string(SHA256.hex(of: "")), []] as [JSONValue]) {
                    object[name] = value
                }
                object["text"] = nil
                return .object(object)
            }
            let draft = ArticleDraft(text)
            if object["headline"] == nil { object["headline"] = draft.headline.map(JSONValue.string) }
            if object["source"] == nil { object["source"] = .string(draft.source) }
            edition = draft.edition
        } else if let text = object["text"], text != .null {
            faults.add(
                pointer.appending(member: "text"), "comes by 'readout import', since it makes another edition")
        }
        object["text"] = nil
        if case .object(let edition)? = edition {
            for name in editionMembers { object[name] = edition[name] }
        }
        return .object(object)
    }

    /// The text that a new article is made from; nil when it is at fault.
    private static func draftText(_ object: JSONObject, at pointer: JSONPointer, faults: FaultList) -> String? {
        let place = pointer.appending(member: "text")
        guard case .string(let text)? = object["text"] else {
            let found = object["text"].map { "must be a string, not \($0.kind)" }
            faults.add(place, found ?? "is missing: a new article is made from its text")
            return nil
        }
        do {
            return try ArticleImport.text(of: Array(text.utf8))
        } catch {
            faults.add(place, "\(error)")
            return nil
        }
    }
}

/// What a text makes of an article by itself.
struct ArticleDraft {
    let paragraphs: [String]
    let headline: String?
    let sha256: String
    private let words: Int

    init(_ text: String) {
        let split = Paragraphs(of: text)
        paragraphs = split.all.map(String.init)
        words = split.words
        headline = ArticleImport.headline(of: paragraphs.first ?? "")
        sha256 = SHA256.hex(of: text)
    }

    /// The name of the file that the text might have come in.
    var source: String { "\(headline.flatMap(Slug.make)?.description ?? String(sha256.prefix(12))).txt" }

    var edition: JSONValue {
        [
            "words": .integer(Int64(words)), "sha256": .string(sha256),
            "digests": .array(paragraphs.map { .string(SHA256.hex(of: $0)) }),
        ]
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import JSON
internal import SQLite

/// The lineages that were measured on texts. They count without an editor, until one refuses them.
struct Lineages {
    private let connection: Connection

    init(_ connection: Connection) {
        self.connection = connection
    }

    /// Has what a proposal says of an article's lineage count, or no more.
    func setMeasured(_ counts: Bool, _ content: JSONValue, of article: String) throws {
        guard counts, case .object(let object) = content, case .object(let lineage)? = object["lineage"],
            case .string(let group)? = lineage["group"], case .string(let reason)? = lineage["reason"]
        else { return try set(nil, of: article) }
        let confidence: Double =
            switch lineage["confidence"] {
            case .number(let number): number
            case .integer(let number): Double(number)
            default: 0
            }
        try set(Article.Lineage(group: group, reason: reason, confidence: confidence), of: article)
    }

    func set(_ lineage: Article.Lineage?, of article: String) throws {
        try connection.run(
            "UPDATE articles SET measured_group = ?, measured_reason = ?, measured_confidence = ? WHERE id = ?",
            lineage.map { .text($0.group) } ?? .null, lineage.map { .text($0.reason) } ?? .null,
            lineage.map { .real($0.confidence) } ?? .null, .text(article))
    }
}

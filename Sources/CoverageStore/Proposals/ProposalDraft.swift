// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import Digests
internal import JSON

/// What reading a text proposes, before it is stored.
struct ProposalDraft {
    let kind: ProposalKind
    /// What it would be called, in our own words.
    let name: String
    /// Why it is proposed, in a sentence.
    let reason: String
    /// 0 to 1.
    let confidence: Double
    /// The record that would be changed; nil where one would be made.
    let target: Reference?
    /// What would be written, in the shape in which records are.
    let content: JSONValue
    /// Where it stands, first of all in the article that was read.
    let grounds: [Ground]
    /// What makes it the same proposal when the text is read again, whatever else is then known: of words that stand there,
    /// not of numbers of paragraphs.
    let identity: String
    /// That of the proposal that it brings up to date, where another article's reading made that.
    var knownID: String? = nil

    /// Made of its identity, so that it is never proposed twice, and never again when it was refused.
    var id: String { knownID ?? Self.id(kind, identity) }

    static func id(_ kind: ProposalKind, _ identity: String) -> String {
        "\(kind.rawValue)-\(SHA256.hex(of: "\(kind.rawValue)\n\(identity)").prefix(16))"
    }
}

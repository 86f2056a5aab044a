// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import Digests
internal import JSON

/// What a text makes of an article by itself.
struct ArticleDraft {
    let paragraphs: [String]
    let headline: String?
    let sha256: String
    let words: Int
    /// In bytes.
    let size: Int
    private let split: Paragraphs

    /// The text in its parts; made when it is asked for.
    var text: ArticleText { ArticleText(split) }

    init(_ text: String) {
        split = Paragraphs(of: text)
        paragraphs = split.all.map(String.init)
        words = split.words
        headline = Self.headline(of: paragraphs.first ?? "")
        sha256 = SHA256.hex(of: text)
        size = text.utf8.count
    }

    /// Of an article as it is written; nil where it has no text, or one that is none.
    init?(of content: JSONValue) {
        guard case .object(let object) = content, case .string(let text)? = object["text"],
            (try? ArticleBytes.text(of: Array(text.utf8))) != nil
        else { return nil }
        self.init(text)
    }

    var digests: [String] { paragraphs.map { SHA256.hex(of: $0) } }

    /// The name of the file that the text might have come in.
    var source: String { "\(headline.flatMap(Slug.make)?.description ?? String(sha256.prefix(12))).txt" }

    var edition: JSONValue {
        [
            "words": .integer(Int64(words)), "sha256": .string(sha256),
            "digests": .array(digests.map(JSONValue.string)),
        ]
    }

    /// A first line that is short enough to be a title. Anything longer is the publisher's text, which must not leave.
    private static func headline(of line: String) -> String? {
        let words = line.split { $0.isWhitespace || $0 == "\u{FEFF}" }
        let text = words.joined(separator: " ")
        return (1...20).contains(words.count) && text.unicodeScalars.count <= 200 ? text : nil
    }
}

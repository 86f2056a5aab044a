// SPDX-License-Identifier: Apache-2.0

/// What `q` asks for, as an FTS5 expression: words are all wanted, `"a phrase"` in order, `prefix*` from the left; all
/// else is literal, so that no text a client sends is ever syntax.
///
/// Reads Unicode scalars, as FTS5 does: a quotation mark with a combining mark behind it is still one.
package struct SearchExpression: Sendable {
    let expression: String

    /// - Returns: nil when the text holds no letter or digit to look for.
    package init?(_ text: String) {
        let terms = Self.terms(of: text)
        guard !terms.isEmpty else { return nil }
        expression = terms.joined(separator: " AND ")
    }

    /// What somebody is typing: names and aliases in which each word stands, and the last one begins a word.
    init?(completing text: String) {
        var terms = Self.terms(of: text)
        guard let last = terms.popLast() else { return nil }
        terms.append(last.hasSuffix("*") ? last : last + "*")
        expression = "{name aliases} : (\(terms.joined(separator: " AND ")))"
    }

    private static func terms(of text: String) -> [String] {
        var terms: [String] = []
        var rest = text.unicodeScalars[...]
        while let start = rest.firstIndex(where: { !$0.properties.isWhitespace }) {
            rest = rest[start...]
            if rest.first == "\"" {
                rest = rest.dropFirst()
                let end = rest.firstIndex(of: "\"") ?? rest.endIndex
                append(rest[..<end], isPrefix: false, to: &terms)
                rest = rest[end...].dropFirst()
            } else {
                let end = rest.firstIndex { $0.properties.isWhitespace || $0 == "\"" } ?? rest.endIndex
                let word = rest[..<end]
                let isPrefix = word.last == "*"
                append(isPrefix ? word.dropLast() : word, isPrefix: isPrefix, to: &terms)
                rest = rest[end...]
            }
        }
        return terms
    }

    /// Between quotation marks nothing is syntax but the quotation mark, and none is left here. The tokenizer then splits
    /// the string as it split the documents.
    private static func append(_ words: Substring.UnicodeScalarView, isPrefix: Bool, to terms: inout [String]) {
        // NUL would end the expression; it is no part of any word.
        let words = words.filter { $0 != "\0" }
        guard words.contains(where: { $0.properties.isAlphabetic || $0.properties.numericType != nil }) else { return }
        terms.append("\"\(String(String.UnicodeScalarView(words)))\"" + (isPrefix ? "*" : ""))
    }
}

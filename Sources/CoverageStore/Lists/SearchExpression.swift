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
        // A word given again asks for nothing more, and would make ranking slower with the square of their number.
        var seen: Set<String> = []
        var rest = text.unicodeScalars[...]
        while let term = Self.nextTerm(of: &rest) {
            if let term = Self.quoted(term), seen.insert(term.lowercased()).inserted { terms.append(term) }
        }
        return terms
    }

    private typealias Term = (words: Substring.UnicodeScalarView, isPrefix: Bool)

    /// Takes a phrase up to its closing quotation mark, or a word up to white space or an opening one; nil at the end.
    private static func nextTerm(of rest: inout Substring.UnicodeScalarView) -> Term? {
        guard let start = rest.firstIndex(where: { !$0.isSpace }) else { return nil }
        rest = rest[start...]
        if rest.first == "\"" {
            rest = rest.dropFirst()
            let end = rest.firstIndex(of: "\"") ?? rest.endIndex
            defer { rest = rest[end...].dropFirst() }
            return (rest[..<end], false)
        }
        let end = rest.firstIndex { $0.isSpace || $0 == "\"" } ?? rest.endIndex
        let word = rest[..<end]
        rest = rest[end...]
        return word.last == "*" ? (word.dropLast(), true) : (word, false)
    }

    /// A term as an FTS5 string; nil without a letter or digit. Between quotation marks nothing is syntax but the
    /// quotation mark, and none is left here. The tokenizer then splits the string as it split the documents.
    private static func quoted(_ term: Term) -> String? {
        guard term.words.contains(where: \.isOfWord) else { return nil }
        // NUL would end the expression; it is no part of any word.
        let words =
            term.words.contains("\0")
            ? String(String.UnicodeScalarView(term.words.filter { $0 != "\0" })) : String(term.words)
        return "\"\(words)\"" + (term.isPrefix ? "*" : "")
    }
}

/// Of ASCII, by ranges: what Unicode says of a scalar is looked up in tables.
extension Unicode.Scalar {
    fileprivate var isSpace: Bool {
        isASCII ? value == 0x20 || 0x09...0x0D ~= value : properties.isWhitespace
    }

    fileprivate var isOfWord: Bool {
        switch self {
        case "0"..."9", "A"..."Z", "a"..."z": true
        default: !isASCII && (properties.isAlphabetic || properties.numericType != nil)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// What `q` asks for, as an FTS5 expression: words are all wanted, `"a phrase"` in order, `prefix*` from the left; all
/// else is literal, so that no text a client sends is ever syntax.
package struct SearchExpression: Sendable {
    let expression: String

    /// - Returns: nil when the text holds no letter or digit to look for.
    package init?(_ text: String) {
        var terms: [String] = []
        var rest = Substring(text)
        while let start = rest.firstIndex(where: { !$0.isWhitespace }) {
            rest = rest[start...]
            if rest.first == "\"" {
                rest = rest.dropFirst()
                let end = rest.firstIndex(of: "\"") ?? rest.endIndex
                Self.append(rest[..<end], prefix: false, to: &terms)
                rest = rest[end...].dropFirst()
            } else {
                let end = rest.firstIndex { $0.isWhitespace || $0 == "\"" } ?? rest.endIndex
                let word = rest[..<end]
                let isPrefix = word.last == "*"
                Self.append(isPrefix ? word.dropLast() : word, prefix: isPrefix, to: &terms)
                rest = rest[end...]
            }
        }
        guard !terms.isEmpty else { return nil }
        expression = terms.joined(separator: " AND ")
    }

    /// Inside an FTS5 string only the double quote is special, and doubling it makes it literal. The tokenizer then
    /// splits the string as it split the documents.
    private static func append(_ words: Substring, prefix: Bool, to terms: inout [String]) {
        // NUL would end the expression; it is no part of any word.
        let text = words.filter { $0 != "\0" }
        guard text.unicodeScalars.contains(where: { $0.properties.isAlphabetic || $0.properties.numericType != nil })
        else { return }
        terms.append("\"" + text.replacing("\"", with: "\"\"") + "\"" + (prefix ? "*" : ""))
    }
}

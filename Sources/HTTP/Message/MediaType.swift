// SPDX-License-Identifier: Apache-2.0

/// A media type (RFC 9110, section 8.3.1), such as `text/csv; charset=utf-8`.
package struct MediaType: Sendable, Hashable, CustomStringConvertible {
    package struct Parameter: Sendable, Hashable {
        /// In lower case.
        package let name: String
        /// Without quotes.
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name.lowercased()
            self.value = value
        }
    }

    /// In lower case, such as `application`.
    package let type: String
    /// In lower case, such as `json`.
    package let subtype: String
    package let parameters: [Parameter]

    package init(_ type: String, _ subtype: String, parameters: [Parameter] = []) {
        self.type = type.lowercased()
        self.subtype = subtype.lowercased()
        self.parameters = parameters
    }

    /// Reads a `Content-Type` value; nil when it is none.
    package init?(parsing text: String) {
        guard let split = Self.split(text), let essence = Self.essence(split.value) else { return nil }
        self.init(essence.type, essence.subtype, parameters: split.parameters)
    }

    /// Type and subtype without parameters.
    package var essence: String { "\(type)/\(subtype)" }

    package var description: String {
        parameters.reduce(essence) { text, parameter in "\(text); \(parameter.name)=\(parameter.value)" }
    }

    // MARK: Negotiation

    /// The representation to answer with (RFC 9110, section 12.5.1).
    /// - Parameters:
    ///   - accept: The value of `Accept`. Without one, or with nothing readable in it, everything is acceptable.
    ///   - offered: What there is, the server's favourite first: among equally wanted ones the first wins.
    /// - Returns: nil when nothing offered is acceptable.
    package static func bestMatch(accept: String?, among offered: [MediaType]) -> MediaType? {
        let ranges = accept.map { WeightedList($0).elements.filter { essence($0.value) != nil } } ?? []
        guard !ranges.isEmpty else { return offered.first }
        var best: (type: MediaType, weight: Int)?
        for candidate in offered {
            let weight = candidate.weight(by: ranges)
            if weight > best?.weight ?? 0 { best = (candidate, weight) }
        }
        return best?.type
    }

    /// The weight of the most specific range that covers this type; 0 when none does.
    private func weight(by ranges: [WeightedList.Element]) -> Int {
        var found = (precedence: -1, weight: 0)
        for range in ranges {
            let precedence = precedence(of: range)
            if precedence > found.precedence { found = (precedence, range.weight) }
        }
        return found.weight
    }

    /// 0 for `*/*`, 1 for `type/*`, 2 for the type itself, more with parameters; -1 when the range does not cover it.
    /// A charset is let pass: everything here is UTF-8.
    private func precedence(of range: WeightedList.Element) -> Int {
        let wanted = range.parameters.filter { $0.name != "charset" }
        guard wanted.allSatisfy(parameters.contains) else { return -1 }
        switch range.value {
        case "*/*": return 0
        case "\(type)/*": return 1
        case essence: return 2 + wanted.count
        default: return -1
        }
    }

    // MARK: Reading

    /// A value in lower case and the parameters behind it; nil when either breaks the grammar.
    static func split(_ text: some StringProtocol) -> (value: String, parameters: [Parameter])? {
        let pieces = WeightedList.split(text, at: UInt8(ascii: ";")).map(\.trimmed)
        guard let first = pieces.first, !first.isEmpty else { return nil }
        var parameters: [Parameter] = []
        for piece in pieces.dropFirst() where !piece.isEmpty {
            guard let equals = piece.firstIndex(of: "="), isToken(piece[..<equals]),
                let value = unquoted(piece[piece.index(after: equals)...])
            else { return nil }
            parameters.append(Parameter(String(piece[..<equals]), value))
        }
        return (first.lowercased(), parameters)
    }

    private static func essence(_ text: String) -> (type: String, subtype: String)? {
        let sides = text.split(separator: "/", omittingEmptySubsequences: false)
        guard sides.count == 2, isToken(sides[0]), isToken(sides[1]) else { return nil }
        return (String(sides[0]), String(sides[1]))
    }

    private static func isToken(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(ByteSet.token.contains)
    }

    /// A token as it is, or what a quoted string says (RFC 9110, section 5.6.4).
    private static func unquoted(_ text: Substring) -> String? {
        guard text.first == "\"" else { return isToken(text) ? String(text) : nil }
        guard text.count >= 2, text.last == "\"" else { return nil }
        var value = ""
        var isEscaped = false
        for character in text.dropFirst().dropLast() {
            if !isEscaped, character == "\\" {
                isEscaped = true
            } else if !isEscaped, character == "\"" {
                return nil
            } else {
                value.append(character)
                isEscaped = false
            }
        }
        return isEscaped ? nil : value
    }
}

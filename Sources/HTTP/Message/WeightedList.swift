// SPDX-License-Identifier: Apache-2.0

/// The elements of fields such as `Accept` and `Accept-Encoding` (RFC 9110, section 12.4): a value, its parameters, and
/// how much it is wanted. Elements that break the grammar are passed over.
struct WeightedList {
    struct Element {
        /// In lower case.
        var value: String
        var parameters: [MediaType.Parameter]
        /// The `q` parameter in thousandths: 0 (not at all) to 1000 (the most).
        var weight: Int
    }

    let elements: [Element]

    init(_ field: String) {
        elements = Self.split(field, at: UInt8(ascii: ",")).compactMap(Self.element)
    }

    private static func element(_ text: Substring) -> Element? {
        guard let typed = MediaType.split(text) else { return nil }
        var parameters = typed.parameters
        guard let position = parameters.firstIndex(where: { $0.name == "q" }) else {
            return Element(value: typed.value, parameters: parameters, weight: 1000)
        }
        let value = Array(parameters[position].value.utf8)
        guard let weight = value.span.weight(in: value.indices) else { return nil }
        // What follows the weight once were extensions; nothing uses them (RFC 9110, section 12.5.1).
        parameters.removeSubrange(position...)
        return Element(value: typed.value, parameters: parameters, weight: weight)
    }

    /// Splits at a separator outside quoted strings (RFC 9110, section 5.6.4). By bytes: to Swift a comma and the accent behind
    /// it are one character.
    static func split(_ text: some StringProtocol, at separator: UInt8) -> [Substring] {
        let text = Substring(text)
        var pieces: [Substring] = []
        var start = text.startIndex
        var isQuoted = false
        var isEscaped = false
        for index in text.utf8.indices {
            let byte = text.utf8[index]
            if isEscaped {
                isEscaped = false
            } else if isQuoted, byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if !isQuoted, byte == separator {
                pieces.append(text[start..<index])
                start = text.utf8.index(after: index)
            }
        }
        pieces.append(text[start...])
        return pieces
    }
}

extension Substring {
    /// Without spaces and tabs at both ends.
    var trimmed: Substring {
        var rest = utf8.drop(while: \.isBlank)
        while rest.last?.isBlank == true { rest.removeLast() }
        return Substring(rest)
    }
}

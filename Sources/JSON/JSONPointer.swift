// SPDX-License-Identifier: Apache-2.0

/// The way to one value inside a JSON document (RFC 6901): `/data/0/name`. The empty pointer is the whole document.
package struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
    /// The reference tokens, not escaped; an array index in decimal.
    package private(set) var tokens: [String] = []

    package init() {}

    package mutating func append(member name: String) { tokens.append(name) }

    /// - Parameter index: counted from 0.
    package mutating func append(index: Int) { tokens.append(String(index)) }

    package func appending(member name: String) -> JSONPointer {
        var longer = self
        longer.append(member: name)
        return longer
    }

    /// - Parameter index: counted from 0.
    package func appending(index: Int) -> JSONPointer {
        var longer = self
        longer.append(index: index)
        return longer
    }

    /// The text form: each token after a slash, with `~` as `~0` and `/` as `~1` (RFC 6901, section 3).
    package var description: String {
        var text = ""
        for token in tokens {
            text.append("/")
            for scalar in token.unicodeScalars {
                switch scalar {
                case "~": text.append("~0")
                case "/": text.append("~1")
                default: text.unicodeScalars.append(scalar)
                }
            }
        }
        return text
    }
}

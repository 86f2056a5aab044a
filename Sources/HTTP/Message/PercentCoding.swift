// SPDX-License-Identifier: Apache-2.0

/// Why percent-encoded text cannot be read.
package enum PercentCodingError: Error, Equatable, Sendable {
    /// A `%` without two hexadecimal digits.
    case malformedPercent
    /// The decoded bytes are not UTF-8.
    case notUTF8
    /// The text contains `%00`: nothing here has a use for NUL, and C code would end the text at it.
    case nul

    /// What is wrong, to follow the name of the piece it is wrong with.
    package var detail: String {
        switch self {
        case .malformedPercent: "has a % that is not followed by two hexadecimal digits"
        case .notUTF8: "is not UTF-8 once percent-decoded"
        case .nul: "contains a NUL character"
        }
    }
}

/// Percent-encoding (RFC 3986, section 2.1): decodes path segments and queries, encodes queries.
package enum PercentCoding {
    /// - Parameter plusIsSpace: True in queries, by the rules of HTML forms.
    package static func decode(
        _ text: Substring, plusIsSpace: Bool = false
    ) throws(PercentCodingError) -> String {
        if isPlain(text.utf8Span.span, plusIsSpace: plusIsSpace) { return String(text) }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.utf8.count)
        var bytes = text.utf8.makeIterator()
        while let byte = bytes.next() {
            var value = byte
            if byte == UInt8(ascii: "%") {
                guard let high = bytes.next()?.hexadecimalValue, let low = bytes.next()?.hexadecimalValue else {
                    throw .malformedPercent
                }
                value = high << 4 | low
            } else if plusIsSpace, byte == UInt8(ascii: "+") {
                value = .space
            }
            guard value != 0 else { throw .nul }
            decoded.append(value)
        }
        guard let result = String(validating: decoded, as: UTF8.self) else { throw .notUTF8 }
        return result
    }

    /// Whether the text says what it is, as most do.
    private static func isPlain(_ text: Span<UInt8>, plusIsSpace: Bool) -> Bool {
        for index in text.indices {
            switch text[index] {
            case UInt8(ascii: "%"), 0: return false
            case UInt8(ascii: "+") where plusIsSpace: return false
            default: continue
            }
        }
        return true
    }

    /// Appends a name or value of a query. What may stand there as it is does, and spaces become `+`, as in the forms of HTML: a link to
    /// another page is hardly ever to be refused for its length where the request that it was made for was not.
    static func append(_ text: String, to encoded: inout [UInt8]) {
        let bytes = text.utf8Span.span
        for index in bytes.indices {
            let byte = bytes[index]
            if ByteSet.formValue.contains(byte) {
                encoded.append(byte)
            } else if byte == .space {
                encoded.append(UInt8(ascii: "+"))
            } else {
                encoded.append(UInt8(ascii: "%"))
                encoded.append((byte >> 4).hexadecimalDigit)
                encoded.append(byte.hexadecimalDigit)
            }
        }
    }
}

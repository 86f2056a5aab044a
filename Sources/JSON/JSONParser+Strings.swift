// SPDX-License-Identifier: Apache-2.0

/// Strings (RFC 8259, section 7).
extension JSONParser {
    /// Reads a string from its opening quotation mark to behind its closing one.
    mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        let hasEscapes = try skipToClosingQuote()
        let end = position
        position += 1
        // Escapes are ASCII, so the content is valid UTF-8 exactly when what stands between the quotes is.
        do {
            let text = try UTF8Span(validating: bytes.span.extracting(start..<end))
            if !hasEscapes { return String(copying: text) }
        } catch {
            throw fault("the string is not valid UTF-8", at: start + error.byteOffsets.lowerBound)
        }
        return try unescaped(start..<end)
    }

    /// Leaves `position` at the closing quotation mark; tells whether there were escapes on the way.
    private mutating func skipToClosingQuote() throws(JSONError) -> Bool {
        var hasEscapes = false
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                return hasEscapes
            case UInt8(ascii: "\\"):
                hasEscapes = true
                position += 2
            case ..<0x20:
                throw fault("a control character inside a string has to be escaped")
            default:
                position += 1
            }
        }
        position = bytes.count  // A backslash at the very end has been stepped over.
        throw fault("the text ends inside a string")
    }

    private mutating func unescaped(_ range: Range<Int>) throws(JSONError) -> String {
        let behind = position
        var content: [UInt8] = []
        content.reserveCapacity(range.count)
        position = range.lowerBound
        while position < range.upperBound {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\\") {
                let scalar = try escape()
                content.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            } else {
                content.append(byte)
                position += 1
            }
        }
        position = behind
        return String(decoding: content, as: UTF8.self)
    }

    /// Reads one escape from its backslash on; a surrogate pair is one escape.
    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
        let start = position
        let letter = bytes[position + 1]
        position += 2
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape(from: start)
        default: throw fault("a backslash may be followed by one of \" \\ / b f n r t u only", at: start)
        }
    }

    private mutating func unicodeEscape(from start: Int) throws(JSONError) -> Unicode.Scalar {
        let first = try fourHexDigits(of: start)
        if first == 0 { throw fault("the NUL character is not accepted in strings", at: start) }
        if let scalar = Unicode.Scalar(first) { return scalar }
        if UTF16.isLeadSurrogate(first), peek == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u") {
            position += 2
            let second = try fourHexDigits(of: position - 2)
            if UTF16.isTrailSurrogate(second) {
                return UTF16.decode(UTF16.EncodedScalar([first, second]))
            }
        }
        throw fault("the escape is half of a surrogate pair, which is not a character", at: start)
    }

    /// - Parameter start: where the escape began, for the fault.
    private mutating func fourHexDigits(of start: Int) throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = peek.flatMap(Self.hexDigitValue) else {
                throw fault("\\u has to be followed by four hexadecimal digits", at: start)
            }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }

    private static func hexDigitValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

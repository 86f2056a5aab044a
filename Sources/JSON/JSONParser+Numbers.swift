// SPDX-License-Identifier: Apache-2.0

/// Numbers (RFC 8259, section 6).
extension JSONParser {
    /// Reads a number from its sign or first digit on.
    mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        let isNegative = peek == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let whole = try digits("expected a digit after '-'")
        if whole.count > 1, bytes[whole.lowerBound] == UInt8(ascii: "0") {
            throw fault("a number does not begin with 0", at: start)
        }
        var isInteger = true
        if peek == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            _ = try digits("expected a digit after the decimal point")
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            isInteger = false
            position += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
            _ = try digits("expected a digit in the exponent")
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger {
            guard let integer = Int64(text) else { throw fault("the integer does not fit in 64 bits", at: start) }
            return .integer(integer)
        }
        guard let number = Double(text), number.isFinite else {
            throw fault("the number is too large", at: start)
        }
        return .number(number)
    }

    private mutating func digits(_ message: String) throws(JSONError) -> Range<Int> {
        let start = position
        while let byte = peek, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { position += 1 }
        guard position > start else { throw fault("\(message), found \(found)") }
        return start..<position
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Lower-case base 16.
package enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    package static func encode(_ bytes: [UInt8]) -> String { encode(bytes.span) }

    /// Of a span, not of any sequence: what another module calls is not specialised for it.
    package static func encode(_ bytes: Span<UInt8>) -> String {
        var characters: [UInt8] = []
        characters.reserveCapacity(bytes.count * 2)
        append(bytes, to: &characters)
        return String(decoding: characters, as: UTF8.self)
    }

    /// The digits as ASCII.
    package static func append(_ bytes: Span<UInt8>, to characters: inout [UInt8]) {
        for index in bytes.indices {
            characters.append(digits[Int(bytes[index] >> 4)])
            characters.append(digits[Int(bytes[index] & 0xF)])
        }
    }

    /// The bytes of a text of pairs of digits; nil when it is none.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in text.utf8 {
            guard let value = digits.firstIndex(of: character).map(UInt8.init) else { return nil }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return high == nil ? bytes : nil
    }
}

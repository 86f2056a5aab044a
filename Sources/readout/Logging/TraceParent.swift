// SPDX-License-Identifier: Apache-2.0

/// The field `traceparent` (W3C Trace Context, section 3.2): version, trace, parent and flags, such as
/// `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`.
enum TraceParent {
    /// The four parts with their hyphens; later versions may have more behind them.
    static let length = 55

    static func isValid(_ field: Span<UInt8>) -> Bool {
        guard field.count >= length else { return false }
        for index in 0..<length {
            let isHyphen = index == 2 || index == 35 || index == 52
            guard isHyphen ? field[index] == UInt8(ascii: "-") : isDigit(field[index]) else { return false }
        }
        let isFirstVersion = field[0] == UInt8(ascii: "0") && field[1] == UInt8(ascii: "0")
        let isNoVersion = field[0] == UInt8(ascii: "f") && field[1] == UInt8(ascii: "f")
        guard !isNoVersion, hasNonzero(field, 3..<35), hasNonzero(field, 36..<52) else { return false }
        return field.count == length || (!isFirstVersion && field[length] == UInt8(ascii: "-"))
    }

    private static func hasNonzero(_ field: Span<UInt8>, _ range: Range<Int>) -> Bool {
        for index in range where field[index] != UInt8(ascii: "0") { return true }
        return false
    }

    /// Lower case only, as the standard has it.
    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: false
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Holds the extensions of one chunk to their grammar (RFC 9112, section 7.1.1): what two implementations might end at different
/// places is refused. What they mean is no matter here.
///
///     *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS ( token / quoted-string ) ] )
struct ChunkExtensions: Sendable {
    private enum State {
        /// Behind a semicolon, before the name.
        case start
        case name, afterName
        /// Behind the equals sign.
        case beforeValue
        case value, quoted, escaped, quoteClosed, afterValue
    }

    /// The first semicolon has been read.
    private var state = State.start

    /// Whether the line may end here.
    var mayEnd: Bool { state == .name || state == .value || state == .quoteClosed }

    /// - Returns: false when this byte may not come next.
    mutating func take(_ byte: UInt8) -> Bool {
        guard let next = state(after: byte) else { return false }
        state = next
        return true
    }

    private func state(after byte: UInt8) -> State? {
        let isBlank = byte == .space || byte == .tab
        let isToken = ByteSet.token.contains(byte)
        let isSemicolon = byte == UInt8(ascii: ";")
        let isEquals = byte == UInt8(ascii: "=")
        return switch state {
        case .start: isBlank ? .start : isToken ? .name : nil
        case .name: isToken ? .name : isBlank ? .afterName : isEquals ? .beforeValue : isSemicolon ? .start : nil
        case .afterName: isBlank ? .afterName : isEquals ? .beforeValue : isSemicolon ? .start : nil
        case .beforeValue:
            isBlank ? .beforeValue : isToken ? .value : byte == UInt8(ascii: "\"") ? .quoted : nil
        case .value: isToken ? .value : isBlank ? .afterValue : isSemicolon ? .start : nil
        case .quoted:
            switch byte {
            case UInt8(ascii: "\""): .quoteClosed
            case UInt8(ascii: "\\"): .escaped
            default: byte.isFieldText ? .quoted : nil
            }
        case .escaped: byte.isFieldText ? .quoted : nil
        case .quoteClosed, .afterValue: isBlank ? .afterValue : isSemicolon ? .start : nil
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Why a text is not accepted as JSON, and where.
package struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Counted from 1; lines end at LF.
    package let line: Int
    /// Counted from 1, in Unicode scalars.
    package let column: Int
    /// Bytes before the fault.
    package let offset: Int
    /// The value, or the innermost container, in which the fault stands.
    package let pointer: JSONPointer
    /// One clause in plain words, with neither capital nor full stop.
    package let message: String

    package var description: String {
        let place = pointer.tokens.isEmpty ? "" : " (at \(pointer))"
        return "line \(line), column \(column): \(message)\(place)"
    }

    init(_ message: String, at offset: Int, of bytes: [UInt8], pointer: JSONPointer) {
        var line = 1
        var column = 1
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {  // A continuation byte belongs to the scalar before it.
                column += 1
            }
        }
        self.line = line
        self.column = column
        self.offset = offset
        self.pointer = pointer
        self.message = message
    }
}

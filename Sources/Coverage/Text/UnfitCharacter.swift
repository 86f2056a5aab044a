// SPDX-License-Identifier: Apache-2.0

/// Why a character has no place in a text, whoever writes it.
package enum UnfitCharacter: Sendable, Equatable {
    /// One of the control characters (Unicode's category Cc), those of white space included.
    case control
    /// One that changes the direction of writing within a line, which then reads otherwise than it is stored (Unicode Technical
    /// Report 36, section 2.5). Marks that only help to order a line (LRM, RLM, ALM) are harmless.
    case turning
}

extension Unicode.Scalar {
    /// Nil for all that may stand in a text.
    package var unfitness: UnfitCharacter? {
        switch value {
        case 0x00...0x1F, 0x7F...0x9F: .control
        case 0x202A...0x202E, 0x2066...0x2069: .turning
        default: nil
        }
    }

    /// As Unicode writes it: `U+202E`.
    package var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

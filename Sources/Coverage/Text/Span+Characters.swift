// SPDX-License-Identifier: Apache-2.0

/// What the readers of this room ask of bytes.
extension Span<UInt8> {
    /// - Parameter character: of ASCII; as below.
    func firstIndex(of character: Unicode.Scalar) -> Int? {
        let byte = UInt8(ascii: character)
        for index in indices where self[index] == byte { return index }
        return nil
    }

    func contains(_ character: Unicode.Scalar) -> Bool { firstIndex(of: character) != nil }

    func begins(with character: Unicode.Scalar) -> Bool { !isEmpty && self[0] == UInt8(ascii: character) }

    /// Whether it is this character two times, and nothing else.
    func isTwice(_ character: Unicode.Scalar) -> Bool {
        count == 2 && self[0] == UInt8(ascii: character) && self[1] == UInt8(ascii: character)
    }

    func equals(_ other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in indices where self[index] != other[index] { return false }
        return true
    }

    func allSatisfy(_ test: (UInt8) -> Bool) -> Bool {
        for index in indices where !test(self[index]) { return false }
        return true
    }
}

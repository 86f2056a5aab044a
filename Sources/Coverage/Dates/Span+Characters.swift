// SPDX-License-Identifier: Apache-2.0

/// What the readers of this room ask of bytes. The characters are the program's own, of ASCII: any other is a mistake of it, and traps.
extension Span<UInt8> {
    func firstIndex(of character: Unicode.Scalar) -> Int? {
        let byte = UInt8(ascii: character)
        for index in indices where self[index] == byte { return index }
        return nil
    }

    func contains(_ character: Unicode.Scalar) -> Bool { firstIndex(of: character) != nil }

    func contains(where test: (UInt8) -> Bool) -> Bool {
        for index in indices where test(self[index]) { return true }
        return false
    }

    func allSatisfy(_ test: (UInt8) -> Bool) -> Bool { !contains { !test($0) } }

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
}

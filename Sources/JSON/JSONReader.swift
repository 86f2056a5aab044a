// SPDX-License-Identifier: Apache-2.0

/// Reads JSON strictly: what is ambiguous or lossy is refused, not guessed at.
///
/// Accepted is exactly RFC 8259 in UTF-8, less what would not survive being stored: a member name given twice, an
/// escape that is half of a surrogate pair, the NUL character, an integer beyond 64 bits, a number that is not
/// finite as a double, and containers nested deeper than asked for.
package enum JSONReader {
    /// - Parameters:
    ///   - bytes: the whole document, without a byte order mark.
    ///   - maximumDepth: how many arrays and objects may be open at once.
    /// - Throws: the first fault, with its place.
    package static func read(_ bytes: [UInt8], maximumDepth: Int = 64) throws(JSONError) -> JSONValue {
        var parser = JSONParser(bytes, maximumDepth: maximumDepth)
        return try parser.document()
    }
}

// SPDX-License-Identifier: Apache-2.0

/// The names and values of a query, by the rules of HTML forms (`application/x-www-form-urlencoded`).
package enum Query {
    /// Which piece of a query cannot be read, and why.
    package struct Malformed: Error, Equatable, Sendable {
        /// The text between two `&`, as sent.
        package let piece: String
        package let reason: PercentCodingError

        /// A sentence that names the piece.
        package var detail: String { "The query parameter \"\(piece)\" \(reason.detail)." }
    }

    /// The parameters in the order sent, repeated ones repeated. A piece without `=` has an empty value; empty pieces
    /// are passed over.
    /// - Parameter raw: What follows the `?`, as sent.
    package static func parse(_ raw: String) throws(Malformed) -> [(name: String, value: String)] {
        var items: [(name: String, value: String)] = []
        // By bytes: an ampersand is one whatever stands behind it.
        for piece in raw.utf8.split(separator: UInt8(ascii: "&")).map({ Substring($0) }) {
            let equals = piece.utf8.firstIndex(of: UInt8(ascii: "="))
            do {
                let name = try PercentCoding.decode(piece[..<(equals ?? piece.endIndex)], plusIsSpace: true)
                let value = try equals.map { piece[piece.utf8.index(after: $0)...] }
                    .map { (text) throws(PercentCodingError) in try PercentCoding.decode(text, plusIsSpace: true) }
                items.append((name, value ?? ""))
            } catch {
                throw Malformed(piece: String(piece), reason: error)
            }
        }
        return items
    }

    /// The inverse: encoded, joined, without a `?`.
    package static func format(_ items: [(name: String, value: String)]) -> String {
        var query: [UInt8] = []
        query.reserveCapacity(items.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 2 })
        for item in items {
            if !query.isEmpty { query.append(UInt8(ascii: "&")) }
            PercentCoding.append(item.name, to: &query)
            query.append(UInt8(ascii: "="))
            PercentCoding.append(item.value, to: &query)
        }
        return String(decoding: query, as: UTF8.self)
    }
}

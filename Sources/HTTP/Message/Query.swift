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
        for piece in raw.split(separator: "&") {
            let sides = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            do {
                let name = try PercentCoding.decode(sides.first ?? "", plusIsSpace: true)
                let value = sides.count > 1 ? try PercentCoding.decode(sides[1], plusIsSpace: true) : ""
                items.append((name, value))
            } catch {
                throw Malformed(piece: String(piece), reason: error)
            }
        }
        return items
    }

    /// The inverse: encoded, joined, without a `?`.
    package static func format(_ items: [(name: String, value: String)]) -> String {
        items.map { item in
            PercentCoding.encode(queryComponent: item.name) + "=" + PercentCoding.encode(queryComponent: item.value)
        }.joined(separator: "&")
    }
}

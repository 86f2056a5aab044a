// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import HTTP
internal import JSON

/// Where things are, as clients see it. Absolute only when the operator said how the world reaches the server: the
/// request's `Host` is anybody's to choose.
package struct Links: Sendable {
    /// What stands before every path: empty, or an origin with an optional prefix, without a slash at its end.
    private let base: String
    /// What stands before the ids of each type, in the order of the types: every answer has many links.
    private let collections: [String]
    /// The same as JSON, in a member behind a string that has not ended: `","href":"/v1/events/`. One behind the other: of an array of
    /// arrays the references to each would be counted, by all loops at once.
    private let hrefPieces: [UInt8]
    private let hrefRanges: [Range<Int>]

    package init(publicURL: String?) {
        let text = publicURL ?? ""
        let base = text.hasSuffix("/") ? String(text.dropLast()) : text
        self.base = base
        collections = FactType.allCases.map { "\(base)/v1/\($0.collection)/" }
        var (pieces, ranges): ([UInt8], [Range<Int>]) = ([], [])
        for collection in collections {
            let start = pieces.count
            var json = JSONWriter()
            json.string(collection)
            pieces += Array(#"","href":"#.utf8) + json.finish().dropLast()
            ranges.append(start..<pieces.count)
        }
        (hrefPieces, hrefRanges) = (pieces, ranges)
    }

    package func link(_ path: String) -> String { base + path }

    /// The value of `Link` for a page: the first one, and the next where there is one.
    /// - Parameter items: the parameters that made this page.
    func page(_ items: [QueryReader.Item], at path: String, next: String?) -> String {
        let query = Query.format(items.filter { $0.name != "cursor" })
        let page = query.isEmpty ? link(path) : link(path) + "?" + query
        let first = "<" + page + ">; rel=\"first\""
        guard let next else { return first }
        // A cursor is hexadecimal, so that it needs no encoding.
        return "<" + page + (query.isEmpty ? "?cursor=" : "&cursor=") + next + ">; rel=\"next\", " + first
    }

    /// The path of a link, which may also be given without what stands before every path.
    func path(of link: String) -> Substring {
        base.isEmpty || !link.hasPrefix(base + "/") ? link[...] : link.dropFirst(base.count)
    }

    func href(_ type: FactType, _ id: String) -> String { collection(type) + id }

    /// What a link to a record of this type begins with; its id is the rest.
    func collection(_ type: FactType) -> String { collections[type.ordinal] }

    /// Writes JSON that ends a string, and begins the member with the link to a record of this type as far as its id.
    func writeHrefPiece(_ type: FactType, to json: inout JSONWriter) {
        json.piece(hrefPieces.span.extracting(hrefRanges[type.ordinal]))
    }

    func problem(_ type: ProblemType) -> String { "\(base)/problems/\(type.name)" }
}

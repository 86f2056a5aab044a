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
    /// The same as JSON, from the name of a reference on: `","href":"/v1/events/`.
    private let pieces: [[UInt8]]

    package init(publicURL: String?) {
        let text = publicURL ?? ""
        let base = text.hasSuffix("/") ? String(text.dropLast()) : text
        self.base = base
        collections = FactType.allCases.map { "\(base)/v1/\($0.collection)/" }
        pieces = collections.map { collection in
            var json = JSONWriter()
            json.string(collection)
            return Array(#"","href":"#.utf8) + json.finish().dropLast()
        }
    }

    package func link(_ path: String) -> String { base + path }

    /// The value of `Link` for a page: the first one, and the next where there is one.
    /// - Parameter items: the parameters that made this page.
    func page(_ items: [QueryReader.Item], at path: String, next: String?) -> String {
        let query = Query.format(items.filter { $0.name != "cursor" })
        let page = link(path) + (query.isEmpty ? "" : "?" + query)
        let first = "<\(page)>; rel=\"first\""
        guard let next else { return first }
        let cursor = Query.format([("cursor", next)])
        return "<\(page)\(query.isEmpty ? "?" : "&")\(cursor)>; rel=\"next\", \(first)"
    }

    /// The path of a link, which may also be given without what stands before every path.
    func path(of link: String) -> Substring {
        base.isEmpty || !link.hasPrefix(base + "/") ? link[...] : link.dropFirst(base.count)
    }

    func href(_ type: FactType, _ id: String) -> String { collection(type) + id }

    /// What a link to a record of this type begins with; its id is the rest.
    func collection(_ type: FactType) -> String { collections[type.ordinal] }

    /// What stands between name and id of a reference in JSON.
    func piece(_ type: FactType) -> [UInt8] { pieces[type.ordinal] }

    func problem(_ type: ProblemType) -> String { "\(base)/problems/\(type.name)" }
}

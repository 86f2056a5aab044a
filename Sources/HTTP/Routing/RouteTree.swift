// SPDX-License-Identifier: Apache-2.0

/// Finds routes by the segments of their patterns. An object, so that going from one to the next copies nothing.
final class RouteTree: Sendable {
    /// A place in the list of routes, and what is left of the pattern there.
    typealias Entry = (place: Int, rest: ArraySlice<PathPattern.Segment>)

    /// Few at each place: to compare texts in turn takes less than to hash one.
    private let literals: [(text: [UInt8], tree: RouteTree)]
    private let parameter: RouteTree?
    /// Of the routes whose patterns end here.
    private let places: [Int]

    init(_ entries: [Entry]) {
        var places: [Int] = []
        // By bytes, as paths are looked up.
        var byLiteral: [(text: [UInt8], entries: [Entry])] = []
        var byParameter: [Entry] = []
        for entry in entries {
            let next = (entry.place, entry.rest.dropFirst())
            switch entry.rest.first {
            case nil: places.append(entry.place)
            case .parameter: byParameter.append(next)
            case .literal(let literal):
                let text = Array(literal.utf8)
                if let known = byLiteral.firstIndex(where: { $0.text == text }) {
                    byLiteral[known].entries.append(next)
                } else {
                    byLiteral.append((text, [next]))
                }
            }
        }
        self.places = places
        literals = byLiteral.map { ($0.text, RouteTree($0.entries)) }
        parameter = byParameter.isEmpty ? nil : RouteTree(byParameter)
    }

    /// The place of the first route whose pattern fits and that is accepted: at the first segment where two patterns differ, the one
    /// with the literal comes first.
    func first(_ path: SplitPath, where accepts: (Int) -> Bool) -> Int? {
        first(path.text.utf8Span.span, path.segments.span, where: accepts)
    }

    private func first(_ text: Span<UInt8>, _ segments: Span<Range<Int>>, where accepts: (Int) -> Bool) -> Int? {
        if segments.isEmpty { return places.first(where: accepts) }
        let segment = text.extracting(segments[0])
        let rest = segments.extracting(droppingFirst: 1)
        let literal = literals.indices.first { segment.holds(literals[$0].text) }
        if let literal, let found = literals[literal].tree.first(text, rest, where: accepts) { return found }
        return segment.isEmpty ? nil : parameter?.first(text, rest, where: accepts)
    }
}

extension Span<UInt8> {
    /// Whether these are its bytes.
    fileprivate func holds(_ bytes: [UInt8]) -> Bool {
        guard count == bytes.count else { return false }
        for index in indices where self[index] != bytes[index] { return false }
        return true
    }
}

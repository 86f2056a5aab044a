// SPDX-License-Identifier: Apache-2.0

/// Finds routes by the segments of their patterns.
struct RouteTree: Sendable {
    /// Few at each place: to compare texts in turn takes less than to hash one.
    private var literals: [(text: [UInt8], tree: RouteTree)] = []
    private var parameter: [RouteTree] = []
    /// Of the routes whose patterns end here.
    private var places: [Int] = []

    /// - Returns: the places of the routes with the same pattern, but for the names of parameters, that were there before.
    mutating func insert(_ place: Int, _ segments: ArraySlice<PathPattern.Segment>) -> [Int] {
        switch segments.first {
        case nil:
            defer { places.append(place) }
            return places
        case .literal(let text):
            let text = Array(text.utf8)
            let known = literals.firstIndex { $0.text == text }
            if known == nil { literals.append((text, RouteTree())) }
            return literals[known ?? literals.count - 1].tree.insert(place, segments.dropFirst())
        case .parameter:
            if parameter.isEmpty { parameter.append(RouteTree()) }
            return parameter[0].insert(place, segments.dropFirst())
        }
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
        return segment.isEmpty ? nil : parameter.first?.first(text, rest, where: accepts)
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

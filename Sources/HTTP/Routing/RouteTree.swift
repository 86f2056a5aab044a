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

    /// The places of all routes whose patterns fit: at the first segment where two differ, the one with the literal comes first.
    func matches(_ path: SplitPath) -> [Int] {
        var found: [Int] = []
        collect(path.text.utf8Span.span, path.segments, from: 0, into: &found)
        return found
    }

    private func collect(_ text: Span<UInt8>, _ segments: [Range<Int>], from index: Int, into found: inout [Int]) {
        guard index < segments.count else {
            found += places
            return
        }
        let segment = text.extracting(segments[index])
        for place in literals.indices where segment.holds(literals[place].text) {
            literals[place].tree.collect(text, segments, from: index + 1, into: &found)
        }
        if !segment.isEmpty {
            for place in parameter.indices { parameter[place].collect(text, segments, from: index + 1, into: &found) }
        }
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

// SPDX-License-Identifier: Apache-2.0

/// Finds routes by the segments of their patterns.
struct RouteTree: Sendable {
    /// A route whose pattern fits.
    struct Match {
        let place: Int
        /// Of the pattern's parameters, in order.
        let values: [String]
    }

    /// Few at each place: to compare texts in turn takes less than to hash one.
    private var literals: [(text: String, tree: RouteTree)] = []
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
            let known = literals.firstIndex { $0.text == text }
            if known == nil { literals.append((text, RouteTree())) }
            return literals[known ?? literals.count - 1].tree.insert(place, segments.dropFirst())
        case .parameter:
            if parameter.isEmpty { parameter.append(RouteTree()) }
            return parameter[0].insert(place, segments.dropFirst())
        }
    }

    /// All routes whose patterns fit: at the first segment where two differ, the one with the literal comes first.
    func matches(_ segments: [String]) -> [Match] {
        var found: [Match] = []
        collect(segments, from: 0, values: [], into: &found)
        return found
    }

    private func collect(_ segments: [String], from index: Int, values: [String], into found: inout [Match]) {
        guard index < segments.count else {
            for place in places { found.append(Match(place: place, values: values)) }
            return
        }
        let segment = segments[index]
        // Texts of another length are no texts to compare.
        let literal = literals.firstIndex { $0.text.utf8.count == segment.utf8.count && $0.text == segment }
        if let literal {
            literals[literal].tree.collect(segments, from: index + 1, values: values, into: &found)
        }
        if let parameter = parameter.first, !segment.isEmpty {
            parameter.collect(segments, from: index + 1, values: values + [segment], into: &found)
        }
    }
}

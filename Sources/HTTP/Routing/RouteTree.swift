// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// Routes by the segments of their patterns.
struct RouteTree<Context>: Sendable {
    private var literals: [String: RouteTree] = [:]
    private var parameter: [RouteTree] = []
    private(set) var routes: [Route<Context>] = []

    mutating func insert(_ route: Route<Context>) throws(RouterError) {
        try insert(route, below: route.pattern.segments[...])
    }

    private mutating func insert(
        _ route: Route<Context>, below segments: ArraySlice<PathPattern.Segment>
    ) throws(RouterError) {
        switch segments.first {
        case nil:
            if let other = routes.first(where: { $0.method == route.method }) {
                throw .clash(
                    method: route.method.rawValue, first: other.pattern.description,
                    second: route.pattern.description)
            }
            routes.append(route)
        case .literal(let text):
            try literals[text, default: RouteTree()].insert(route, below: segments.dropFirst())
        case .parameter:
            if parameter.isEmpty { parameter.append(RouteTree()) }
            try parameter[0].insert(route, below: segments.dropFirst())
        }
    }

    /// All routes whose patterns fit, with the values of their parameters in order: at the first segment where two
    /// differ, the one with the literal comes first.
    func matches(_ segments: ArraySlice<String>, values: [String] = []) -> [(route: Route<Context>, values: [String])] {
        guard let segment = segments.first else { return routes.map { ($0, values) } }
        let byLiteral = literals[segment]?.matches(segments.dropFirst(), values: values) ?? []
        guard let parameter = parameter.first, !segment.isEmpty else { return byLiteral }
        return byLiteral + parameter.matches(segments.dropFirst(), values: values + [segment])
    }
}

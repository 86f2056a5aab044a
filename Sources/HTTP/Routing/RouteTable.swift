// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// Which route answers a request, by its place in the list of routes.
struct RouteTable: Sendable {
    enum Finding {
        case route(Int, PathParameters)
        /// The value of `Allow`, for OPTIONS that no route answers.
        case methods(String)
        case nothing
        /// 405 with `Allow`, 400 for a path that does not decode.
        case refusal(Problem)
    }

    private let tree: RouteTree
    private let routes: [(method: HTTPRequest.Method, pattern: PathPattern)]

    /// - Throws: `RouterError.clash` when two routes take the same requests.
    init(_ routes: [(method: HTTPRequest.Method, pattern: PathPattern)]) throws(RouterError) {
        self.routes = routes
        tree = RouteTree(routes.enumerated().map { ($0, $1.pattern.segments[...]) })
        for (place, route) in routes.enumerated() {
            if let other = routes[..<place].first(where: {
                $0.method == route.method && $0.pattern.fitsAs(route.pattern)
            }) {
                throw .clash(
                    method: route.method.rawValue, first: other.pattern.description, second: route.pattern.description)
            }
        }
    }

    /// The patterns there are, each once, in the order of the routes.
    var patterns: [PathPattern] {
        var seen: Set<PathPattern> = []
        return routes.map(\.pattern).filter { seen.insert($0).inserted }
    }

    func find(_ method: HTTPRequest.Method, _ path: String) -> Finding {
        // RFC 9110, section 9.3.7: about the server as a whole.
        if path == "*" { return .methods(Self.methods(of: routes.map(\.method))) }
        do throws(Problem) {
            return try SplitPath(path).map { find(method, $0) } ?? .nothing
        } catch {
            return .refusal(error)
        }
    }

    private func find(_ method: HTTPRequest.Method, _ path: SplitPath) -> Finding {
        if let match = tree.first(path, where: { routes[$0].method == method })
            ?? (method == .head ? tree.first(path) { routes[$0].method == .get } : nil)
        {
            return .route(match, PathParameters(of: routes[match].pattern, in: path))
        }
        let matches = matches(path)
        if matches.isEmpty { return .nothing }
        let allowed = Self.methods(of: matches.map { routes[$0].method })
        if method == .options { return .methods(allowed) }
        return .refusal(
            Problem(
                .methodNotAllowed, "\(method.rawValue) is not allowed here, but \(allowed) are.",
                headerFields: [.allow: allowed]))
    }

    /// The pattern of what was found for a path; nil where no route fits the path.
    func pattern(of finding: Finding, for path: String) -> PathPattern? {
        switch finding {
        case .route(let place, _): routes[place].pattern
        case .nothing: nil
        case .methods, .refusal: pattern(for: path)
        }
    }

    /// The pattern that answers for a path, by whatever method; nil when no route fits it.
    func pattern(for path: String) -> PathPattern? {
        (try? SplitPath(path)).flatMap { tree.first($0) { _ in true } }.map { routes[$0].pattern }
    }

    /// The value of `Allow` for a path, such as `GET, HEAD, OPTIONS`; nil when no route fits it.
    func allowedMethods(for path: String) -> String? {
        let matches = matches(path)
        return matches.isEmpty ? nil : Self.methods(of: matches.map { routes[$0].method })
    }

    /// The nearest path there is: without the trailing slash, or with the misspelt segment put right.
    func nearestPath(to path: String) -> String? {
        if path.count > 1, path.last == "/" {
            let shorter = String(path.dropLast(while: "/"))
            if allowedMethods(for: shorter) != nil { return shorter }
        }
        guard let segments = PathPattern.split(path) else { return nil }
        return PathLikeness.nearest(to: segments, among: routes.map(\.pattern))
    }

    /// None for a path that does not decode.
    private func matches(_ path: String) -> [Int] {
        (try? SplitPath(path)).map(matches) ?? []
    }

    /// The places of all routes whose patterns fit, in the tree's order.
    private func matches(_ path: SplitPath) -> [Int] {
        var found: [Int] = []
        while let next = tree.first(path, where: { !found.contains($0) }) { found.append(next) }
        return found
    }

    /// In a fixed order, with what the router adds by itself.
    private static func methods(of methods: [HTTPRequest.Method]) -> String {
        var names = Set(methods.map(\.rawValue))
        if names.contains("GET") { names.insert("HEAD") }
        names.insert("OPTIONS")
        let order = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
        let others = names.subtracting(order).sorted()
        return (order.filter(names.contains) + others).joined(separator: ", ")
    }
}

extension String {
    fileprivate func dropLast(while character: Character) -> Substring {
        var rest = self[...]
        while rest.count > 1, rest.last == character { rest.removeLast() }
        return rest
    }
}

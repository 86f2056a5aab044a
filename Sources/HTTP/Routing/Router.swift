// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// Finds the route of a request. Literal segments win over parameters; HEAD is answered by GET; OPTIONS answers itself.
package struct Router<Context>: Sendable {
    /// Words a 404.
    /// - Parameters:
    ///   - path: The path asked for.
    ///   - nearest: The nearest path there is, if any comes close: without the trailing slash, or with the misspelt
    ///     segment put right. Where the pattern has parameters, with the request's own segments in their places.
    package typealias NotFound = @Sendable (_ path: String, _ nearest: String?) -> Problem

    private var tree = RouteTree()
    private let routes: [Route<Context>]
    private let notFound: NotFound

    /// - Throws: `RouterError.clash` when two routes take the same requests.
    package init(
        _ routes: [Route<Context>], notFound: @escaping NotFound = Router.notFound
    ) throws(RouterError) {
        self.routes = routes
        self.notFound = notFound
        for (place, route) in routes.enumerated() {
            let others = tree.insert(place, route.pattern.segments[...]).map { routes[$0] }
            if let other = others.first(where: { $0.method == route.method }) {
                throw .clash(
                    method: route.method.rawValue, first: other.pattern.description, second: route.pattern.description)
            }
        }
    }

    /// The patterns there are, each once, in the order of the routes.
    package var patterns: [PathPattern] {
        var seen: Set<PathPattern> = []
        return routes.map(\.pattern).filter { seen.insert($0).inserted }
    }

    /// Answers by the route that fits.
    /// - Throws: `Problem` (404, 405 with `Allow`, 400 for a path that does not decode), or what the handler throws.
    package func respond(to request: Request, in context: Context) throws -> Answer {
        if request.path == "*" {
            // RFC 9110, section 9.3.7: about the server as a whole.
            return .now(Self.options(Self.methods(of: routes)))
        }
        let matches = try matches(request.path)
        guard !matches.isEmpty else { throw notFound(request.path, nearestPath(to: request.path)) }
        if let match = matches.first(where: { routes[$0.place].method == request.method })
            ?? (request.method == .head ? matches.first { routes[$0.place].method == .get } : nil)
        {
            let route = routes[match.place]
            let parameters = PathParameters(Array(zip(route.pattern.parameterNames, match.values)))
            return try route.handler(request, parameters, context)
        }
        let allowed = Self.methods(of: matches.map { routes[$0.place] })
        if request.method == .options { return .now(Self.options(allowed)) }
        throw Problem(
            .methodNotAllowed, "\(request.method.rawValue) is not allowed here, but \(allowed) are.",
            headerFields: [.allow: allowed])
    }

    /// The pattern that answers for a path, by whatever method; nil when no route fits it.
    package func pattern(for path: String) -> PathPattern? {
        (try? matches(path))?.first.map { routes[$0.place].pattern }
    }

    /// The value of `Allow` for a path, such as `GET, HEAD, OPTIONS`; nil when no route fits it.
    package func allowedMethods(for path: String) -> String? {
        guard let matches = try? matches(path), !matches.isEmpty else { return nil }
        return Self.methods(of: matches.map { routes[$0.place] })
    }

    /// The nearest path there is, as `NotFound` is told.
    package func nearestPath(to path: String) -> String? {
        if path.count > 1, path.last == "/" {
            let shorter = String(path.dropLast(while: "/"))
            if allowedMethods(for: shorter) != nil { return shorter }
        }
        guard let segments = PathPattern.split(path) else { return nil }
        return PathLikeness.nearest(to: segments, among: routes.map(\.pattern))
    }

    /// The wording used unless the application has its own.
    package static func notFound(path: String, nearest: String?) -> Problem {
        let shown = path.count > 200 ? path.prefix(200) + "…" : path[...]
        guard let nearest else { return Problem(.notFound, "Nothing is at \"\(shown)\".") }
        return Problem(.notFound, "Nothing is at \"\(shown)\". Did you mean \"\(nearest)\"?")
    }

    private func matches(_ path: String) throws(Problem) -> [RouteTree.Match] {
        guard let pieces = PathPattern.split(path) else { return [] }
        var segments: [String] = []
        for piece in pieces {
            do throws(PercentCodingError) {
                segments.append(try PercentCoding.decode(piece))
            } catch {
                throw Problem(.malformedRequest, "The path segment \"\(piece)\" \(error.detail).")
            }
        }
        return tree.matches(segments)
    }

    private static func options(_ allowed: String) -> Response {
        Response(status: .noContent, headerFields: [.allow: allowed])
    }

    /// In a fixed order, with what the router adds by itself.
    private static func methods(of routes: [Route<Context>]) -> String {
        var names = Set(routes.map(\.method.rawValue))
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

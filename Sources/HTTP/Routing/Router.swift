// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// Has each request answered by the route that fits. Literal segments win over parameters; HEAD is answered by GET; OPTIONS answers
/// itself.
///
/// Only what the handlers take is generic; the finding is done by a `RouteTable`, which the compiler knows whole. An object:
/// a struct would have the references to each of its parts counted with every request, and all loops share those counts.
package final class Router<Context>: Sendable {
    /// Words a 404.
    /// - Parameters:
    ///   - path: The path asked for.
    ///   - nearest: The nearest path there is, if any comes close: without the trailing slash, or with the misspelt
    ///     segment put right. Where the pattern has parameters, with the request's own segments in their places.
    package typealias NotFound = @Sendable (_ path: String, _ nearest: String?) -> Problem

    private let table: RouteTable
    private let handlers: [Route<Context>.Handler]
    private let notFound: NotFound

    /// - Throws: `RouterError.clash` when two routes take the same requests.
    package init(
        _ routes: [Route<Context>], notFound: @escaping NotFound = Router.notFound
    ) throws(RouterError) {
        table = try RouteTable(routes.map { ($0.method, $0.pattern) })
        handlers = routes.map(\.handler)
        self.notFound = notFound
    }

    /// The patterns there are, each once, in the order of the routes.
    package var patterns: [PathPattern] { table.patterns }

    /// What a request comes to, to be answered by.
    package struct Finding {
        fileprivate let finding: RouteTable.Finding
        /// The pattern that answers for the path, by this method or any; nil when no route fits it.
        package let pattern: PathPattern?
    }

    package func find(_ request: Request) -> Finding {
        let finding = table.find(request.method, request.path)
        return Finding(finding: finding, pattern: table.pattern(of: finding, for: request.path))
    }

    /// Answers by the route that fits.
    /// - Throws: `Problem` (404, 405 with `Allow`, 400 for a path that does not decode), or what the handler throws.
    package func respond(to request: Request, by finding: Finding, in context: Context) throws -> Answer {
        switch finding.finding {
        case .route(let place, let parameters): return try handlers[place](request, parameters, context)
        case .methods(let allowed): return .now(Response(status: .noContent, headerFields: [.allow: allowed]))
        case .nothing: throw notFound(request.path, nearestPath(to: request.path))
        case .refusal(let problem): throw problem
        }
    }

    /// The same of a request that was not looked up yet.
    package func respond(to request: Request, in context: Context) throws -> Answer {
        try respond(to: request, by: find(request), in: context)
    }

    /// The pattern that answers for a path, by whatever method; nil when no route fits it.
    package func pattern(for path: String) -> PathPattern? { table.pattern(for: path) }

    /// The value of `Allow` for a path, such as `GET, HEAD, OPTIONS`; nil when no route fits it.
    package func allowedMethods(for path: String) -> String? { table.allowedMethods(for: path) }

    /// The nearest path there is, as `NotFound` is told.
    package func nearestPath(to path: String) -> String? { table.nearestPath(to: path) }

    /// The wording used unless the application has its own.
    package static func notFound(path: String, nearest: String?) -> Problem {
        let shown = path.count > 200 ? path.prefix(200) + "…" : path[...]
        guard let nearest else { return Problem(.notFound, "Nothing is at \"\(shown)\".") }
        return Problem(.notFound, "Nothing is at \"\(shown)\". Did you mean \"\(nearest)\"?")
    }
}

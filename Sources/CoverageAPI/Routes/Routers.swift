// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
package import HTTP

/// The routes of the API, built once and shared by all loops.
package struct Routers: Sendable {
    /// Where whole articles come in, which may be larger than other requests.
    package static let importPaths: Set<String> = ["/v1/articles"]

    /// What a network client can reach.
    let network: Router<Context>
    /// The same, and the operator's jobs, for the Unix socket beside the database.
    let local: Router<Context>
    /// What `/openapi.json` answers.
    package let openAPI: Response

    /// What a network client can do, but reading this very list at `/openapi.json`.
    private static func operations() -> [Operation] {
        let officials = [Filter(Person.Field.category, values: [PersonCategory.official.rawValue])]
        return HomeRoutes.operations + HealthRoutes.operations + ProblemRoutes.operations + VocabularyRoutes.operations
            + FactRoutes<Event>.operations() + FactRoutes<Person>.operations() + FactRoutes<Issue>.operations()
            + FactRoutes<Statement>.operations() + FactRoutes<Discrepancy>.operations()
            + FactRoutes<Organization>.operations() + FactRoutes<Place>.operations() + FactRoutes<Article>.operations()
            + FactRoutes<Person>.operations(as: ("officials", "official"), keeping: officials)
            + SearchRoutes.operations + ViewRoutes.operations + TimelineRoutes.operations + OverlapRoutes.operations
            + MentionRoutes.operations
            + ChangeRoutes.operations + EditRoutes.operations(InFlightKeys())
    }

    /// - Parameters:
    ///   - metrics: makes the page at `/metrics`; nil leaves that out.
    ///   - publishesMetrics: whether network clients get it too.
    /// - Throws: `RouterError` when two routes clash: a mistake in this program.
    package init(_ settings: APISettings, metrics: MetricsSource? = nil, publishesMetrics: Bool = true) throws {
        let figures = metrics.map { [MetricsRoutes.operation($0)] } ?? []
        let operations = Self.operations() + (publishesMetrics ? figures : [])
        openAPI = OpenAPIRoutes.answer(describing: operations, settings)
        let routes = try (operations + [OpenAPIRoutes.operation(giving: openAPI)]).map { try $0.route() }
        let unpublished = try publishesMetrics ? [] : figures.map { try $0.route() }
        network = try Router(routes)
        local = try Router(routes + unpublished + AdminRoutes.routes())
    }

    /// What a listener of the operator's own has: health and figures.
    package static func operators(_ settings: APISettings, metrics: @escaping MetricsSource) throws -> Routers {
        let operations = HealthRoutes.operations + [MetricsRoutes.operation(metrics)]
        let router = try Router(operations.map { try $0.route() })
        return Routers(
            network: router, local: router, openAPI: OpenAPIRoutes.answer(describing: operations, settings))
    }

    private init(network: Router<Context>, local: Router<Context>, openAPI: Response) {
        self.network = network
        self.local = local
        self.openAPI = openAPI
    }
}

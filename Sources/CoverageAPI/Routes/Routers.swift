// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP

/// The routes of the API, built once and shared by all loops.
package struct Routers: Sendable {
    /// What a network client can reach.
    let network: Router<Context>
    /// The same, and the operator's jobs, for the Unix socket beside the database.
    let local: Router<Context>

    /// - Parameters:
    ///   - metrics: makes the page at `/metrics`; nil leaves that out.
    ///   - publishesMetrics: whether network clients get it too.
    /// - Throws: `RouterError` when two routes clash: a mistake in this program.
    package init(metrics: MetricsSource? = nil, publishesMetrics: Bool = true) throws {
        let desk = WriteDesk()
        let figures = try metrics.map { try MetricsRoutes.routes($0) } ?? []
        let routes =
            try HomeRoutes.routes() + HealthRoutes.routes() + ProblemRoutes.routes() + VocabularyRoutes.routes()
            + FactRoutes<Event>.routes() + FactRoutes<Person>.routes() + FactRoutes<Issue>.routes()
            + FactRoutes<Statement>.routes() + FactRoutes<Discrepancy>.routes() + FactRoutes<Organization>.routes()
            + FactRoutes<Place>.routes() + FactRoutes<Article>.routes()
            + FactRoutes<Person>.routes(
                at: "officials", keeping: [Filter(.category, values: [PersonCategory.official.rawValue])])
            + SearchRoutes.routes() + ViewRoutes.routes() + TimelineRoutes.routes() + OverlapRoutes.routes()
            + ChangeRoutes.routes() + EditRoutes.all(desk)
        network = try Router(publishesMetrics ? routes + figures : routes)
        local = try Router(routes + figures + AdminRoutes.routes())
    }

    /// What a listener of the operator's own has: health and figures.
    package static func operators(metrics: @escaping MetricsSource) throws -> Routers {
        let router = try Router<Context>(HealthRoutes.routes() + MetricsRoutes.routes(metrics))
        return Routers(network: router, local: router)
    }

    private init(network: Router<Context>, local: Router<Context>) {
        self.network = network
        self.local = local
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP

/// The routes of the API, built once and shared by all loops.
package struct Routers: Sendable {
    /// Where whole articles come in, which may be larger than other requests.
    package static let importPaths: Set<String> = ["/v1/articles"]

    /// What a network client can reach.
    let network: Router<Context>
    /// The same, and the operator's jobs, for the Unix socket beside the database.
    let local: Router<Context>

    /// - Throws: `RouterError` when two routes clash: a mistake in this program.
    package init() throws {
        let desk = WriteDesk()
        let routes =
            try HomeRoutes.routes() + HealthRoutes.routes() + ProblemRoutes.routes() + VocabularyRoutes.routes()
            + FactRoutes<Event>.routes() + FactRoutes<Person>.routes() + FactRoutes<Issue>.routes()
            + FactRoutes<Statement>.routes() + FactRoutes<Discrepancy>.routes() + FactRoutes<Organization>.routes()
            + FactRoutes<Place>.routes() + FactRoutes<Article>.routes()
            + FactRoutes<Person>.routes(
                at: "officials", keeping: [Filter(.category, values: [PersonCategory.official.rawValue])])
            + SearchRoutes.routes() + ViewRoutes.routes() + TimelineRoutes.routes() + OverlapRoutes.routes()
            + ChangeRoutes.routes() + EditRoutes.all(desk)
        network = try Router(routes)
        local = try Router(routes + AdminRoutes.routes())
    }
}

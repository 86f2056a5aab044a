// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP

/// Changing records, and reading what they were.
enum EditRoutes {
    static func all(_ desk: WriteDesk) throws -> [Route<Context>] {
        try routes(of: Event.self, desk) + routes(of: Person.self, desk) + routes(of: Issue.self, desk)
            + routes(of: Statement.self, desk) + routes(of: Organization.self, desk) + routes(of: Place.self, desk)
            + routes(of: Discrepancy.self, desk) + routes(of: Article.self, desk) + IntakeRoutes.routes(desk)
            + ProposalRoutes.routes() + BatchRoutes.routes(desk)
    }

    private static func routes<Record: ServedFact>(
        of type: Record.Type, _ desk: WriteDesk
    ) throws -> [Route<Context>] {
        try WriteRoutes<Record>.routes(desk) + RevisionRoutes<Record>.routes()
    }
}

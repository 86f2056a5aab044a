// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP

/// Changing records, and reading what they were.
enum EditRoutes {
    static func operations(_ desk: WriteDesk) -> [Operation] {
        operations(of: Event.self, desk) + operations(of: Person.self, desk) + operations(of: Issue.self, desk)
            + operations(of: Statement.self, desk) + operations(of: Organization.self, desk)
            + operations(of: Place.self, desk)
            + operations(of: Discrepancy.self, desk) + operations(of: Article.self, desk)
            + IntakeRoutes.operations(desk)
            + ProposalRoutes.operations(desk) + BatchRoutes.operations(desk)
    }

    private static func operations<Record: ServedFact>(of type: Record.Type, _ desk: WriteDesk) -> [Operation] {
        WriteRoutes<Record>.operations(desk) + RevisionRoutes<Record>.operations()
    }
}

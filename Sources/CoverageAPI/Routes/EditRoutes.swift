// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP

/// Changing records, and reading what they were.
enum EditRoutes {
    static func operations(_ inFlight: InFlightKeys) -> [Operation] {
        operations(of: Event.self, inFlight) + operations(of: Person.self, inFlight)
            + operations(of: Issue.self, inFlight)
            + operations(of: Statement.self, inFlight) + operations(of: Organization.self, inFlight)
            + operations(of: Place.self, inFlight)
            + operations(of: Discrepancy.self, inFlight) + operations(of: Article.self, inFlight)
            + IntakeRoutes.operations(inFlight)
            + ProposalRoutes.operations(inFlight) + BatchRoutes.operations(inFlight)
    }

    private static func operations<Record: ServedFact>(of type: Record.Type, _ inFlight: InFlightKeys) -> [Operation] {
        WriteRoutes<Record>.operations(inFlight) + RevisionRoutes<Record>.operations()
    }
}

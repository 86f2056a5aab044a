// SPDX-License-Identifier: Apache-2.0

import Coverage
import CoverageStore

/// The records of a set of seeds, without their places in the files.
struct SeedRecords {
    let articles: [Article]
    let organizations: [Organization]
    let places: [Place]
    let people: [Person]
    let issues: [Issue]
    let events: [Event]
    let statements: [Coverage.Statement]
    let discrepancies: [Discrepancy]
    let overlaps: [StoredOverlap]

    init(_ files: SeedFiles) throws {
        let set = try SeedSet(files)
        articles = set.articles.map(\.record)
        organizations = set.organizations.map(\.record)
        places = set.places.map(\.record)
        people = set.people.map(\.record)
        issues = set.issues.map(\.record)
        events = set.events.map(\.record)
        statements = set.statements.map(\.record)
        discrepancies = set.discrepancies.map(\.record)
        overlaps = set.overlaps
    }
}

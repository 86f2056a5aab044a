// SPDX-License-Identifier: Apache-2.0

/// The types of thing that have an id, in the order in which the API lists them.
package enum FactType: String, Sendable, CaseIterable {
    case event, person, issue, statement, organization, place, discrepancy, article

    /// The collection's path segment: `/v1/events`, `/v1/people` …
    package var collection: String {
        switch self {
        case .event: "events"
        case .person: "people"
        case .issue: "issues"
        case .statement: "statements"
        case .organization: "organizations"
        case .place: "places"
        case .discrepancy: "discrepancies"
        case .article: "articles"
        }
    }

    /// Its place among all types.
    package var ordinal: Int {
        switch self {
        case .event: 0
        case .person: 1
        case .issue: 2
        case .statement: 3
        case .organization: 4
        case .place: 5
        case .discrepancy: 6
        case .article: 7
        }
    }
}

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
}

// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

extension CoverageRules {
    /// Nothing is above itself: in the trees of issues, places and events, among the organizations that have a country, and
    /// among the members of organizations.
    /// - Parameter types: the types whose trees are looked at.
    mutating func checkTrees(of types: [FactType] = FactType.allCases) throws {
        let trees: [(type: FactType, sql: String, what: String)] = [
            (.issue, "SELECT id, broader_id FROM issues", "what is broader than it"),
            (.place, "SELECT id, within_id FROM places", "what it lies within"),
            (.event, "SELECT id, part_of_id FROM events", "what it is a part of"),
            (.organization, "SELECT id, country_id FROM organizations", "the country it belongs to"),
            (.organization, "SELECT organization_id, group_id FROM memberships", "what it is a member of"),
        ]
        for tree in trees where types.contains(tree.type) {
            var above: [String: [String]] = [:]
            let rows = try connection.prepare(tree.sql)
            while try rows.step() {
                if let parent = rows.optionalText(1) { above[rows.text(0), default: []].append(parent) }
            }
            for id in Self.circular(above).sorted() { find(tree.type, id, "\(tree.what) leads back to itself") }
        }
    }

    /// What stands in a circle: what is left when all that has nothing above it, or nothing below it, is taken away, and
    /// again. Between two circles there may be more.
    private static func circular(_ above: [String: [String]]) -> Set<String> {
        var rest = above
        while true {
            let parents = Set(rest.values.joined())
            let kept = rest.compactMapValues { all -> [String]? in
                let left = all.filter { rest[$0] != nil }
                return left.isEmpty ? nil : left
            }.filter { parents.contains($0.key) }
            if kept.count == rest.count, kept.values.joined().count == rest.values.joined().count {
                return Set(kept.keys)
            }
            rest = kept
        }
    }
}

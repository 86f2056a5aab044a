// SPDX-License-Identifier: Apache-2.0

package import Coverage

/// The parameters by which lists of one type can be filtered: each with the values it takes and the SQL that tests it.
package protocol FilterField: RawRepresentable, CaseIterable, Sendable, Hashable where RawValue == String {
    /// What a value may be.
    var domain: FilterDomain { get }
    /// How a record is tested.
    var test: FilterTest { get }
    /// What the parameter keeps, in a sentence.
    var meaning: String { get }
}

/// What the values of a filter may be.
package enum FilterDomain: Sendable {
    /// The id of a record of this type.
    case record(FactType)
    /// A record of any type: `type:id`.
    case anyRecord
    /// The id of a person who is an official.
    case official
    /// The id of a country.
    case country
    /// A value of a closed set.
    case closedSet([String])
    /// One of the texts that stand in the column.
    case text

    static func closed<Set: ClosedSet>(_ set: Set.Type) -> FilterDomain { .closedSet(set.allCases.map(\.rawValue)) }
}

/// The SQL of one filter over the list's table, `t`.
package struct FilterTest: Sendable {
    /// True for the rows that have one of the values; `values` stands where they come in.
    let match: String
    /// True for the rows that have none at all: what `none` asks for. Nil when every row has one.
    let absent: String?
    /// Where the values that records have are counted; nil when they are not.
    let facet: FacetSource?

    /// Whether `none` is a value.
    package var canBeAbsent: Bool { absent != nil }
    /// Whether its values can be counted.
    package var isCountable: Bool { facet != nil }

    /// Replaced by the values, as rows of one column.
    static let values = "SELECT value FROM json_each(\(placeholder))"
    static let placeholder = "$values"
    /// Replaced by the id of the article whose view is asked for.
    static let reporter = "$reporter"

    init(match: String, absent: String? = nil, facet: FacetSource? = nil) {
        self.match = match
        self.absent = absent
        self.facet = facet
    }

    /// A column of the table itself.
    static func column(_ name: String, members: String = values, nullable: Bool = true) -> FilterTest {
        FilterTest(
            match: "t.\(name) IN (\(members))", absent: nullable ? "t.\(name) IS NULL" : nil,
            facet: .expression("t.\(name)"))
    }

    /// A table that links records of this type to others.
    /// - Parameter condition: which of its rows, `x`, count.
    static func linked(
        _ table: String, from: String, to: String, members: String = values, where condition: String = "TRUE"
    ) -> FilterTest {
        FilterTest(
            match: "t.id IN (SELECT x.\(from) FROM \(table) AS x WHERE x.\(to) IN (\(members)) AND \(condition))",
            absent: """
                NOT EXISTS (SELECT 1 FROM \(table) AS x
                            WHERE x.\(from) = t.id AND x.\(to) IS NOT NULL AND \(condition))
                """,
            facet: .pairs("SELECT x.\(from) AS id, x.\(to) AS value FROM \(table) AS x WHERE \(condition)"))
    }

    /// The articles cited for the fact or for a part of it.
    static func cited(by type: FactType) -> FilterTest {
        FilterTest(
            match: """
                t.id IN (SELECT c.id FROM citations AS c WHERE c.type = '\(type.rawValue)' AND c.article_id IN (\(values)))
                """,
            facet: .pairs("SELECT id, article_id AS value FROM citations WHERE type = '\(type.rawValue)'"))
    }
}

/// Where the values that records have are found.
package enum FacetSource: Sendable {
    /// An expression over the list's table, `t`.
    case expression(String)
    /// A query for pairs of `id`, the record, and `value`.
    case pairs(String)

    /// The same with everything above a value in its tree, since a record that has a value has what is above it too.
    /// - Parameter table: the table of the records themselves.
    func rising(in tree: String, by parent: String, from table: String) -> FacetSource {
        let start =
            switch self {
            case .expression(let value): "SELECT t.id, \(value) FROM \(table) AS t WHERE \(value) IS NOT NULL"
            case .pairs(let query): query
            }
        return .pairs(
            """
            WITH RECURSIVE above (id, value) AS (\(start)
                UNION SELECT above.id, x.\(parent) FROM above JOIN \(tree) AS x ON x.id = above.value
                WHERE x.\(parent) IS NOT NULL) SELECT id, value FROM above
            """)
    }
}

extension FilterTest {
    /// The same test, its facet counting a record also under what is above its values.
    func rising(in tree: String, by parent: String, from table: String) -> FilterTest {
        FilterTest(match: match, absent: absent, facet: facet?.rising(in: tree, by: parent, from: table))
    }
}

/// The values and everything below them in a tree.
enum Trees {
    static let issues = below("issues", "broader_id")
    static let places = below("places", "within_id")

    private static func below(_ table: String, _ parent: String) -> String {
        """
        WITH RECURSIVE below (id) AS (\(FilterTest.values)
            UNION SELECT x.id FROM below JOIN \(table) AS x ON x.\(parent) = below.id) SELECT id FROM below
        """
    }
}

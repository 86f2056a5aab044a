// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import SQLite

/// The parameters by which lists of one type can be filtered: each with the values it takes and where a record has them.
package protocol FilterField: RawRepresentable, CaseIterable, Sendable, Hashable where RawValue == String {
    /// What a value may be.
    var domain: FilterDomain { get }
    /// How a record is tested.
    var definition: FilterTest { get }
    /// The definitions: made once.
    static var tests: FieldTests<Self> { get }
    /// What the parameter keeps, in a sentence.
    var meaning: String { get }
}

extension FilterField {
    package var test: FilterTest { Self.tests[rawValue] ?? definition }

    static var defined: FieldTests<Self> { FieldTests() }
}

/// How records of one type are tested by each of their fields.
package struct FieldTests<Field: FilterField>: Sendable {
    /// By the names of the fields.
    private let tests: [String: FilterTest]
    /// Finds the values of one record.
    let values: ValueQuery

    fileprivate init() {
        let all = Field.allCases.map { ($0.rawValue, $0.definition) }
        tests = Dictionary(uniqueKeysWithValues: all)
        values = ValueQuery(all)
    }

    subscript(name: String) -> FilterTest? { tests[name] }
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

/// How the records that have a value are found: the table of plans for lists by one filter.
package struct FilterTest: Sendable {
    enum Access: Sendable {
        /// Each value is a term, whose records stand in the order of the list (`listed_by_name`, `listed_by_date`).
        case listed([ValuePath])
        /// A value has few records, gathered from a table of links and sorted; that a record has none is a term.
        case linked(Link)
        /// An expression over the record, `t`, and the article whose view is asked for: tested on the way through the records that
        /// the article cites.
        case computed(@Sendable (_ reporter: String) -> SQL)
    }

    let access: Access
    /// Whether `none` is a value.
    package let canBeAbsent: Bool
    /// Whether its values can be counted.
    package let isCountable: Bool
    /// Whether no record has two values, so that the records of several values are never the same.
    let isSingle: Bool

    init(_ access: Access, canBeAbsent: Bool = false, isCountable: Bool = true, isSingle: Bool = false) {
        self.access = access
        self.canBeAbsent = canBeAbsent
        self.isCountable = isCountable
        self.isSingle = isSingle
    }

    /// Whether each value is a term.
    var isListed: Bool {
        if case .listed = access { true } else { false }
    }

    /// The tree in which who has a value has all above it too.
    var tree: Tree? {
        if case .listed(let paths) = access { paths.lazy.compactMap(\.tree).first } else { nil }
    }

    /// Values found along these paths.
    static func found(_ paths: ValuePath..., canBeAbsent: Bool = false, isCountable: Bool = true) -> FilterTest {
        FilterTest(.listed(paths), canBeAbsent: canBeAbsent, isCountable: isCountable)
    }

    /// A column of the record's own table.
    static func column(_ name: String, of table: String, in tree: Tree? = nil, nullable: Bool = true) -> FilterTest {
        FilterTest(
            .listed([.column(name, of: table, in: tree)]), canBeAbsent: nullable, isSingle: tree == nil)
    }

    /// A table of links, its values listed.
    static func linked(_ table: String, from: String, to: String, in tree: Tree? = nil) -> FilterTest {
        .found(.link(table, from: from, to: to, in: tree), canBeAbsent: true)
    }

    /// A table of links in which a value has few records.
    static func fewLinked(_ table: String, from: String, to: String, isCountable: Bool = true) -> FilterTest {
        FilterTest(.linked(Link(table: table, from: from, to: to)), canBeAbsent: true, isCountable: isCountable)
    }

    /// The articles cited for the fact or for a part of it.
    static func cited(by type: FactType) -> FilterTest {
        .found(
            ValuePath(
                "CROSS JOIN citations AS x ON x.type = '\(type.rawValue)' AND x.id = wanted.value", "x.article_id"))
    }
}

/// Where the values of a record stand.
struct ValuePath: Sendable {
    /// Joins `wanted.value`, the id of the record, to what has its values. `CROSS JOIN` is SQLite's way of saying that the
    /// tables are to be gone through in this order, whatever it guesses of their sizes.
    let path: String
    let value: String
    /// Where a record that has a value has everything above it too.
    let tree: Tree?

    init(_ path: String, _ value: String, in tree: Tree? = nil) {
        self.path = path
        self.value = value
        self.tree = tree
    }

    static func column(_ name: String, of table: String, in tree: Tree? = nil) -> ValuePath {
        ValuePath("CROSS JOIN \(table) AS t ON t.id = wanted.value", "t.\(name)", in: tree)
    }

    static func link(_ table: String, from: String, to: String, in tree: Tree? = nil) -> ValuePath {
        ValuePath("CROSS JOIN \(table) AS x ON x.\(from) = wanted.value", "x.\(to)", in: tree)
    }
}

/// A table of links: rows of a record, `from`, and a value, `to`.
struct Link: Sendable {
    let table: String
    let from: String
    let to: String
}

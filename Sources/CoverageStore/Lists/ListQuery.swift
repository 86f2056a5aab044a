// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import SQLite

/// What one request asks of a list, typed and checked.
package struct ListQuery<Record: StoredFact>: Sendable {
    /// All must hold.
    package var filters: [Filter<Record.Field>]
    package var search: SearchExpression?
    package var window: DateWindow?
    /// The article whose view of the records is asked for: only what it cites, at the stage where it has it.
    package var reporter: String?
    package var order: ListOrder
    package var isDescending: Bool
    /// 1 to 100.
    package var limit: Int
    /// The sort values of the last item of the page before.
    package var after: [SortValue]?

    package init(
        filters: [Filter<Record.Field>] = [], search: SearchExpression? = nil, window: DateWindow? = nil,
        reporter: String? = nil, order: ListOrder = .name, isDescending: Bool = false, limit: Int = 20,
        after: [SortValue]? = nil
    ) {
        self.filters = filters
        self.search = search
        self.window = window
        self.reporter = reporter
        self.order = order
        self.isDescending = isDescending
        self.limit = limit
        self.after = after
    }

    /// Whether it keeps every record there is.
    var isWhole: Bool { filters.isEmpty && search == nil && window == nil && reporter == nil }

    /// How a field is tested in this list.
    func test(of field: Record.Field) -> FilterTest {
        reporter == nil ? field.test : Record.test(of: field)
    }
}

/// One use of a filter parameter: the record must have one of the values, or must not.
package struct Filter<Field: FilterField>: Sendable, Equatable {
    package let field: Field
    /// Each once, in an order that does not depend on how they were given.
    package let values: [String]
    /// True when `none` was among the values.
    package let allowsAbsent: Bool
    package let isNegated: Bool

    package init(_ field: Field, values: [String], allowsAbsent: Bool = false, isNegated: Bool = false) {
        self.field = field
        self.values = values.count > 1 ? values.distinct : values
        self.allowsAbsent = allowsAbsent
        self.isNegated = isNegated
    }

    package static func == (a: Filter, b: Filter) -> Bool {
        a.field == b.field && a.allowsAbsent == b.allowsAbsent && a.isNegated == b.isNegated
            && a.values.elementsEqual(b.values) { $0.hasSameBytes(as: $1) }
    }
}

/// The days that dated records may touch, or must lie within.
package struct DateWindow: Sendable {
    package let bounds: DateFilter
    /// True keeps only what lies within for certain.
    package let isCertain: Bool

    package init(_ bounds: DateFilter, isCertain: Bool) {
        self.bounds = bounds
        self.isCertain = isCertain
    }
}

/// An order a list can have. Every one ends in the id, so that no two records share a place in it.
package struct ListOrder: Sendable {
    /// The value of `sort`.
    package let name: String
    /// The columns of the record compared when ascending and when descending: they differ where missing values sort last
    /// both ways.
    let ascending: [String]
    let descending: [String]
    /// Where the records of a term stand in this order.
    let listing: Listing

    enum Listing: String {
        case name = "listed_by_name"
        case date = "listed_by_date"

        /// Its columns, in the order of `ListOrder.ascending`.
        var columns: [String] {
            switch self {
            case .name: ["name", "id"]
            case .date: ["earliest", "latest", "id"]
            }
        }

        /// Passes over the rows, `t`, that stand for the other direction.
        /// - Parameter isIndexed: whether the index may be searched by it.
        func directionCondition(descending isDescending: Bool, isIndexed: Bool = true) -> SQL? {
            guard self == .date else { return nil }
            let column: SQL = isIndexed ? "t.earliest" : "+t.earliest"
            return "\(column) \(bound(isDescending)) AND \(endCondition(descending: isDescending))"
        }

        /// The same of rows that are read between days of their beginnings.
        func endCondition(descending isDescending: Bool) -> SQL { "t.latest \(bound(isDescending))" }

        private func bound(_ isDescending: Bool) -> SQL { isDescending ? "< \(Self.lastDay)" : "> \(Self.firstDay)" }

        /// The day at which one that is missing stands, so that it comes last.
        static func missing(descending isDescending: Bool) -> SQL { isDescending ? firstDay : lastDay }

        /// The ends of the numbers, in the text itself and not bound, as they are the same for all.
        static let firstDay = SQL(verbatim: "\(Int32.min)")
        private static let lastDay = SQL(verbatim: "\(Int32.max)")
    }

    init(_ name: String, ascending: [String], descending: [String], listing: Listing) {
        self.name = name
        self.ascending = ascending
        self.descending = descending
        self.listing = listing
    }

    package static let name = ListOrder(
        "name", ascending: ["name", "id"], descending: ["name", "id"], listing: .name)
    /// Earliest, then latest; what has no date comes last both ways.
    package static let date = dated("date")
    /// Best match first; only with a search.
    package static let relevance = ListOrder(
        "relevance", ascending: ["score", "id"], descending: ["score", "id"], listing: .name)

    static func dated(_ name: String) -> ListOrder {
        ListOrder(
            name, ascending: ["earliest_max", "latest_max", "id"], descending: ["earliest_min", "latest_min", "id"],
            listing: .date)
    }

    /// How many values place a record in this order.
    package var keyCount: Int { ascending.count }

    func columns(descending isDescending: Bool) -> [String] { isDescending ? descending : ascending }
}

/// One of the values that place a record in an order.
package enum SortValue: Sendable, Equatable {
    case integer(Int64)
    case real(Double)
    case text(String)

    init?(_ value: Value) {
        switch value {
        case .integer(let number): self = .integer(number)
        case .real(let number): self = .real(number)
        case .text(let text): self = .text(text)
        case .null, .blob: return nil
        }
    }

    var value: Value {
        switch self {
        case .integer(let number): .integer(number)
        case .real(let number): .real(number)
        case .text(let text): .text(text)
        }
    }

    /// Whether these sort values stand before those, as the database compares them: texts by their bytes.
    static func precedes(_ a: [SortValue], _ b: [SortValue]) -> Bool {
        for (a, b) in zip(a, b) {
            switch (a, b) {
            case (.integer(let a), .integer(let b)): if a != b { return a < b }
            case (.real(let a), .real(let b)): if a != b { return a < b }
            case (.text(let a), .text(let b)):
                if a.utf8.lexicographicallyPrecedes(b.utf8) { return true }
                if b.utf8.lexicographicallyPrecedes(a.utf8) { return false }
            // A column has values of one kind.
            default: return false
            }
        }
        return false
    }
}

/// One page of a list.
package struct ListPage: Sendable {
    package let ids: [String]
    package let total: ListTotal
    /// The sort values of the last item when more follow.
    package let next: [SortValue]?
}

/// How many records match in all; counting ends at a bound.
package enum ListTotal: Sendable, Equatable {
    case exact(Int)
    case atLeast(Int)

    package static let bound = 10_000
}

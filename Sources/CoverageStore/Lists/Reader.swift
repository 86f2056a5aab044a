// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import SQLite

/// Reads facts over one connection, inside whatever read transaction its owner has open.
package struct Reader {
    let connection: Connection

    init(_ connection: Connection) {
        self.connection = connection
    }

    /// One record, or nil when there is none of that id.
    package func record<Record: StoredFact>(_ id: String, of type: Record.Type = Record.self) throws -> Stored<Record>?
    {
        try Record.load(Batch([id]), from: connection).first
    }

    /// These records, in their order, whatever does not exist left out.
    package func records<Record: StoredFact>(_ ids: [String]) throws -> [Stored<Record>] {
        try Record.load(Batch(ids), from: connection)
    }

    /// The ids of one page of a list, with the count of all that match.
    package func page<Record: StoredFact>(_ query: ListQuery<Record>) throws -> ListPage {
        let plan = try ListPlan(query, on: connection)
        let total = try count(query, plan)
        let page = try ids(query, plan)
        return ListPage(ids: page.ids, total: total, next: page.next)
    }

    /// The records of the page, without the count.
    package func items<Record: StoredFact>(
        _ query: ListQuery<Record>
    ) throws -> (items: [Stored<Record>], next: [SortValue]?) {
        let page = try ids(query, ListPlan(query, on: connection))
        return (try records(page.ids), page.next)
    }

    private func ids<Record: StoredFact>(
        _ query: ListQuery<Record>, _ plan: ListPlan<Record>
    ) throws -> (ids: [String], next: [SortValue]?) {
        if plan.isParted || plan.ranges.count == 1 { return try idsInOrder(query, plan) }
        var places: [[SortValue]] = []
        for range in plan.ranges {
            let rows = try plan.rows(of: range, after: query.after, limit: query.limit + 1).prepare(on: connection)
            while try rows.step() { places.append(place(rows)) }
        }
        places.sort { query.isDescending ? SortValue.precedes($1, $0) : SortValue.precedes($0, $1) }
        // The same record has the same place in each range, so that its rows are neighbours.
        var page: [[SortValue]] = []
        for place in places where page.count <= query.limit && page.last != place { page.append(place) }
        let ids = page.prefix(query.limit).map { place in
            if case .text(let id)? = place.last { id } else { "" }
        }
        return (ids, page.count > query.limit ? page[query.limit - 1] : nil)
    }

    /// The rows are the page as they come. The ids are enough, but for the last one, whose place the cursor tells.
    private func idsInOrder<Record: StoredFact>(
        _ query: ListQuery<Record>, _ plan: ListPlan<Record>
    ) throws -> (ids: [String], next: [SortValue]?) {
        let limit = query.limit
        var ids: [String] = []
        ids.reserveCapacity(limit)
        var last: [SortValue]?
        for range in plan.ranges {
            let statement = plan.rows(of: range, after: query.after, limit: limit + 1 - ids.count)
            let rows = try statement.prepare(on: connection)
            let id = Int32(rows.columnCount) - 1
            while try rows.step() {
                if ids.count == limit { return (ids, last) }
                ids.append(rows.text(id))
                if ids.count == limit { last = place(rows) }
            }
        }
        return (ids, nil)
    }

    private func place(_ row: borrowing Row) -> [SortValue] {
        let columns = Int32(row.columnCount)
        // With room for all of it from the start, which `compactMap` has not.
        var place: [SortValue] = []
        place.reserveCapacity(Int(columns))
        for column in 0..<columns { if let value = SortValue(row.value(column)) { place.append(value) } }
        return place
    }

    /// Whether one record has what all these filters ask for.
    package func matches<Record: StoredFact>(_ record: Stored<Record>, _ filters: [Filter<Record.Field>]) throws -> Bool
    {
        if filters.isEmpty { return true }
        let plan = try ListPlan(ListQuery<Record>(filters: filters), isSought: false, on: connection)
        return try plan.existence(of: record.value.id).prepare(on: connection).step()
    }

    private func count<Record: StoredFact>(_ query: ListQuery<Record>, _ plan: ListPlan<Record>) throws -> ListTotal {
        let bound = ListTotal.bound
        let number: Int
        if let known = try plan.knownCount(on: connection) {
            number = known
        } else {
            // In the order of dates most rows tell by themselves whether they are in the window.
            let order = query.window == nil ? nil : Record.orders.first
            let plan =
                if let order, order.name != query.order.name {
                    try ListPlan(query, order: order, on: connection)
                } else {
                    plan
                }
            let rows = try plan.count(limit: bound + 1).prepare(on: connection)
            number = try rows.step() ? rows.int(0) : 0
        }
        return number > bound ? .atLeast(bound) : .exact(number)
    }

    /// What `include` adds to each of these records, in their order.
    package func references(_ inclusion: Inclusion, of ids: [String]) throws -> [[Reference]] {
        try inclusion.load(Batch(ids), from: connection)
    }

    /// Those of these values that a filter cannot take, since nothing has them.
    package func unknown(_ values: [String], in field: some FilterField, of table: String) throws -> [String] {
        switch Self.known(in: field, of: table) {
        case .anyRecord: return try values.filter { try !isQualifiedID($0) }
        case .listed(let all): return values.filter { !all.contains($0) }
        case .selected(let known):
            return try values.filter { try strings("SELECT 1 FROM (\(known)) WHERE value = ?", [.text($0)]).isEmpty }
        }
    }

    /// What a filter can take in the place of such a value.
    package func choices(near value: String, in field: some FilterField, of table: String) throws -> Choices {
        let areTexts = if case .text = field.domain { true } else { false }
        switch Self.known(in: field, of: table) {
        case .anyRecord: return try choices(near: value, among: FactType.allCases)
        case .listed(let all): return .all(all)
        case .selected(let known): return try choices(near: value, among: known, areTexts: areTexts)
        }
    }

    /// The ids of a type, in the place of one that no record has.
    package func choices(near id: String, of type: FactType) throws -> Choices {
        try choices(near: id, among: "SELECT id AS value FROM \(Self.table(of: type))")
    }

    /// The same of several types.
    package func choices(near id: String, among types: [FactType]) throws -> Choices {
        let found = try types.map { try choices(near: id, of: $0) }
        let all = found.flatMap(\.values)
        let isWhole = found.allSatisfy { if case .all = $0 { true } else { false } }
        return isWhole && all.count <= Choices.few ? .all(all) : .alike(all)
    }

    private func choices(near value: String, among known: String, areTexts: Bool = false) throws -> Choices {
        let few = try strings("SELECT value FROM (\(known)) LIMIT \(Choices.few + 1)")
        if few.count <= Choices.few { return .all(few.sorted()) }
        return .alike(try values(near: value, among: known, areTexts: areTexts))
    }

    /// - Parameter areTexts: with capitals and spaces, which ids have not.
    private func values(near value: String, among known: String, areTexts: Bool = false) throws -> [String] {
        let folded = areTexts ? "replace(lower(value), ' ', '-')" : "value"
        return try strings(
            """
            SELECT value FROM (\(known)) WHERE abs(length(value) - length(?1)) <= 3
                OR instr('-' || \(folded) || '-', '-' || replace(lower(?1), ' ', '-') || '-') > 0
            LIMIT \(Choices.bound)
            """, [.text(value)])
    }

    /// What a filter takes: a closed set, or each `value` that SQL selects.
    private enum Known {
        case listed([String])
        case selected(String)
        /// `type:id`. All ids of all types would have to be put together to look among them.
        case anyRecord
    }

    private static func known(in field: some FilterField, of table: String) -> Known {
        switch field.domain {
        case .closedSet(let all): .listed(all)
        case .record(let type): .selected("SELECT id AS value FROM \(Self.table(of: type))")
        case .anyRecord: .anyRecord
        case .official: .selected("SELECT id AS value FROM people WHERE category = 'official'")
        case .country: .selected("SELECT id AS value FROM organizations WHERE kind = 'country'")
        case .text:
            .selected(
                "SELECT DISTINCT \(field.rawValue) AS value FROM \(table) WHERE \(field.rawValue) IS NOT NULL")
        }
    }

    /// What a value that nothing has may have been meant for.
    package enum Choices: Sendable, Equatable {
        /// All that there is, where it is few or fixed.
        case all([String])
        /// What has about the length of the value, or the value among its parts: only that can have been meant. No more than `bound`
        /// of a type.
        case alike([String])

        /// As many as can be told one by one.
        package static let few = 12
        /// How many are looked through for the nearest.
        package static let bound = 1000

        package var values: [String] {
            switch self {
            case .all(let values), .alike(let values): values
            }
        }

        package func filter(_ isIncluded: (String) -> Bool) -> Choices {
            switch self {
            case .all(let values): .all(values.filter(isIncluded))
            case .alike(let values): .alike(values.filter(isIncluded))
            }
        }
    }

    /// Whether this is `type:id` of a record there is.
    private func isQualifiedID(_ value: String) throws -> Bool {
        let parts = value.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let type = FactType(rawValue: parts[0]) else { return false }
        return try !strings("SELECT 1 FROM \(Self.table(of: type)) WHERE id = ?", [.text(parts[1])]).isEmpty
    }

    /// Ids of a type that may have been meant by one that no record has.
    package func ids(near id: String, of type: FactType) throws -> [String] {
        try values(near: id, among: "SELECT id AS value FROM \(Self.table(of: type))")
    }

    /// The types that have a record of this id.
    package func types(having id: String) throws -> [FactType] {
        try FactType.allCases.filter { try has(id, of: $0) }
    }

    /// Whether there is a record of this id.
    package func has(_ id: String, of type: FactType) throws -> Bool {
        let row = try connection.prepare("SELECT 1 FROM \(Self.table(of: type)) WHERE id = ?")
        try row.bind(1, id)
        return try row.step()
    }

    /// Every id of a type.
    func allIDs(of type: FactType) throws -> Set<String> {
        Set(try strings("SELECT id FROM \(Self.table(of: type))"))
    }

    private func strings(_ sql: String, _ values: [Value] = []) throws -> [String] {
        let statement = try connection.prepare(sql)
        try statement.bind(all: values)
        return try strings(statement)
    }

    private func strings(_ rows: borrowing Row) throws -> [String] {
        var found: [String] = []
        while try rows.step() { found.append(rows.text(0)) }
        return found
    }

    static func table(of type: FactType) -> String { type.record.table }
}

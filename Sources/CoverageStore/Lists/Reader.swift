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

    /// One page of a list with the count of all that match.
    package func page<Record: StoredFact>(_ query: ListQuery<Record>) throws -> ListPage<Record> {
        let total = try count(ListStatement(query))
        let page = try items(query)
        return ListPage(items: page.items, total: total, next: page.next)
    }

    /// The same without the count.
    package func items<Record: StoredFact>(
        _ query: ListQuery<Record>
    ) throws -> (items: [Stored<Record>], next: [SortValue]?) {
        var statement = ListStatement(query)
        let sql = statement.page(of: query)
        let rows = try connection.prepare(sql)
        try rows.bind(all: statement.values)
        var ids: [String] = []
        var last: [SortValue] = []
        var more = false
        while try rows.step() {
            if ids.count == query.limit {
                more = true
                break
            }
            let idColumn = Int32(rows.columnCount - 1)
            last = (0...idColumn).compactMap { SortValue(rows.value($0)) }
            ids.append(rows.text(idColumn))
        }
        let items = try Record.load(Batch(ids), from: connection)
        return (items, more ? last : nil)
    }

    /// Whether one record has what all these filters ask for.
    package func matches<Record: StoredFact>(_ record: Stored<Record>, _ filters: [Filter<Record.Field>]) throws -> Bool
    {
        if filters.isEmpty { return true }
        var statement = ListStatement(ListQuery<Record>(filters: filters))
        let existence = try connection.prepare(statement.existence(of: record.value.id))
        try existence.bind(all: statement.values)
        return try existence.step()
    }

    private func count<Record: StoredFact>(_ statement: ListStatement<Record>) throws -> ListTotal {
        let bound = ListTotal.bound
        let counted = try connection.prepare(statement.count(upTo: bound))
        try counted.bind(all: statement.values)
        let number = try counted.step() ? counted.int(0) : 0
        return number > bound ? .atLeast(bound) : .exact(number)
    }

    /// What `include` adds to each of these records, in their order.
    package func references(_ inclusion: Inclusion, of ids: [String]) throws -> [[Reference]] {
        try inclusion.load(Batch(ids), from: connection)
    }

    /// Of these values, those that a filter of this domain cannot take, and what it could take instead.
    package func unknown(_ values: [String], in field: some FilterField, of table: String) throws -> Unknown? {
        let known: String
        switch field.domain {
        case .closedSet(let all):
            let missing = values.filter { !all.contains($0) }
            return missing.isEmpty ? nil : Unknown(values: missing, candidates: all)
        case .record(let type): known = "SELECT id FROM \(Self.table(of: type))"
        case .anyRecord:
            known = FactType.allCases.map { "SELECT '\($0.rawValue):' || id AS id FROM \(Self.table(of: $0))" }
                .joined(separator: " UNION ALL ")
        case .official: known = "SELECT id FROM people WHERE category = 'official'"
        case .country: known = "SELECT id FROM organizations WHERE kind = 'country'"
        case .text: known = "SELECT DISTINCT \(field.rawValue) AS id FROM \(table) WHERE \(field.rawValue) IS NOT NULL"
        }
        let missing = try strings(
            "SELECT value FROM json_each(?) WHERE value NOT IN (\(known))", [.text(jsonArray(values))])
        guard !missing.isEmpty else { return nil }
        // Only what is about as long can have been meant.
        let candidates = try strings(
            "SELECT id FROM (\(known)) WHERE abs(length(id) - length(?)) <= 3 LIMIT \(Self.candidateBound)",
            [.text(missing[0])])
        return Unknown(values: missing, candidates: candidates)
    }

    /// How many ids are looked through for the nearest to a misspelt one.
    static let candidateBound = 1000

    /// Values that nothing has, with those that something has.
    package struct Unknown: Sendable {
        package let values: [String]
        package let candidates: [String]
    }

    /// Ids of records with all that these filters ask for, of about the length of one that was misspelt.
    package func ids<Record: StoredFact>(
        near id: String, of type: Record.Type, _ filters: [Filter<Record.Field>] = []
    ) throws -> [String] {
        var statement = ListStatement(ListQuery<Record>(filters: filters))
        let sql = statement.ids(near: id, upTo: Self.candidateBound)
        return try strings(sql, statement.values)
    }

    /// The same of any record of a type.
    package func ids(near id: String, of type: FactType) throws -> [String] {
        try strings(
            """
            SELECT id FROM \(Self.table(of: type)) WHERE abs(length(id) - length(?)) <= 3 LIMIT \(Self.candidateBound)
            """, [.text(id)])
    }

    /// The types that have a record of this id.
    package func types(having id: String) throws -> [FactType] {
        try FactType.allCases.filter { type in
            let row = try connection.prepare("SELECT 1 FROM \(Self.table(of: type)) WHERE id = ?")
            try row.bind(1, id)
            return try row.step()
        }
    }

    /// Every id of a type.
    func allIDs(of type: FactType) throws -> Set<String> {
        Set(try strings("SELECT id FROM \(Self.table(of: type))"))
    }

    private func strings(_ sql: String, _ values: [Value] = []) throws -> [String] {
        let statement = try connection.prepare(sql)
        try statement.bind(all: values)
        var found: [String] = []
        while try statement.step() { found.append(statement.text(0)) }
        return found
    }

    static func table(of type: FactType) -> String {
        switch type {
        case .event: Event.table
        case .person: Person.table
        case .issue: Issue.table
        case .statement: Coverage.Statement.table
        case .organization: Organization.table
        case .place: Place.table
        case .discrepancy: Discrepancy.table
        case .article: Article.table
        }
    }
}

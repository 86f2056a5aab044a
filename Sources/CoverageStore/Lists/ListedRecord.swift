// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// Where a record stands in lists.
struct ListPlace: Equatable {
    struct Days: Equatable {
        let earliest: Int
        let latest: Int
    }

    let name: String
    /// The rows of `listed_by_date`: one, two where an end is missing, none where the type has no dates.
    let days: [Days]

    /// The columns of `t` that it is read from.
    static func columns(of type: (some StoredFact).Type) -> String {
        type.orders.isEmpty
            ? "t.name" : "t.name, t.earliest_max, t.latest_max, t.earliest_min, t.latest_min, t.date_edtf"
    }

    init(_ row: borrowing Row, from column: Int32) {
        name = row.text(column)
        guard row.columnCount > Int(column) + 1 else {
            days = []
            return
        }
        let up = Days(earliest: row.int(column + 1), latest: row.int(column + 2))
        let down = Days(earliest: row.int(column + 3), latest: row.int(column + 4))
        days = up == down ? [up] : [up, down]
    }

    /// Where this record is listed, as it is in the database now.
    static func load<Record: StoredFact>(_ id: String, of type: Record.Type, from connection: Connection) throws
        -> ListPlace?
    {
        let row = try connection.prepare("SELECT \(columns(of: type)) FROM \(Record.table) AS t WHERE t.id = ?")
        try row.bind(1, id)
        return try row.step() ? ListPlace(row, from: 0) : nil
    }

    static func == (a: ListPlace, b: ListPlace) -> Bool {
        // By bytes, as the database has them.
        a.days == b.days && a.name.hasSameBytes(as: b.name)
    }
}

/// A record with all it is listed by.
struct ListedRecord {
    /// Two are the same by their bytes, as the database has them: Swift takes texts for equal that look the same.
    struct FieldValue: Hashable {
        let field: String
        let value: String

        static func == (a: FieldValue, b: FieldValue) -> Bool {
            a.field == b.field && a.value.hasSameBytes(as: b.value)
        }
    }

    let id: String
    let document: Int
    let place: ListPlace
    /// What it has to be listed by.
    private(set) var values: Set<FieldValue>
    /// What it is listed by.
    private(set) var terms: Set<Int> = []

    /// Nil where there is no such record.
    static func load<Record: StoredFact>(
        _ id: String, of type: Record.Type, from connection: Connection, _ ancestry: Ancestry
    ) throws -> ListedRecord? {
        let row = try connection.prepare(
            """
            SELECT d.number, \(ListPlace.columns(of: type)) FROM \(Record.table) AS t
            CROSS JOIN documents AS d ON d.type = ?2 AND d.id = t.id WHERE t.id = ?1
            """)
        try row.bind(1, id)
        try row.bind(2, Record.type.rawValue)
        guard try row.step() else { return nil }
        let place = ListPlace(row, from: 1)
        var record = ListedRecord(
            id: id, document: row.int(0), place: place,
            values: try Record.Field.tests.values.values(of: id, on: connection, ancestry))
        if let days = place.days.first, let edtf = row.optionalText(6) { record.addDates(days, edtf) }
        let terms = try connection.prepare("SELECT term FROM postings WHERE document = ?")
        try terms.bind(1, record.document)
        while try terms.step() { record.terms.insert(terms.int(0)) }
        return record
    }

    private init(id: String, document: Int, place: ListPlace, values: Set<FieldValue>) {
        self.id = id
        self.document = document
        self.place = place
        self.values = values
    }

    private mutating func addDates(_ days: ListPlace.Days, _ text: String) {
        func known(_ day: Int) -> Int32? { Int32(exactly: day).flatMap { $0 == .min || $0 == .max ? nil : $0 } }
        var terms = DateTerms.values(earliest: known(days.earliest), latest: known(days.latest))
        if (try? EDTF(text))?.isCertain == true { terms.append(DateTerms.certain) }
        for term in terms { values.insert(FieldValue(field: DateTerms.field, value: term)) }
    }
}

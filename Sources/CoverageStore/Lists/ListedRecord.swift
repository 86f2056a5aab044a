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
        a.days == b.days && a.name.utf8.elementsEqual(b.name.utf8)
    }
}

/// A record with all it is listed by.
struct ListedRecord {
    struct FieldValue: Hashable {
        let field: String
        let value: String
    }

    let id: String
    let document: Int
    let place: ListPlace
    /// What it has to be listed by.
    private(set) var values: Set<FieldValue> = []
    /// What it is listed by.
    private(set) var terms: Set<Int> = []

    /// The records of a batch, whatever does not exist left out.
    static func load<Record: StoredFact>(
        _ type: Record.Type, _ batch: Batch, from connection: Connection
    ) throws -> [ListedRecord] {
        var records = [ListedRecord?](repeating: nil, count: batch.ids.count)
        try batch.forEachRow(
            of: """
                SELECT wanted.key, d.number, \(ListPlace.columns(of: type)) FROM json_each(?1) AS wanted
                CROSS JOIN \(Record.table) AS t ON t.id = wanted.value
                CROSS JOIN documents AS d ON d.type = ?2 AND d.id = wanted.value
                """, type: Record.type.rawValue, on: connection
        ) { position, row in
            let place = ListPlace(row, from: 2)
            var record = ListedRecord(id: batch.ids[position], document: row.int(1), place: place)
            if let days = place.days.first, let edtf = row.optionalText(7) { record.addDates(days, edtf) }
            records[position] = record
        }
        try batch.forEachRow(
            of: """
                SELECT wanted.key, p.term FROM json_each(?1) AS wanted
                CROSS JOIN documents AS d ON d.type = ?2 AND d.id = wanted.value CROSS JOIN postings AS p ON p.document = d.number
                """, type: Record.type.rawValue, on: connection
        ) { records[$0]?.terms.insert($1.int(1)) }
        for field in Record.Field.allCases {
            let (test, name) = (field.test, field.rawValue)
            var lacking = Set(batch.ids.indices)
            for sql in test.valueQueries {
                try batch.forEachRow(of: sql, on: connection) { position, row in
                    lacking.remove(position)
                    if test.isListed {
                        records[position]?.values.insert(FieldValue(field: name, value: row.text(1)))
                    }
                }
            }
            guard test.canBeAbsent else { continue }
            for position in lacking {
                records[position]?.values.insert(FieldValue(field: name, value: ListTerm.absent))
            }
        }
        return records.compactMap(\.self)
    }

    private init(id: String, document: Int, place: ListPlace) {
        self.id = id
        self.document = document
        self.place = place
    }

    private mutating func addDates(_ days: ListPlace.Days, _ text: String) {
        func known(_ day: Int) -> Int32? { Int32(exactly: day).flatMap { $0 == .min || $0 == .max ? nil : $0 } }
        var terms = DateTerms.values(earliest: known(days.earliest), latest: known(days.latest))
        if (try? EDTF(text))?.isCertain == true { terms.append(DateTerms.certain) }
        for term in terms { values.insert(FieldValue(field: DateTerms.field, value: term)) }
    }
}

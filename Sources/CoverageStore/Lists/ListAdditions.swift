// SPDX-License-Identifier: Apache-2.0

internal import SQLite

/// Rows that lists gain in one transaction.
///
/// Those of many records of a type are written in the order of the tables. The lists of one record lie all over them: in the order
/// of the records, thousands of events would have each page of the tables read and written several times.
struct ListAdditions {
    private struct Record {
        let id: String
        let place: ListPlace
        let terms: Set<Int>
    }

    /// From how many records on their rows are put in order.
    private static let few = 16

    private let capacity: Int
    private var records: [Record] = []

    /// - Parameter capacity: how many records are written together at most; the rows of each take some two kilobytes of memory.
    init(capacity: Int = 20_000) {
        self.capacity = capacity
    }

    /// The rows are written by `write(to:)`, or at once when there are as many as are kept.
    mutating func add(_ terms: Set<Int>, _ id: String, _ place: ListPlace, to connection: Connection) throws {
        if terms.isEmpty { return }
        records.append(Record(id: id, place: place, terms: terms))
        if records.count >= capacity { try write(to: connection) }
    }

    mutating func write(to connection: Connection) throws {
        if records.count < Self.few {
            for record in records { try write(record, to: connection) }
        } else {
            try writeByName(to: connection)
            try writeByDate(to: connection)
        }
        records = []
    }

    // MARK: One record

    /// By one statement for each table, since many small ones take longer to start than to run. `OR FAIL` says that none of its rows
    /// need be undone where one fails, for that ends the job: see `RecordRow`.
    private func write(_ record: Record, to connection: Connection) throws {
        // In the order of the tables.
        let list = jsonArray(record.terms.sorted())
        let name = try connection.prepare(
            "INSERT OR FAIL INTO listed_by_name (term, name, id) SELECT value, ?2, ?3 FROM json_each(?1)")
        try name.bind(1, list)
        try name.bind(2, record.place.name)
        try name.bind(3, record.id)
        try name.run()
        for days in record.place.days {
            let date = try connection.prepare(
                """
                INSERT OR FAIL INTO listed_by_date (term, earliest, latest, id) SELECT value, ?2, ?3, ?4 FROM json_each(?1)
                """)
            try date.bind(1, list)
            try date.bind(2, days.earliest)
            try date.bind(3, days.latest)
            try date.bind(4, record.id)
            try date.run()
        }
    }

    // MARK: Many records

    private func writeByName(to connection: Connection) throws {
        let ordered = records.sorted { ($0.place.name, $0.id) < ($1.place.name, $1.id) }
        var rows = ordered.flatMap { record in record.terms.map { (term: $0, record: record) } }
        // The rows of a term stay in the order of names.
        rows.sort { $0.term < $1.term }
        let insertion = try connection.prepare("INSERT INTO listed_by_name (term, name, id) VALUES (?, ?, ?)")
        for row in rows {
            try insertion.bind(1, row.term)
            try insertion.bind(2, row.record.place.name)
            try insertion.bind(3, row.record.id)
            try insertion.run()
        }
    }

    private func writeByDate(to connection: Connection) throws {
        var rows = records.flatMap { record in
            record.place.days.flatMap { days in record.terms.map { (term: $0, days: days, id: record.id) } }
        }
        rows.sort { ($0.term, $0.days.earliest, $0.days.latest) < ($1.term, $1.days.earliest, $1.days.latest) }
        let insertion = try connection.prepare(
            "INSERT INTO listed_by_date (term, earliest, latest, id) VALUES (?, ?, ?, ?)")
        for row in rows {
            try insertion.bind(1, row.term)
            try insertion.bind(2, row.days.earliest)
            try insertion.bind(3, row.days.latest)
            try insertion.bind(4, row.id)
            try insertion.run()
        }
    }
}

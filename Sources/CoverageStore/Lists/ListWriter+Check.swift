// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// Holds the lists against the records.
extension ListWriter {
    /// The records that are not listed as their values say or, where all are, the values whose lists have more or fewer rows than
    /// they say.
    static func faults(on connection: Connection) throws -> [CheckReport.Finding] {
        let misplaced = try FactType.loadOrder.flatMap { type in
            try faults(of: type.record, on: connection).map {
                CheckReport.Finding(
                    type: type.rawValue, id: $0, reason: "its place in lists is not what its values say")
            }
        }
        // A record that has fallen out of its lists leaves each of them miscounted: once said is enough.
        return misplaced.isEmpty ? try miscounted(on: connection) : misplaced
    }

    /// The records of which a value or a place in a list is missing, or one too many.
    private static func faults<Record: StoredFact>(of type: Record.Type, on connection: Connection) throws -> [String] {
        var known: [Int: ListedRecord.FieldValue] = [:]
        let terms = try connection.prepare("SELECT number, field, value FROM terms WHERE type = ?")
        try terms.bind(1, Record.type.rawValue)
        while try terms.step() { known[terms.int(0)] = .init(field: terms.text(1), value: terms.text(2)) }
        var faults: [String] = []
        let all: Set<String> = try Reader(connection).allIDs(of: Record.type)
        let ancestry = Ancestry(connection)
        for id in all.sorted() {
            guard let record = try ListedRecord.load(id, of: type, from: connection, ancestry) else { continue }
            let isTrue =
                try record.terms.count == record.values.count
                && record.values == Set(record.terms.compactMap { known[$0] })
                && record.terms.allSatisfy { try isListed(record, under: $0, on: connection) }
            if !isTrue { faults.append(record.id) }
        }
        return faults
    }

    private static func isListed(_ record: ListedRecord, under term: Int, on connection: Connection) throws -> Bool {
        let name = try connection.prepare("SELECT 1 FROM listed_by_name WHERE term = ? AND name = ? AND id = ?")
        try name.bind(1, term)
        try name.bind(2, record.place.name)
        try name.bind(3, record.id)
        guard try name.step() else { return false }
        return try record.place.days.allSatisfy { days in
            let date = try connection.prepare(
                "SELECT 1 FROM listed_by_date WHERE term = ? AND earliest = ? AND latest = ? AND id = ?")
            try date.bind(1, term)
            try date.bind(2, days.earliest)
            try date.bind(3, days.latest)
            try date.bind(4, record.id)
            return try date.step()
        }
    }

    /// The terms whose number of records is not that of their postings and of their rows, or of all records, as field and value.
    /// Where every record is where it has to be, more rows are those of records that are gone.
    private static func miscounted(on connection: Connection) throws -> [CheckReport.Finding] {
        let terms = try connection.prepare(
            """
            SELECT k.type, k.field || ' ' || k.value FROM terms AS k
            LEFT JOIN (SELECT term, count(*) AS n FROM postings GROUP BY term) AS p ON p.term = k.number
            LEFT JOIN (SELECT term, count(*) AS n FROM listed_by_name GROUP BY term) AS l ON l.term = k.number
            LEFT JOIN (SELECT term, count(DISTINCT id) AS n FROM listed_by_date GROUP BY term) AS d ON d.term = k.number
            WHERE k.field <> ? AND (k.records <> coalesce(p.n, 0) OR k.records <> coalesce(l.n, 0)
                OR k.records <> coalesce(d.n, k.records))
            """)
        try terms.bind(1, ListTerm.whole)
        var findings: [CheckReport.Finding] = []
        func note(_ type: String, _ list: String) {
            findings.append(
                CheckReport.Finding(type: type, id: list, reason: "the list of this value is miscounted"))
        }
        while try terms.step() { note(terms.text(0), terms.text(1)) }
        for type in FactType.loadOrder where try !isCounted(type.record, on: connection) {
            note(type.rawValue, ListTerm.whole)
        }
        return findings
    }

    /// Whether the number of all records of a type is what the table has.
    private static func isCounted<Record: StoredFact>(_: Record.Type, on connection: Connection) throws -> Bool {
        let counted = try connection.prepare("SELECT coalesce(sum(records), 0) FROM terms WHERE type = ? AND field = ?")
        try counted.bind(1, Record.type.rawValue)
        try counted.bind(2, ListTerm.whole)
        let all: Set<String> = try Reader(connection).allIDs(of: Record.type)
        return try counted.step() && counted.int(0) == all.count
    }
}

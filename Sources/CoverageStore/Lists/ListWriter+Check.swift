// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// Holds the lists against the records.
extension ListWriter {
    /// The records that are not listed as their values say, and the values whose lists have more or fewer rows than they say.
    static func faults(on connection: Connection) throws -> [CheckReport.Finding] {
        try miscounted(on: connection)
            + FactType.loadOrder.flatMap { type in
                try faults(of: type.record, on: connection).map {
                    CheckReport.Finding(
                        type: type.rawValue, id: $0, reason: "its place in lists is not what its values say")
                }
            }
    }

    /// The records of which a value or a place in a list is missing, or one too many.
    private static func faults<Record: StoredFact>(of type: Record.Type, on connection: Connection) throws -> [String] {
        var known: [Int: String] = [:]
        let terms = try connection.prepare("SELECT number, field || ' ' || value FROM terms WHERE type = ?")
        try terms.bind(1, Record.type.rawValue)
        while try terms.step() { known[terms.int(0)] = terms.text(1) }
        var faults: [String] = []
        let all: Set<String> = try Reader(connection).allIDs(of: Record.type)
        let ids = all.sorted()
        for start in stride(from: 0, to: ids.count, by: batch) {
            let batch = Batch(Array(ids[start..<min(start + batch, ids.count)]))
            for record in try ListedRecord.load(type, batch, from: connection) {
                let wanted = Set(record.values.map { "\($0.field) \($0.value)" })
                let isTrue =
                    try wanted == Set(record.terms.map { known[$0] ?? "" })
                    && record.terms.allSatisfy { try isListed(record, under: $0, on: connection) }
                if !isTrue { faults.append(record.id) }
            }
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

    /// The terms whose number of records is not that of their postings and of their rows, as field and value. Since every
    /// record is where it has to be, more rows are those of records that are gone.
    private static func miscounted(on connection: Connection) throws -> [CheckReport.Finding] {
        let terms = try connection.prepare(
            """
            SELECT k.type, k.field || ' ' || k.value FROM terms AS k
            LEFT JOIN (SELECT term, count(*) AS n FROM postings GROUP BY term) AS p ON p.term = k.number
            LEFT JOIN (SELECT term, count(*) AS n FROM listed_by_name GROUP BY term) AS l ON l.term = k.number
            LEFT JOIN (SELECT term, count(DISTINCT id) AS n FROM listed_by_date GROUP BY term) AS d ON d.term = k.number
            WHERE CASE WHEN k.field = ?
                THEN k.records <> (SELECT count(*) FROM documents AS x WHERE x.type = k.type)
                ELSE k.records <> coalesce(p.n, 0) OR k.records <> coalesce(l.n, 0)
                    OR k.records <> coalesce(d.n, k.records) END
            """)
        try terms.bind(1, ListTerm.whole)
        var findings: [CheckReport.Finding] = []
        while try terms.step() {
            findings.append(
                CheckReport.Finding(
                    type: terms.text(0), id: terms.text(1), reason: "the list of this value is miscounted"))
        }
        return findings
    }
}

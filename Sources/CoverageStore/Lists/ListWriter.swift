// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// Keeps the lists of terms true to the records. Values may follow from other records, so it works at the end of a
/// transaction, when all of them are there, on everything that has changed in it.
final class ListWriter {
    /// By which definition of the fields this program lists. One more with each change of them.
    private static let definition = 3
    /// From how many rows on they are written: in the order of the tables, so that each page is written once for many.
    private static let chunk = 200_000

    /// The term that counts all records of a type.
    private static let whole = ListedRecord.FieldValue(field: ListTerm.whole, value: ListTerm.absent)

    let connection: Connection
    /// What has changed, with the place it is listed at where that may be another now.
    private var changed: [FactType: [String: ListPlace?]] = [:]
    private var dependents: [Dependents] = []
    private var gained: [FactType: [String: Set<Dependents.Gain>]] = [:]

    let numbers: TermNumbers
    /// Of the trees as they are when the lists are settled.
    private(set) var ancestry: Ancestry
    var counts: [Int: Int] = [:]
    private var byName: [NameRow] = []
    private var byDate: [DateRow] = []

    init(_ connection: Connection) {
        self.connection = connection
        numbers = .of(connection)
        ancestry = Ancestry(connection)
    }

    /// Notes a record that has been written.
    /// - Parameter place: where it was listed before; nil when it is new.
    func note<Record: StoredFact>(_ record: Record, since old: Record?, at place: ListPlace?) {
        // Within one transaction it stays listed where it was at its start.
        if changed[Record.type]?[record.id] == nil { changed[Record.type, default: [:]][record.id] = .some(place) }
        dependents += record.dependents(since: old)
    }

    /// Takes a record off all lists, before it is deleted.
    func remove<Record: StoredFact>(_ record: Record) throws {
        if let listed = try ListedRecord.load(record.id, of: Record.self, from: connection, Ancestry(connection)) {
            try connection.run("DELETE FROM postings WHERE document = ?", .integer(Int64(listed.document)))
            for term in listed.terms {
                try remove(term, listed.id, listed.place)
                counts[term] = -1
            }
            // One that was written in this very transaction is on no list yet.
            if !listed.terms.isEmpty { counts[try number(of: Self.whole, type: Record.type)] = -1 }
            try writeCounts()
        }
        changed[Record.type]?[record.id] = nil
        dependents += record.dependentsAtItsEnd
    }

    /// Brings the lists up to what has been noted.
    func settle() throws {
        ancestry = Ancestry(connection)
        try resolveDependents()
        for type in FactType.loadOrder { try list(type.record) }
        (changed, gained) = ([:], [:])
    }

    private func resolveDependents() throws {
        for group in dependents {
            for id in try group.load(from: connection) where changed[group.type]?[id] == nil {
                if let gains = group.gains {
                    gained[group.type, default: [:]][id, default: []].formUnion(gains)
                } else {
                    changed[group.type, default: [:]][id] = .some(nil)
                }
            }
        }
        dependents = []
    }

    /// Writes all lists anew if they were written by another definition than this program's.
    static func renew(on connection: Connection, report: (String) -> Void) throws {
        let known = try connection.scalar("SELECT value FROM counters WHERE name = 'lists'")
        if known == .integer(Int64(definition)) { return }
        report("all lists are written anew, since this program keeps them by another definition")
        try connection.transaction {
            for table in ["terms", "postings", "listed_by_name", "listed_by_date"] {
                try connection.run("DELETE FROM \(table)")
            }
            let writer = ListWriter(connection)
            writer.numbers.forget()
            for type in FactType.allCases {
                let ids: Set<String> = try Reader(connection).allIDs(of: type)
                for id in ids { writer.changed[type, default: [:]][id] = .some(nil) }
            }
            try writer.settle()
            try connection.run("UPDATE counters SET value = ? WHERE name = 'lists'", .integer(Int64(definition)))
        }
    }

    // MARK: One type

    private func list<Record: StoredFact>(_ type: Record.Type) throws {
        let places = changed[Record.type] ?? [:]
        // What is listed anew has these values anyway.
        let gains = (gained[Record.type] ?? [:]).filter { places[$0.key] == nil }
        if places.isEmpty, gains.isEmpty { return }
        for id in places.keys.sorted() {
            try list(id, of: type, since: places[id] ?? nil)
            if byName.count >= Self.chunk { try write() }
        }
        for (id, gains) in gains { try add(gains, to: id, of: type) }
        try write()
        try writeCounts()
    }

    /// - Parameter old: where it was listed, if that may be another place than it has now.
    private func list<Record: StoredFact>(_ id: String, of type: Record.Type, since old: ListPlace?) throws {
        guard let record = try ListedRecord.load(id, of: type, from: connection, ancestry) else { return }
        let wanted = try Set(record.values.map { try number(of: $0, type: Record.type) })
        // Every record has a term of its own type's.
        if record.terms.isEmpty { counts[try number(of: Self.whole, type: Record.type), default: 0] += 1 }
        let new = record.place
        let old = old ?? new
        for term in record.terms.subtracting(wanted) { try unpost(term, record.document) }
        for term in wanted.subtracting(record.terms) { try post(term, record.document) }
        let isMoved = old != new
        for term in isMoved ? record.terms : record.terms.subtracting(wanted) { try remove(term, record.id, old) }
        for term in isMoved ? wanted : wanted.subtracting(record.terms) { add(term, record.id, new) }
    }

    /// The number of a value's term, which is made where there is none.
    func number(of value: ListedRecord.FieldValue, type: FactType) throws -> Int {
        try numbers.makeNumber(of: value, type: type, on: connection)
    }

    func post(_ term: Int, _ document: Int) throws {
        try connection.prepare("INSERT INTO postings (document, term) VALUES (?, ?)").run(document, term)
        counts[term, default: 0] += 1
    }

    func unpost(_ term: Int, _ document: Int) throws {
        try connection.prepare("DELETE FROM postings WHERE document = ? AND term = ?").run(document, term)
        counts[term, default: 0] -= 1
    }

    // MARK: Rows

    private struct NameRow {
        let term: Int
        let name: String
        let id: String

        static func precedes(_ a: NameRow, _ b: NameRow) -> Bool {
            if a.term != b.term { return a.term < b.term }
            if a.name != b.name { return a.name < b.name }
            return a.id < b.id
        }
    }

    private struct DateRow {
        let term: Int
        let days: ListPlace.Days
        let id: String

        static func precedes(_ a: DateRow, _ b: DateRow) -> Bool {
            if a.term != b.term { return a.term < b.term }
            if a.days.earliest != b.days.earliest { return a.days.earliest < b.days.earliest }
            if a.days.latest != b.days.latest { return a.days.latest < b.days.latest }
            return a.id < b.id
        }
    }

    func add(_ term: Int, _ id: String, _ place: ListPlace) {
        byName.append(NameRow(term: term, name: place.name, id: id))
        for days in place.days { byDate.append(DateRow(term: term, days: days, id: id)) }
    }

    func remove(_ term: Int, _ id: String, _ place: ListPlace) throws {
        try connection.run(
            "DELETE FROM listed_by_name WHERE term = ? AND name = ? AND id = ?", .integer(Int64(term)),
            .text(place.name), .text(id))
        for days in place.days {
            try connection.run(
                "DELETE FROM listed_by_date WHERE term = ? AND earliest = ? AND latest = ? AND id = ?",
                .integer(Int64(term)), .integer(Int64(days.earliest)), .integer(Int64(days.latest)), .text(id))
        }
    }

    private func write() throws {
        // In an order near that of the tables: Swift compares texts by other rules than bytes, which only costs time.
        byName.sort(by: NameRow.precedes)
        byDate.sort(by: DateRow.precedes)
        let name = try connection.prepare("INSERT INTO listed_by_name (term, name, id) VALUES (?, ?, ?)")
        for row in byName {
            try name.bind(1, row.term)
            try name.bind(2, row.name)
            try name.bind(3, row.id)
            try name.run()
        }
        let date = try connection.prepare("INSERT INTO listed_by_date (term, earliest, latest, id) VALUES (?, ?, ?, ?)")
        for row in byDate {
            try date.bind(1, row.term)
            try date.bind(2, row.days.earliest)
            try date.bind(3, row.days.latest)
            try date.bind(4, row.id)
            try date.run()
        }
        (byName, byDate) = ([], [])
    }

    private func writeCounts() throws {
        let update = try connection.prepare("UPDATE terms SET records = records + ?2 WHERE number = ?1")
        for (term, change) in counts where change != 0 { try update.run(term, change) }
        if counts.values.contains(where: { $0 < 0 }) { try deleteUnusedTerms() }
        counts = [:]
    }

    private func deleteUnusedTerms() throws {
        let removal = try connection.prepare("DELETE FROM terms WHERE number = ? AND records = 0")
        for (term, change) in counts where change < 0 {
            try removal.bind(1, term)
            try removal.run()
        }
        numbers.forget()
    }
}

extension Row {
    borrowing func run(_ a: Int, _ b: Int) throws {
        try bind(1, a)
        try bind(2, b)
        try run()
    }
}

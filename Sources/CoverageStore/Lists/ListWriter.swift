// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// Keeps the lists of terms true to the records. Values may follow from other records, so it works at the end of a
/// transaction, when all of them are there, on everything that has changed in it.
final class ListWriter {
    /// By which definition of the fields this program lists. One more with each change of them.
    private static let definition = 3

    /// The term that counts all records of a type.
    private static let whole = ListedRecord.FieldValue(field: ListTerm.whole, value: ListTerm.absent)

    let connection: Connection
    /// What has changed, with the place it is listed at where that may be another now.
    private var changed: [FactType: [String: ListPlace?]] = [:]
    private var dependents: [Dependents] = []
    private var gained: [FactType: [String: Set<Dependents.Gain>]] = [:]

    /// Of the trees as they are when the lists are settled.
    private(set) var ancestry: Ancestry
    private var counts: [Int: Int] = [:]
    private var additions = ListAdditions()

    init(_ connection: Connection) {
        self.connection = connection
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
        }
        for (id, gains) in gains { try add(gains, to: id, of: type) }
        try additions.write(to: connection)
        try writeCounts()
    }

    /// - Parameter old: where it was listed, if that may be another place than it has now.
    private func list<Record: StoredFact>(_ id: String, of type: Record.Type, since old: ListPlace?) throws {
        guard let record = try ListedRecord.load(id, of: type, from: connection, ancestry) else { return }
        let wanted = try Set(record.values.map { try number(of: $0, type: Record.type) })
        // Every record has a term of its own type's.
        if record.terms.isEmpty { counts[try number(of: Self.whole, type: Record.type), default: 0] += 1 }
        let (new, old) = (record.place, old ?? record.place)
        let (lost, gained) = (record.terms.subtracting(wanted), wanted.subtracting(record.terms))
        for term in lost { try unpost(term, record.document) }
        try post(gained, record.document)
        let isMoved = old != new
        for term in isMoved ? record.terms : lost { try remove(term, record.id, old) }
        try add(isMoved ? wanted : gained, record.id, new)
    }

    /// Asked for at each use: another's are gone once something is undone.
    var numbers: TermNumbers { .of(connection) }

    /// The number of a value's term, which is made where there is none.
    func number(of value: ListedRecord.FieldValue, type: FactType) throws -> Int {
        try numbers.makeNumber(of: value, type: type, on: connection)
    }

    func unpost(_ term: Int, _ document: Int) throws {
        try connection.prepare("DELETE FROM postings WHERE document = ? AND term = ?").run(document, term)
        counts[term, default: 0] -= 1
    }

    // MARK: Rows

    /// By one statement: see `ListAdditions`.
    func post(_ terms: Set<Int>, _ document: Int) throws {
        if terms.isEmpty { return }
        let row = try connection.prepare(
            "INSERT OR FAIL INTO postings (document, term) SELECT ?2, value FROM json_each(?1)")
        try row.bind(1, jsonArray(terms.sorted()))
        try row.bind(2, document)
        try row.run()
        for term in terms { counts[term, default: 0] += 1 }
    }

    /// Lists the record at the end of `list(_:)`, with the others of its type.
    func add(_ terms: Set<Int>, _ id: String, _ place: ListPlace) throws {
        try additions.add(terms, id, place, to: connection)
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

    private func writeCounts() throws {
        // One statement for all that change alike, as nearly all terms of a record do; for `OR FAIL` see `RecordRow`.
        let update = try connection.prepare(
            """
            UPDATE OR FAIL terms SET records = records + ?2 WHERE number IN (SELECT value FROM json_each(?1))
            """)
        for (change, terms) in Dictionary(grouping: counts.keys, by: { counts[$0] ?? 0 }) where change != 0 {
            try update.bind(1, jsonArray(terms.sorted()))
            try update.bind(2, change)
            try update.run()
        }
        if counts.values.contains(where: { $0 < 0 }) { try deleteUnusedTerms() }
        counts = [:]
    }

    private func deleteUnusedTerms() throws {
        let removal = try connection.prepare("DELETE FROM terms WHERE number = ? AND records = 0")
        for (term, change) in counts where change < 0 {
            try removal.bind(1, term)
            try removal.run()
            if connection.changes > 0 { numbers.forget() }
        }
    }
}

extension Row {
    borrowing func run(_ a: Int, _ b: Int) throws {
        try bind(1, a)
        try bind(2, b)
        try run()
    }
}

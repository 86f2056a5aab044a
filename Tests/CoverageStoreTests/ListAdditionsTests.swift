// SPDX-License-Identifier: Apache-2.0

import Coverage
import LargeCoverage
import SQLite
import TestSupport
import Testing

@testable import CoverageStore

/// What many records gain at once is what each would have gained alone.
@Suite struct ListAdditionsTests {
    /// They come off the lists where they stood, and onto others.
    @Test func manyThatMoveInOneTransactionAreListedWhereTheyAreNow() throws {
        let coverage = try TestCoverage(
            LargeCoverage(events: 60, officials: 20, issues: 10, places: 8, articles: 10))
        let events = try coverage.database.read { try $0.items(ListQuery<Event>(limit: 60)).items.map(\.value) }
        try #require(events.count == 60)
        let date = DateStatement(edtf: try EDTF("1901-02"), basis: .stated, note: nil)
        try coverage.database.write(.editor, by: TestCoverage.desk) { recorder in
            for (number, event) in events.enumerated() {
                _ = try recorder.record(
                    Event(
                        id: event.id, title: "Moved \(100 - number)", summary: event.summary, kind: .incident,
                        status: event.status, date: date, place: event.place, partOf: event.partOf,
                        participants: event.participants, organizations: event.organizations, issues: event.issues,
                        evidence: event.evidence))
            }
        }
        #expect(try coverage.findings() == [])
        let filter = Filter(Event.Field.kind, values: [EventKind.incident.rawValue])
        let listed = try coverage.ids(ListQuery<Event>(filters: [filter], limit: 100))
        #expect(listed == events.indices.sorted { "Moved \(100 - $0)" < "Moved \(100 - $1)" }.map { events[$0].id })
    }

    @Test(arguments: [1, 7, 30, 1000]) func rowsAreThoseOfAllRecordsHoweverManyAreKept(capacity: Int) throws {
        let folder = try ScratchFolder()
        let connection = try Connection(path: folder.path("rows.sqlite"), mode: .readWrite)
        try connection.execute(
            """
            CREATE TABLE listed_by_name (term, name, id, PRIMARY KEY (term, name, id)) WITHOUT ROWID;
            CREATE TABLE listed_by_date (term, earliest, latest, id, PRIMARY KEY (term, earliest, latest, id)) WITHOUT ROWID
            """)
        var additions = ListAdditions(capacity: capacity)
        var names: Set<String> = []
        var dates: Set<String> = []
        for number in 0..<50 {
            // Every third lacks an end, and has two rows for it.
            let days = number % 3 == 0 ? [(number, 9999), (number, -9999)] : [(number, number)]
            let row = try connection.prepare(
                "SELECT 'n\(number % 4)', \(number), \(days[0].1), \(number), \(days[days.count - 1].1), ''")
            #expect(try row.step())
            let terms: Set = [number % 5, 100 + number % 7, 1000 + number]
            try additions.add(terms, "r\(number)", ListPlace(row, from: 0), to: connection)
            for term in terms {
                names.insert("\(term) n\(number % 4) r\(number)")
                for (earliest, latest) in days { dates.insert("\(term) \(earliest) \(latest) r\(number)") }
            }
        }
        try additions.write(to: connection)
        #expect(try texts("SELECT term || ' ' || name || ' ' || id FROM listed_by_name", connection) == names)
        let days = "SELECT term || ' ' || earliest || ' ' || latest || ' ' || id FROM listed_by_date"
        #expect(try texts(days, connection) == dates)
        // Nothing is written twice.
        try additions.write(to: connection)
        #expect(try texts(days, connection) == dates)
    }

    private func texts(_ sql: String, _ connection: Connection) throws -> Set<String> {
        let rows = try connection.prepare(sql)
        var texts: Set<String> = []
        while try rows.step() { texts.insert(rows.text(0)) }
        return texts
    }
}

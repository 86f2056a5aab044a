// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import SQLite

/// What the database holds, at a glance.
package struct Overview: Sendable {
    /// Records by type, and officials among the people.
    package let counts: [FactType: Int]
    package let officials: Int
    /// The first and last day that events are known to touch; nil without dated events.
    package let from: CalendarDay?
    package let to: CalendarDay?
    /// The number of the latest change: moves on with every change and never back.
    package let dataVersion: Int
}

extension Reader {
    package func overview() throws -> Overview {
        var counts: [FactType: Int] = [:]
        for type in FactType.allCases {
            counts[type] = try number("SELECT count(*) FROM \(Self.table(of: type))") ?? 0
        }
        // Events of day, month or year only: a standing policy since long ago is no period covered.
        let first = try number("SELECT min(earliest_min) FROM events WHERE earliest_min = earliest_max")
        let last = try number("SELECT max(latest_max) FROM events WHERE latest_min = latest_max")
        return Overview(
            counts: counts, officials: try number("SELECT count(*) FROM people WHERE category = 'official'") ?? 0,
            from: first.flatMap { Int32(exactly: $0) }.map { CalendarDay(number: $0) },
            to: last.flatMap { Int32(exactly: $0) }.map { CalendarDay(number: $0) },
            dataVersion: try dataVersion())
    }

    /// The number of the latest change.
    package func dataVersion() throws -> Int {
        try number("SELECT value FROM counters WHERE name = 'change'") ?? 0
    }

    private func number(_ sql: String) throws -> Int? {
        let statement = try connection.prepare(sql)
        guard try statement.step() else { return nil }
        return statement.optionalInt(0)
    }
}

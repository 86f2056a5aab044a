// SPDX-License-Identifier: Apache-2.0

package import Coverage
internal import SQLite

/// What the database holds, at a glance.
package struct Overview: Sendable {
    /// Records by type, and officials among the people.
    package let counts: [FactType: Int]
    package let officials: Int
    /// The first and last day of the events that have both a known beginning and a known end; nil when none has.
    package let from: CalendarDay?
    package let to: CalendarDay?
    /// The number of the latest change: moves on with every change and never back.
    package let dataVersion: Int
}

extension Reader {
    package func overview() throws -> Overview {
        var counts: [FactType: Int] = [:]
        for type in FactType.allCases {
            counts[type] = try connection.count(of: type)
        }
        // A standing policy that began long ago, or an end that nobody knows, is no period covered.
        let bounded = "FROM events WHERE earliest_min = earliest_max AND latest_min = latest_max"
        let first = try number("SELECT min(earliest_min) \(bounded)")
        let last = try number("SELECT max(latest_max) \(bounded)")
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

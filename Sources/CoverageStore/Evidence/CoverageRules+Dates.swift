// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

extension CoverageRules {
    /// Every date can be read, sorts as it says, and says how it is known where the coverage does not.
    mutating func checkDates() throws {
        for (table, type) in [("events", FactType.event), ("statements", .statement), ("articles", .article)] {
            let rows = try connection.prepare(
                """
                SELECT id, date_edtf, date_basis, date_note, earliest_min, earliest_max, latest_min, latest_max
                FROM \(table)
                """)
            while try rows.step() {
                let text = rows.optionalText(1)
                let edtf = text.flatMap { try? EDTF($0) }
                if let text, edtf == nil {
                    find(type, rows.text(0), "its date, '\(text)', cannot be read")
                    continue
                }
                let keys = DateKeys(edtf)
                let expected = [keys.earliestMin, keys.earliestMax, keys.latestMin, keys.latestMax]
                if (0..<4).contains(where: { rows.int(4 + Int32($0)) != expected[$0] }) {
                    find(type, rows.text(0), "it does not sort as its date, '\(text ?? "none")', says")
                }
                if rows.optionalText(2) == DateBasis.background.rawValue, rows.isNull(3) {
                    find(type, rows.text(0), "its date is known from outside the coverage, and nothing says how")
                }
            }
        }
    }

    /// An event that is a part of another in time lies within it and is not further along. What is only told or decided
    /// about it, an announcement or a postponement, may come before it or after.
    mutating func checkParts() throws {
        let rows = try prepareInScope(
            .event, "SELECT part.id, part.date_edtf, part.status, whole.id, whole.date_edtf, whole.status",
            from: "events AS part", id: "part.id",
            """
            CROSS JOIN events AS whole ON whole.id = part.part_of_id
            WHERE part.kind NOT IN ('announcement', 'postponement')
            """)
        while try rows.step() {
            let whole = rows.text(3)
            if let date = rows.optionalText(1).flatMap({ try? EDTF($0) }),
                let around = rows.optionalText(4).flatMap({ try? EDTF($0) }), Self.isOutside(date, around)
            {
                find(
                    .event, rows.text(0),
                    "its date, \(date), does not lie within \(around), that of '\(whole)', which it is a part of")
            }
            if let status = rows.optionalText(2).flatMap(EventStatus.init),
                let stage = rows.optionalText(5).flatMap(EventStatus.init), status.hasBegun, !stage.hasBegun
            {
                find(
                    .event, rows.text(0),
                    "it cannot be \(status.rawValue) while '\(whole)', which it is a part of, is \(stage.rawValue)")
            }
        }
    }

    /// A date known to the day must lie within; one that is less exact must be able to. Nothing is held against a date that
    /// is uncertain or approximate, nor against an end that is not known.
    private static func isOutside(_ date: EDTF, _ around: EDTF) -> Bool {
        if date.isQualified || around.isQualified { return false }
        let misses = date.upperBound < around.lowerBound || date.lowerBound > around.upperBound
        guard date.precision == .day else { return misses }
        return misses || date.lowerBound < around.lowerBound || date.upperBound > around.upperBound
    }

    /// An event is where its latest coverage leaves it: at the furthest stage that the last published of the articles tells
    /// of those that tell one.
    mutating func checkStatuses() throws {
        let rows = try prepareInScope(
            .event, "SELECT e.id, e.status, c.status, a.earliest_min, a.latest_min", from: "events AS e", id: "e.id",
            """
            LEFT JOIN citations AS c ON c.type = 'event' AND c.id = e.id AND c.part = '' AND c.status IS NOT NULL
            LEFT JOIN articles AS a ON a.id = c.article_id ORDER BY e.id
            """)
        var current: (id: String, status: String?)?
        var told: (published: [Int], status: EventStatus)?
        func compare(_ rules: inout CoverageRules) {
            guard let current, current.status != told?.status.rawValue else { return }
            let status = current.status.map { "'\($0)'" } ?? "none"
            let latest = told.map { "'\($0.status.rawValue)' is where its latest coverage leaves it" }
            rules.find(
                .event, current.id,
                "its status is \(status), but \(latest ?? "no citation has a status that tells one")")
        }
        while try rows.step() {
            if rows.text(0) != current?.id {
                compare(&self)
                (current, told) = ((rows.text(0), rows.optionalText(1)), nil)
            }
            guard let status = rows.optionalText(2).flatMap(EventStatus.init) else { continue }
            let published = [rows.int(3), rows.int(4)]
            let isLater = told.map { $0.published.lexicographicallyPrecedes(published) } ?? true
            if isLater || told?.published == published && status.stage > (told?.status.stage ?? 0) {
                told = (published, status)
            }
        }
        compare(&self)
    }
}

extension EventStatus {
    /// Whether it is under way or over.
    fileprivate var hasBegun: Bool { self == .occurred || self == .ongoing }
}

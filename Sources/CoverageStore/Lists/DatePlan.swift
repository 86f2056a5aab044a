// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import SQLite

/// How the records that may touch a window of dates, or must lie within it, are found: those that begin in it, and those
/// that began before it and may go on into it. No record is in two of the ranges.
struct DatePlan {
    enum Test {
        /// Whatever the window asks.
        case whole
        /// The same, of what begins in the window, or does not.
        case begunWithin, begunBefore
    }

    let window: DateWindow
    let ranges: [ListRange]
    /// The most records there can be in the ranges; nil when the window has no bounds to read by.
    let records: Int?
    private let first: Int32
    private let last: Int32

    init<Record: StoredFact>(
        _ window: DateWindow, of type: Record.Type, order: ListOrder, on connection: Connection
    ) throws {
        self.window = window
        let (from, to) = (window.bounds.lowerBound, window.bounds.upperBound)
        // What has no known beginning stands at the ends of the numbers.
        first = max(from, .min + 1)
        last = min(to, .max - 1)
        guard from != .min || to != .max else {
            (ranges, records) = ([], nil)
            return
        }
        let cover = DateTerms.cover(from: from, to: to)
        let field = DateTerms.field
        var within = try connection.terms(cover.within, of: field, Record.type)
        if let decades = cover.decades {
            within += try connection.terms(of: field, Record.type).filter { term in
                DateTerms.decade(of: term.value).map(decades.contains) ?? false
            }
        }
        let partial = try connection.terms(cover.partial, of: field, Record.type)
        let before = try connection.terms(cover.before, of: field, Record.type)
        records = (within + partial + before).reduce(0) { $0 + $1.records }
        let reaching = before.map { ListRange(.listed($0), window: .begunBefore) }
        if order.listing == .date {
            ranges = [ListRange(.begun(first, last), window: window.isCertain ? .whole : nil)] + reaching
        } else {
            ranges =
                within.map { ListRange(.listed($0), window: window.isCertain ? .whole : nil) }
                + partial.map { ListRange(.listed($0), window: .begunWithin) } + reaching
        }
    }

    /// The rule of `DateFilter` over the sort keys of the record of `t`; qualifiers and unknown ends show in the EDTF text.
    func condition(_ test: Test, of table: String, _ values: inout BoundValues) -> String {
        let from = values.bind(Int(window.bounds.lowerBound))
        let to = values.bind(Int(window.bounds.upperBound))
        var conditions = ["d.id = t.id", "d.date_edtf IS NOT NULL"]
        if window.isCertain {
            conditions.append(
                """
                d.earliest_min >= \(from) AND d.latest_max <= \(to)
                AND d.date_edtf NOT GLOB '*[?~%]*' AND d.date_edtf NOT GLOB '/*' AND d.date_edtf NOT GLOB '*/'
                """)
        } else {
            conditions.append("d.latest_max >= \(from) AND d.earliest_min <= \(to)")
        }
        if test != .whole {
            let not = test == .begunBefore ? "NOT " : ""
            conditions.append(
                "d.earliest_max \(not)BETWEEN \(values.bind(Int(first))) AND \(values.bind(Int(last)))")
        }
        return "EXISTS (SELECT 1 FROM \(table) AS d WHERE \(conditions.joined(separator: " AND ")))"
    }
}

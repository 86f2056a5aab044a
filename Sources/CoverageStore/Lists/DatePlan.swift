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
        /// What is left for what did not begin in it: that it goes on beyond its first day, and into the window.
        case lasting
    }

    let window: DateWindow
    private let days: ClosedRange<Int32>

    init(_ window: DateWindow) {
        self.window = window
        // What has no known beginning stands at the ends of the numbers.
        days = max(window.bounds.lowerBound, .min + 1)...min(window.bounds.upperBound, .max - 1)
    }

    /// - Returns: the ranges, and the most records there can be in them; nil when the window has no bounds to read by.
    func ranges<Record: StoredFact>(
        of type: Record.Type, order: ListOrder, on connection: Connection
    ) throws -> (ranges: [ListRange], records: Int)? {
        let (from, to) = (window.bounds.lowerBound, window.bounds.upperBound)
        guard from != .min || to != .max else { return nil }
        let cover = DateTerms.cover(from: from, to: to)
        // By one statement, though not all of them may be needed.
        let found = try connection.terms(
            cover.within + cover.partial + cover.before + [DateTerms.certain], of: DateTerms.field, Record.type)
        func terms(_ values: [String]) -> [ListTerm] { found.filter { values.contains($0.value) } }
        var within = terms(cover.within)
        let partial = terms(cover.partial)
        // What began before the window does not lie within it.
        let before = window.isCertain && from != .min ? [] : terms(cover.before)
        if let decades = cover.decades {
            within += try connection.terms(between: DateTerms.decades, of: DateTerms.field, Record.type).filter {
                DateTerms.decade(of: $0.value).map(decades.contains) ?? false
            }
        }
        let reaching = before.map { ListRange(.listed($0), window: .begunBefore) }
        let ranges: [ListRange]
        switch order.listing {
        case .name:
            ranges =
                within.map { ListRange(.listed($0), window: window.isCertain ? .whole : nil) }
                + partial.map { ListRange(.listed($0), window: .begunWithin) } + reaching
        case .date where window.isCertain:
            let certain = terms([DateTerms.certain])
            ranges = certain.map { ListRange(.begun(days, end: to == .max ? nil : to, in: $0)) } + reaching
        case .date:
            ranges = [ListRange(.begun(days, end: nil, in: nil))] + reaching
        }
        return (ranges, (within + partial + before).reduce(0) { $0 + $1.records })
    }

    /// The same of what has a term, in the order of dates: one range after the other, of rows that tell all by themselves. Of what
    /// began before the window only what lasts is looked at, which an index of its own has (`listed_lasting`).
    /// - Precondition: the window is not one of what lies within it for certain.
    func ranges(of term: ListTerm, descending isDescending: Bool) -> [ListRange] {
        func lasting(_ days: ClosedRange<Int32>) -> ListRange {
            ListRange(.begun(days, end: nil, in: term), window: .lasting)
        }
        let within = ListRange(.begun(days, end: nil, in: term))
        // What has no known beginning comes last either way.
        if isDescending { return [within, lasting(.min...(days.lowerBound - 1))] }
        let before = days.lowerBound > .min + 1 ? [lasting((.min + 1)...(days.lowerBound - 1))] : []
        return before + [within, lasting(.max ... .max)]
    }

    /// The rule of `DateFilter` over the sort keys of the record of `t`; qualifiers and unknown ends show in the EDTF text.
    func condition(_ test: Test, of table: String) -> SQL {
        let (from, to) = (window.bounds.lowerBound, window.bounds.upperBound)
        var conditions: [SQL] = ["d.id = t.id", "d.date_edtf IS NOT NULL"]
        if window.isCertain {
            conditions.append(
                """
                d.earliest_min >= \(from) AND d.latest_max <= \(to)
                AND d.date_edtf NOT GLOB '*[?~%]*' AND d.date_edtf NOT GLOB '/*' AND d.date_edtf NOT GLOB '*/'
                """)
        } else {
            conditions.append("d.latest_max >= \(from) AND d.earliest_min <= \(to)")
        }
        if let begun = begun(test, "d.earliest_max") { conditions.append(begun) }
        return "EXISTS (SELECT 1 FROM \(name: table) AS d\(conditions.whereClause))"
    }

    /// The same of a row of `listed_by_date`, which has the days itself; nil where it does not tell enough.
    func listedCondition(_ test: Test, descending isDescending: Bool) -> SQL? {
        if window.isCertain { return nil }
        let (from, to) = (window.bounds.lowerBound, window.bounds.upperBound)
        let missing = ListOrder.Listing.missing(descending: isDescending)
        // What every row fulfils would be tested for each all the same.
        var conditions: [SQL] = test == .lasting ? ["t.latest <> t.earliest"] : []
        if from != .min {
            conditions.append(
                isDescending ? "(t.latest >= \(from) OR t.latest = \(missing))" : "t.latest >= \(from)")
        }
        if test == .lasting { return conditions.joined(by: " AND ") }
        if to != .max {
            conditions.append(
                isDescending ? "t.earliest <= \(to)" : "(t.earliest <= \(to) OR t.earliest = \(missing))")
        }
        conditions.append("(t.earliest <> \(missing) OR t.latest <> \(missing))")
        if let begun = begun(test, "t.earliest") { conditions.append(begun) }
        return conditions.joined(by: " AND ")
    }

    private func begun(_ test: Test, _ column: String) -> SQL? {
        let between: SQL
        switch test {
        case .whole, .lasting: return nil
        case .begunWithin: between = "BETWEEN"
        case .begunBefore: between = "NOT BETWEEN"
        }
        return "\(name: column) \(between) \(days.lowerBound) AND \(days.upperBound)"
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Words of an article that name a time ("on Sunday", "last month", "18-19 June 2023"), and the date they stand for.
package struct TimeExpression: Sendable, Equatable {
    /// What the words say of what they are said of.
    package enum Use: String, Sendable {
        /// When it is: "on Sunday".
        case at
        /// From when on: "since 2019".
        case since
        /// Up to when: "until Friday".
        case until
        /// Within what stretch it is the first, or the last: "in nearly five years".
        case window
    }

    /// The words, prepositions left out.
    package let span: TextSpan
    /// With basis `stated` where the words are a whole date, else `inferred`; the note says from what.
    package let date: DateStatement
    package let use: Use
    /// 0 to 1: how surely the words mean this date.
    package let confidence: Double
}

/// The day from which relative words are reckoned.
package struct PublicationDay: Sendable {
    /// Nil when it is known to the month or year only.
    let day: CalendarDay?
    let month: CalendarMonth?
    let year: Int?
    /// Whether it is marked approximate or uncertain.
    let isQualified: Bool

    /// Of an interval, or a date coarser than a day, what its bounds agree on.
    package init(_ edtf: EDTF?) {
        let bounds = edtf.flatMap { date in
            date.earliest.flatMap { earliest in date.latest.map { (earliest, $0) } }
        }
        guard let edtf, let (earliest, latest) = bounds else {
            (day, month, year, isQualified) = (nil, nil, nil, false)
            return
        }
        let (first, last) = (CalendarMonth(of: earliest), CalendarMonth(of: latest))
        day = earliest == latest ? earliest : nil
        month = first == last ? first : nil
        year = first.year == last.year ? first.year : nil
        isQualified = edtf.isQualified
    }

    /// As a note has it: "the publication on 2023-06-14".
    var told: String {
        let about = isQualified ? "about " : ""
        if let day { return "published \(isQualified ? about : "on ")\(day)" }
        if let month, let text = EDTF.text(month) { return "published \(isQualified ? about : "in ")\(text)" }
        return year.map { "published in \($0)" } ?? "published at an unknown time"
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore

/// Events as an iCalendar object (RFC 5545): all-day events, for those whose first and last day are known.
struct Calendar {
    private var text = ""
    private let links: Links

    init(_ links: Links) {
        self.links = links
        for line in [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Readout//Coverage//EN", "CALSCALE:GREGORIAN",
            // Clients of a subscription show the name and come again after an hour: RFC 7986, and what was used before it.
            "NAME:Readout", "X-WR-CALNAME:Readout", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H",
        ] {
            add(line)
        }
    }

    /// Adds an event, unless its date is less exact than a day, has no end, or has a year that no calendar can write.
    mutating func add(_ stored: Stored<Event>) {
        let event = stored.value
        guard let edtf = event.date?.edtf, edtf.precision == .day, let first = edtf.earliest, let last = edtf.latest,
            let after = last.next, [first, after].allSatisfy(Self.hasFourDigitYear)
        else { return }
        add("BEGIN:VEVENT")
        add("UID:\(event.id)@readout")
        // Not its revision as SEQUENCE, which has 32 bits (section 3.3.8): after a restore there are greater ones.
        let changed = stored.updatedAt.filter { $0 != "-" && $0 != ":" }
        add("DTSTAMP:\(changed)")
        add("LAST-MODIFIED:\(changed)")
        add("DTSTART;VALUE=DATE:\(Self.digits(first))")
        // The end is the day after (section 3.6.1).
        add("DTEND;VALUE=DATE:\(Self.digits(after))")
        add("SUMMARY:\(Self.escaped(event.title))")
        add("DESCRIPTION:\(Self.escaped(event.summary))")
        if let place = event.place { add("LOCATION:\(Self.escaped(place.name))") }
        add("CATEGORIES:\(event.kind.rawValue.uppercased())")
        if let status = Self.status(event.status) { add("STATUS:\(status)") }
        // A URI has a scheme: without a public URL there is none to give.
        let href = links.href(.event, event.id)
        if !href.hasPrefix("/") { add("URL:\(href)") }
        add("TRANSP:TRANSPARENT")
        add("END:VEVENT")
    }

    consuming func finish() -> [UInt8] {
        add("END:VCALENDAR")
        return Array(text.utf8)
    }

    private static func hasFourDigitYear(_ day: CalendarDay) -> Bool {
        day.description.utf8.count == "YYYY-MM-DD".utf8.count
    }

    private static func digits(_ day: CalendarDay) -> String { day.description.filter { $0 != "-" } }

    private static func status(_ status: EventStatus?) -> String? {
        switch status {
        case .occurred, .ongoing, .scheduled: "CONFIRMED"
        case .expected, .possible: "TENTATIVE"
        case .postponed, .cancelled: "CANCELLED"
        case nil: nil
        }
    }

    /// Section 3.3.11: these four have a meaning of their own in a text, whatever combining mark follows them.
    private static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "\\" || scalar == ";" || scalar == "," || scalar == "\n" { escaped.append("\\") }
            escaped.append(scalar == "\n" ? "n" : scalar)
        }
        return String(escaped)
    }

    /// Section 3.1: no line is longer than 75 octets; a longer one goes on after a space.
    private mutating func add(_ line: String) {
        var length = 0
        for scalar in line.unicodeScalars {
            let width = UTF8.width(scalar)
            if length + width > 75 {
                text += "\r\n "
                length = 1
            }
            text.unicodeScalars.append(scalar)
            length += width
        }
        text += "\r\n"
    }
}

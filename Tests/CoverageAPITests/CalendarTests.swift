// SPDX-License-Identifier: Apache-2.0

import CoverageStore
import JSON
import TestSupport
import Testing

/// iCalendar (RFC 5545), read by its own rules.
@Suite struct CalendarTests {
    /// The lines as they stand.
    private func lines(_ reply: TestReply) throws -> [[UInt8]] {
        #expect(reply.status == 200)
        #expect(reply.field("Content-Type") == "text/calendar; charset=utf-8")
        var lines: [[UInt8]] = [[]]
        var index = 0
        while index < reply.body.count {
            if reply.body[index] == 0x0D {
                #expect(index + 1 < reply.body.count && reply.body[index + 1] == 0x0A)
                lines.append([])
                index += 2
            } else {
                #expect(reply.body[index] != 0x0A)
                lines[lines.count - 1].append(reply.body[index])
                index += 1
            }
        }
        #expect(lines.last == [])
        return lines.dropLast()
    }

    /// The lines put together again (section 3.1), each line by itself checked.
    private func unfolded(_ reply: TestReply) throws -> [String] {
        var unfolded: [[UInt8]] = []
        for line in try lines(reply) {
            #expect(line.count <= 75)
            // Each line is text by itself: nothing is cut amid a character.
            #expect(String(validating: line, as: UTF8.self) != nil)
            if line.first == 0x20 {
                unfolded[unfolded.count - 1] += line.dropFirst()
            } else {
                unfolded.append(line)
            }
        }
        return unfolded.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The properties of each event.
    private func events(_ reply: TestReply) throws -> [[String: String]] {
        let lines = try unfolded(reply)
        #expect(lines.first == "BEGIN:VCALENDAR" && lines.last == "END:VCALENDAR")
        #expect(lines.contains("VERSION:2.0") && lines.contains { $0.hasPrefix("PRODID:") })
        var events: [[String: String]] = []
        var event: [String: String]?
        for line in lines.dropFirst().dropLast() {
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            #expect(parts.count == 2)
            switch line {
            case "BEGIN:VEVENT": event = [:]
            case "END:VEVENT": event.map { events.append($0) }
            default:
                #expect(event?[parts[0]] == nil)
                event?[parts[0]] = parts[1]
            }
        }
        return events
    }

    @Test func hasWhatIsDatedToTheDay() throws {
        let api = try TestAPI()
        let found = try events(api.ask("/v1/events?format=ics"))
        #expect(
            found.map(\.["UID"]) == [
                "envoy-call@readout", "envoy-visit@readout", "karst-dinner@readout", "karst-meeting@readout",
            ])
        let visit = try #require(found.first { $0["UID"] == "envoy-visit@readout" })
        #expect(visit["DTSTART;VALUE=DATE"] == "20310412")
        // The end is the day after the last.
        #expect(visit["DTEND;VALUE=DATE"] == "20310415")
        #expect(visit["SUMMARY"] == "Visit of the envoy" && visit["LOCATION"] == "Belmora")
        #expect(visit["STATUS"] == "CONFIRMED" && visit["CATEGORIES"] == "VISIT")
        #expect(try #require(visit["DTSTAMP"]).wholeMatch(of: /\d{8}T\d{6}Z/) != nil)
        #expect(visit["LAST-MODIFIED"] == visit["DTSTAMP"])
        #expect(visit["URL"] == nil)
        #expect(found.first { $0["UID"] == "envoy-call@readout" }?["LOCATION"] == nil)
        try api.change("Fish for three.", to: "Fish, late.")
        let dinner = try events(api.ask("/v1/events?format=ics&person=renee-ostrava&kind=activity"))
        #expect(dinner.map(\.["DESCRIPTION"]) == ["Fish\\, late."])
        let changed = api.ask("/v1/events/karst-dinner").json["updatedAt"].text
        #expect(dinner.map(\.["LAST-MODIFIED"]) == [changed.filter { $0 != "-" && $0 != ":" }])
    }

    @Test(arguments: [
        ("2031-02-28", "20310228", "20310301"), ("2032-02-28", "20320228", "20320229"),
        ("2031-12-31", "20311231", "20320101"),
        ("2031-04-02?", "20310402", "20310403"), ("2031-04-30/2031-05-02", "20310430", "20310503"),
        ("0001-01-01", "00010101", "00010102"), ("2031-04", nil, nil), ("2031", nil, nil),
        ("2031-04-01/2031-05", nil, nil),
        ("2031-04-01/..", nil, nil), ("../2031-04-01", nil, nil), ("2031-04-01/", nil, nil), ("2031-04-XX", nil, nil),
        ("2031-21", nil, nil), ("-0044-03-15", nil, nil), ("9999-12-31", nil, nil),
        ("-0001-12-31/2031-04-01", nil, nil),
    ])
    func endsTheDayAfter(edtf: String, start: String?, end: String?) throws {
        let api = try TestAPI(EnvoyVisit.seeds(in: "events.json", replacing: "2031-04-02", with: edtf))
        let found = try events(api.ask("/v1/events?format=ics&kind=call"))
        #expect(found.map(\.["DTSTART;VALUE=DATE"]) == (start == nil ? [] : [start]))
        #expect(found.map(\.["DTEND;VALUE=DATE"]) == (end == nil ? [] : [end]))
    }

    @Test(arguments: [
        ("occurred", "CONFIRMED"), ("ongoing", "CONFIRMED"), ("scheduled", "CONFIRMED"), ("expected", "TENTATIVE"),
        ("possible", "TENTATIVE"), ("postponed", "CANCELLED"), ("cancelled", "CANCELLED"),
    ])
    func translatesTheStatus(status: String, told: String) throws {
        // As the record has it, so has what it cites.
        let seeds = EnvoyVisit.files["events.json"]?
            .replacing("\"call\", \"status\": \"occurred\"", with: "\"call\", \"status\": \"\(status)\"")
            .replacing("[\"telephone\"], \"status\": \"occurred\"", with: "[\"telephone\"], \"status\": \"\(status)\"")
        let api = try TestAPI(EnvoyVisit.seeds(with: ["events.json": seeds]))
        #expect(try events(api.ask("/v1/events?format=ics&kind=call")).map(\.["STATUS"]) == [told])
    }

    /// Escaped texts come back as they were, folded amid characters of any width or not.
    @Test(arguments: [
        #"a,b;c\d:e"#, #"\n is no line end, \\ no end"#, "x;\u{301} y,\u{301} z\\\u{301}",
        String(repeating: "é", count: 300),
        String(repeating: "谈判", count: 100), String(repeating: "\u{1F469}\u{200D}\u{1F680}", count: 60),
        String(repeating: "a\u{301}\u{302};", count: 50), String(repeating: "x", count: 500),
    ])
    func foldsAndEscapes(text: String) throws {
        let summaries = (0...8).map { String(repeating: "p", count: $0) + text }
        let seeds = summaries.enumerated().map { index, summary in
            var writer = JSONWriter()
            writer.string(summary)
            return """
                {"id": "e\(index)", "title": "E", "summary": \(String(decoding: writer.finish(), as: UTF8.self)),
                 "kind": "summit", "date": {"edtf": "2031-05-01", "basis": "stated"},
                 "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 1, "anchors": ["salt"]}]}
                """
        }
        let api = try TestAPI()
        _ = try api.coverage.database.load(EnvoyVisit.seeds(with: ["events.json": "[\(seeds.joined(separator: ","))]"]))
        let found = try events(api.ask("/v1/events?format=ics&kind=summit"))
        #expect(found.count == summaries.count)
        for (event, summary) in zip(found, summaries) {
            #expect(Array(Self.unescaped(try #require(event["DESCRIPTION"])).utf8) == Array(summary.utf8))
        }
    }

    /// Section 3.3.11, read back; a bare comma or semicolon would have ended the value.
    private static func unescaped(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if !isEscaped, scalar == "\\" {
                isEscaped = true
                continue
            }
            #expect(isEscaped || (scalar != "," && scalar != ";"))
            plain.append(isEscaped && scalar == "n" ? "\n" : scalar)
            isEscaped = false
        }
        return String(plain)
    }

    @Test func linksWhereTheWorldCanFollow() throws {
        let api = try TestAPI(publicURL: "https://data.example/readout")
        #expect(
            try events(api.ask("/v1/events?format=ics&kind=call")).map(\.["URL"]) == [
                "https://data.example/readout/v1/events/envoy-call"
            ])
    }
}

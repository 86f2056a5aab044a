// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import HTTP

@Suite struct MediaTypeTests {
    private static let offered = [
        MediaType("application", "json"), MediaType("text", "csv"), MediaType("application", "x-ndjson"),
        MediaType("text", "calendar"),
    ]

    @Test(
        arguments: [
            (nil, "application/json"), ("", "application/json"), ("*/*", "application/json"),
            ("text/csv", "text/csv"),
            ("TEXT/CSV", "text/csv"), ("text/*", "text/csv"), ("text/html", nil),
            ("text/html, */*;q=0.1", "application/json"),
            ("application/json;q=0.5, text/csv", "text/csv"),
            ("application/json;q=0.5, text/csv;q=0.5", "application/json"),
            ("application/json;q=0, */*", "text/csv"), ("*/*, application/json;q=0.2", "text/csv"),
            ("text/*;q=0.3, text/calendar;q=0.9, */*;q=0.1", "text/calendar"), ("application/json;q=0", nil),
            ("*/*;q=0", nil), ("text/csv;q=0.001", "text/csv"), ("text/csv;q=1.000", "text/csv"),
            ("application/json; charset=utf-8", "application/json"), ("application/json;profile=x", nil),
            ("application/json;profile=x, text/calendar;q=0.1", "text/calendar"),
            ("text/csv ; q=0.4 , text/calendar ;q=0.5", "text/calendar"), ("text/csv;q=0.5;ext=1", "text/csv"),
            ("text/csv;q=2, text/calendar;q=0.1", "text/calendar"), ("text/csv;q=0.1234", "application/json"),
            ("nonsense", "application/json"), ("a/b/c", "application/json"), (";;,,", "application/json"),
            ("text/x;a=\"b,c;d\\\"\", text/csv", "text/csv"), ("*", "application/json"),
            ("text/html,application/*", "application/json"), ("text/x,\u{301}, text/csv", "text/csv"),
            ("text/x,\u{301}/y, text/csv;q=0.5", "text/csv"),
        ] as [(String?, String?)])
    func negotiates(_ accept: String?, _ chosen: String?) {
        #expect(MediaType.bestMatch(accept: accept, among: Self.offered)?.essence == chosen)
    }

    @Test func aRangeWithParametersIsMoreSpecific() {
        let plain = MediaType("text", "csv")
        let present = MediaType("text", "csv", parameters: [.init("header", "present")])
        let accept = "text/csv;q=0.5, text/csv;header=present;q=0.9"
        #expect(MediaType.bestMatch(accept: accept, among: [plain, present]) == present)
        #expect(MediaType.bestMatch(accept: "text/csv", among: [plain, present]) == plain)
        #expect(MediaType.bestMatch(accept: "*/*", among: []) == nil)
    }

    @Test(arguments: [
        ("application/json", "application/json"),
        ("Application/JSON; Charset=\"utf-8\"", "application/json; charset=utf-8"),
        ("a/b;c=\"d\\\"e\"", "a/b; c=d\"e"), ("a/b;", "a/b"),
    ])
    func readsContentTypes(_ text: String, _ described: String) {
        #expect(MediaType(parsing: text)?.description == described)
    }

    @Test(arguments: [
        "", "json", "a/", "/b", "a/b/c", "a/b;c", "a/b;=d", "a/b;c=\"", "a/b;c=\"d", "a /b", "a/b;c=d e", "é/b",
    ])
    func refusesWhatIsNoMediaType(_ text: String) {
        #expect(MediaType(parsing: text) == nil)
    }
}

// SPDX-License-Identifier: Apache-2.0

import Coverage
import Testing

@Suite struct SlugTests {
    @Test(arguments: ["a", "7", "qin-gang", "a-1-b", String(repeating: "a", count: 100)])
    func accepts(text: String) {
        #expect(Slug(text)?.description == text)
    }

    @Test(arguments: [
        "", "-", "-a", "a-", "a--b", "A", "a b", "a_b", "é", "e\u{301}", "a\n", "a\0", "a.b", "a/b", "ａ",
        String(repeating: "a", count: 101),
    ])
    func refuses(text: String) {
        #expect(Slug(text) == nil)
    }

    @Test(arguments: [
        ("Qin Gang", "qin-gang"), ("Xi'an", "xian"), ("Xi’an", "xian"), ("U.S. Treasury", "us-treasury"),
        ("US–China visit, June 2023", "us-china-visit-june-2023"), ("  (a)  --  b! ", "a-b"), ("Zürich", "zurich"),
        ("Zu\u{308}rich", "zurich"), ("Łódź", "lodz"), ("Ærø", "aero"), ("Œuvre", "oeuvre"), ("Straße", "strasse"),
        ("Þingvellir", "thingvellir"), ("Nguyễn Phú Trọng", "nguyen-phu-trong"), ("İstanbul ı", "istanbul-i"),
        ("Čapek Ðorđe", "capek-dorde"), ("AUKUS & Quad", "aukus-quad"), ("台湾 Taiwan Strait", "taiwan-strait"),
    ])
    func makesFromNames(name: String, expected: String) {
        #expect(Slug.make(from: name)?.description == expected)
    }

    @Test(arguments: ["", "  ", "–", "秦刚", "'", "\u{301}"])
    func makesNothingFromNothing(name: String) {
        #expect(Slug.make(from: name) == nil)
    }

    @Test func cutsBetweenWords() {
        let words = Array(repeating: "abcdefg", count: 20).joined(separator: " ")
        #expect(Slug.make(from: words)?.description == Array(repeating: "abcdefg", count: 12).joined(separator: "-"))
        let exact = String(repeating: "a", count: 100)
        #expect(Slug.make(from: exact + " b")?.description == exact)
        #expect(Slug.make(from: exact + "aaa")?.description == exact)
    }

    @Test func numbers() throws {
        #expect(try #require(Slug("qin-gang")).numbered(2).description == "qin-gang-2")
        let long = try #require(Slug(String(repeating: "a", count: 98) + "-b"))
        #expect(long.numbered(2).description == String(repeating: "a", count: 98) + "-2")
        #expect(long.numbered(.max).description == String(repeating: "a", count: 89) + "-4294967295")
    }

    @Test func sortsByBytes() {
        let sorted = ["b", "a-b", "a", "a1", "1", "ab"].compactMap { Slug($0) }.sorted().map(\.description)
        #expect(sorted == ["1", "a", "a-b", "a1", "ab", "b"])
    }
}

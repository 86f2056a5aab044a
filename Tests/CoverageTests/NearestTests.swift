// SPDX-License-Identifier: Apache-2.0

import Coverage
import Testing

@Suite struct NearestTests {
    private static let names = [
        "official", "officials", "issue", "place", "country", "kind", "status", "from", "to", "partOf",
    ]

    @Test(arguments: [
        ("offical", "official"), ("officails", "officials"), ("isue", "issue"), ("ISSUE", "issue"), ("palce", "place"),
        ("plaec", "place"), ("cuontyr", "country"), ("knd", "kind"), ("form", "from"), ("too", "to"),
        ("partof", "partOf"),
        ("statuses", "status"), ("officiel", "official"),
    ])
    func findsWhatWasMeant(word: String, expected: String) {
        #expect(nearest(to: word, among: Self.names) == expected)
    }

    @Test(arguments: [
        "", "x", "date", "frxx", "knnnnd", "offi", "issssssue", "speaker", String(repeating: "a", count: 65),
    ])
    func findsNothingFar(word: String) {
        #expect(nearest(to: word, among: Self.names) == nil)
    }

    /// A name's part stands for the name where nothing is spelt like it; a sign in front is no letter that could be right.
    @Test(arguments: [
        ("brandt", "oskar-brandt"), ("BRANDT", "oskar-brandt"), ("oskar", "oskar-brandt"), ("mara-vel", "mara-vel-ott"),
        ("brand", nil), ("oskar-", nil), ("b", nil), ("herald", "Harbour Herald"), ("vel", "mara-vel-ott"),
        ("ott", "ott-ann"), ("oskar-brand", "oskar-brandt"), ("-nate", "-name"), ("-date", nil),
    ])
    func findsNamesByTheirParts(word: String, expected: String?) {
        let names = ["oskar-brandt", "mara-vel-ott", "ott-ann", "Harbour Herald", "plan-b", "-name"]
        #expect(nearest(to: word, among: names) == expected)
    }

    @Test func takesTheFirstOfEquals() {
        #expect(nearest(to: "cat", among: ["bat", "rat"]) == "bat")
        #expect(nearest(to: "cat", among: ["bat", "cart", "Cat"]) == "Cat")
        #expect(nearest(to: "visit", among: [String]()) == nil)
    }

    @Test func takesLongWordsUpTo64() {
        let long = String(repeating: "a", count: 64)
        #expect(nearest(to: long, among: [long + "bbb"]) == long + "bbb")
        #expect(nearest(to: long, among: [long + "bbbb"]) == nil)
        #expect(nearest(to: long + "a", among: [long + "a"]) == nil)
    }

    /// A swap counts once, but a swapped pair is not edited again (the restriction of optimal string alignment).
    @Test func measuresAlignment() {
        #expect(nearest(to: "ca", among: ["abc"]) == nil)
        #expect(nearest(to: "abcd", among: ["abdc"]) == "abdc")
        #expect(nearest(to: "abcdefgh", among: ["badcfegh"]) == "badcfegh")
        #expect(nearest(to: "abcdefgh", among: ["badcfehg"]) == nil)
    }
}

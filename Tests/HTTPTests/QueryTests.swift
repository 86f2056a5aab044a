// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import HTTP

@Suite struct QueryTests {
    @Test(arguments: [
        ("", []), ("a=b", ["a", "b"]), ("a", ["a", ""]), ("a=", ["a", ""]), ("=b", ["", "b"]), ("a=b=c", ["a", "b=c"]),
        ("a=1&b=2&a=3", ["a", "1", "b", "2", "a", "3"]), ("&&a=b&", ["a", "b"]), ("a+b=c+d", ["a b", "c d"]),
        ("a%2Bb=%26%3D", ["a+b", "&="]), ("q=%C3%A9", ["q", "é"]), ("q=%e2%82%ac", ["q", "€"]), ("%61=b", ["a", "b"]),
        ("a?=/", ["a?", "/"]), ("a=%0A", ["a", "\n"]),
        ("a=1&\u{301}b=2", ["a", "1", "\u{301}b", "2"]), ("a=\u{301}b", ["a", "\u{301}b"]),
    ])
    func readsForms(_ raw: String, _ flat: [String]) throws {
        #expect(try Query.parse(raw).flatMap { [$0.name, $0.value] } == flat)
    }

    @Test(arguments: [
        ("a=1&b=%", "b=%", PercentCodingError.malformedPercent), ("b=%4", "b=%4", .malformedPercent),
        ("b=%4g", "b=%4g", .malformedPercent), ("%zz=1&c=%", "%zz=1", .malformedPercent), ("b=%FF", "b=%FF", .notUTF8),
        ("b=%C3", "b=%C3", .notUTF8), ("b=%ED%A0%80", "b=%ED%A0%80", .notUTF8), ("b=%C0%80", "b=%C0%80", .notUTF8),
        ("b=a%00c", "b=a%00c", .nul), ("%00", "%00", .nul), ("b=%+1", "b=%+1", .malformedPercent),
    ])
    func namesThePieceItCannotRead(_ raw: String, _ piece: String, _ reason: PercentCodingError) throws {
        let error = #expect(throws: Query.Malformed.self) { try Query.parse(raw) }
        #expect(error?.piece == piece && error?.reason == reason)
        #expect(try #require(error).detail.contains(piece))
    }

    @Test func whatItFormatsItReads() throws {
        let items = [(name: "a b", value: "&=+%/?é€\u{1F600}"), (name: "", value: ""), (name: "a", value: "~-._")]
        let parsed = try Query.parse(Query.format(items))
        #expect(parsed.map(\.name) == items.map(\.name) && parsed.map(\.value) == items.map(\.value))
        #expect(Query.format([(name: "a b", value: "c/d")]) == "a+b=c/d")
    }

    @Test func pathSegmentsKeepTheirPlus() throws {
        #expect(try PercentCoding.decode("a+b%2Fc") == "a+b/c")
    }

    @Test func encodesWhatWouldMeanSomethingElse() {
        #expect(Query.format([("a b/c+é", "~.-_0Z,(x)*!")]) == "a+b/c%2B%C3%A9=~.-_0Z,(x)*!")
        #expect(Query.format([("q", "'{a}&b=c#<\"|^`\\[]%")]) == "q=%27%7Ba%7D%26b%3Dc%23%3C%22%7C%5E%60%5C%5B%5D%25")
        #expect(Query.format([]) == "")
    }

    /// Whatever an ASCII character becomes, it is read as itself again.
    @Test func everyCharacterComesBack() throws {
        let all = String(String.UnicodeScalarView((1..<0x80).compactMap(Unicode.Scalar.init)))
        let query = Query.format([(name: all, value: all)])
        #expect(query.utf8.allSatisfy { ByteSet.target.contains($0) })
        #expect(try Query.parse(query).map { [$0.name, $0.value] } == [[all, all]])
    }
}

// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import HTTP

@Suite struct EntityTagTests {
    @Test(arguments: [
        ("\"a\"", "\"a\"", true), ("\"a\"", "\"b\"", false), ("W/\"a\"", "\"a\"", true), ("\"a\"", "W/\"a\"", true),
        ("W/\"a\"", "W/\"a\"", true), ("*", "\"a\"", true), (" * ", "\"a\"", true), ("\"x\", \"a\"", "\"a\"", true),
        ("\"x\",W/\"a\" , \"y\"", "\"a\"", true), (",, \"a\" ,", "\"a\"", true), ("\"x,a\"", "\"a\"", false),
        ("\"x\" \"a\"", "\"a\"", false), ("a", "\"a\"", false), ("\"a", "\"a\"", false), ("w/\"a\"", "\"a\"", false),
        ("", "\"a\"", false), ("\"\"", "\"\"", true), ("\"A\"", "\"a\"", false), ("W/", "\"a\"", false),
        ("W", "W", false),
        ("\"a\", *", "\"b\"", false), ("\"a\"", "", false), ("\"a\"", "a", false), ("\"a b\", \"c\"", "\"c\"", false),
        ("\"a\"x, \"b\"", "\"b\"", false), ("\"a\"", "\"a\"b", false),
    ])
    func comparesWeakly(_ list: String, _ tag: String, _ matches: Bool) {
        let found = EntityTag.matches(ifNoneMatch: Array(list.utf8).span, Array(tag.utf8).span)
        #expect(found == matches)
    }

    @Test(arguments: [
        ("\"a\"", "\"a\"", true), ("W/\"a\"", "\"a\"", false), ("\"a\"", "W/\"a\"", false), ("*", "W/\"a\"", true),
        ("W/\"a\", \"a\"", "\"a\"", true), ("\"b\"", "\"a\"", false), ("", "\"a\"", false),
    ])
    func comparesStrongly(_ list: String, _ tag: String, _ matches: Bool) {
        let found = EntityTag.matches(ifMatch: Array(list.utf8).span, Array(tag.utf8).span)
        #expect(found == matches)
    }

    @Test(
        arguments: [
            ("\"a\"", ["a"]), (" W/\"a\" ,, \"b,c\"\t", ["W/a", "b,c"]), ("\"\"", [""]), ("", []), (" , ", []),
            ("*", nil), ("a", nil), ("\"a\" \"b\"", nil), ("\"a\", b", nil), ("\"a", nil), ("\"a b\"", nil),
            ("w/\"a\"", nil), ("W/", nil),
        ] as [(String, [String]?)])
    func readsLists(_ list: String, _ tags: [String]?) {
        let all = EntityTag.all(in: Array(list.utf8).span)
        #expect(all?.map { ($0.isWeak ? "W/" : "") + String(decoding: $0.content, as: UTF8.self) } == tags)
    }
}

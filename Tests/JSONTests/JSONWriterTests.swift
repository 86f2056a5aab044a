// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import JSON

@Suite struct JSONWriterTests {
    @Test func placesCommas() {
        var writer = JSONWriter()
        writer.object {
            $0.member("a", 1)
            $0.array("b") {
                $0.null()
                $0.object { _ in }
                $0.array { _ in }
                $0.string("c")
            }
            $0.object("d") { $0.member("e", true) }
            $0.array("f") { for number in [1, 2] { $0.integer(number) } }
            $0.member(named: "g \"h\"")
            $0.raw(Array("[0]".utf8))
            $0.member("i", ["j", "k"])
        }
        let written = text(writer)
        #expect(written == #"{"a":1,"b":[null,{},[],"c"],"d":{"e":true},"f":[1,2],"g \"h\"":[0],"i":["j","k"]}"#)
    }

    @Test func putsValuesTogetherFromPieces() {
        var writer = JSONWriter()
        let between = Array(#"","name":""#.utf8)
        writer.object {
            $0.array("a") { json in
                for name in ["plain", "a \"b\" \\ \u{1}", "Zürich"] {
                    json.beginPieces()
                    json.piece(#"{"id":""#)
                    json.content(decoding: name.utf8Span.span)
                    json.piece(between.span)
                    json.content(decoding: name.utf8Span.span)
                    json.piece(#""}"#)
                }
            }
            $0.member("b", 1)
        }
        let written = text(writer)
        #expect(
            written == #"{"a":[{"id":"plain","name":"plain"},{"id":"a \"b\" \\ \u0001","name":"a \"b\" \\ \u0001"},"#
                + #"{"id":"Zürich","name":"Zürich"}],"b":1}"#)
    }

    /// Whatever was written before, and however long it was.
    @Test func textsThatLeaveTheirMemoryToTheNextAreWhole() {
        let spare = JSONSpare()
        let long = String(repeating: "long ", count: 100_000)
        var texts: [[UInt8]] = []
        let values = ["one", long, "two", "", "three"]
        for value in values {
            var writer = JSONWriter(capacity: 64, reusing: spare)
            writer.string(value)
            texts.append(writer.finish())
            // One that is given up, and one in the middle of another.
            var outer = JSONWriter(capacity: 16, reusing: spare)
            outer.beginArray()
            var inner = JSONWriter(capacity: 16, reusing: spare)
            inner.string("inner \(value)")
            outer.raw(inner.finish())
            outer.string("outer")
            outer.endArray()
            let nested = text(outer)
            #expect(nested == "[\"inner \(value)\",\"outer\"]")
            var given = JSONWriter(reusing: spare)
            given.beginObject()
        }
        #expect(texts.map { String(decoding: $0, as: UTF8.self) } == values.map { "\"\($0)\"" })
    }

    @Test func memoryIsLeftToTheNextUnlessItIsMuch() {
        let spare = JSONSpare()
        func write(_ count: Int, capacity: Int) {
            var writer = JSONWriter(capacity: capacity, reusing: spare)
            writer.string(String(repeating: "a", count: count))
            _ = writer.finish()
        }
        #expect(spare.capacity == nil)
        write(10, capacity: 1000)
        #expect(spare.capacity == 1000)
        write(10, capacity: 100)
        #expect(spare.capacity == 1000)
        do {
            let writer = JSONWriter(capacity: 1000, reusing: spare)
            let capacity = spare.capacity
            #expect(writer.count == 0 && capacity == nil)
        }
        write(10, capacity: 64)
        write(5000, capacity: 64)
        #expect(spare.capacity.map { $0 >= 5002 } == true)
        let kept = spare.capacity
        write(500_000, capacity: 500_100)
        #expect(spare.capacity == kept)
        write(500_000, capacity: 64)
        #expect(spare.capacity == nil)
    }

    @Test func replacesWhatIsNotUTF8InPieces() {
        var writer = JSONWriter()
        writer.beginPieces()
        writer.piece(#"""#)
        let bytes: [UInt8] = [0x61, 0xFF, 0x62]
        writer.content(decoding: bytes.span)
        writer.piece(#"""#)
        let written = text(writer)
        #expect(written == "\"a\u{FFFD}b\"")
    }

    @Test func writesNullForNil() {
        var writer = JSONWriter()
        writer.object {
            $0.member("string", String?.none)
            $0.member("integer", Int?.none)
            $0.member("number", Double?.none)
            $0.member("bool", Bool?.none)
        }
        let written = text(writer)
        #expect(written == #"{"string":null,"integer":null,"number":null,"bool":null}"#)
    }

    @Test(arguments: [
        ("", #""""#), ("plain", #""plain""#), ("zażółć 漢字 🕊", #""zażółć 漢字 🕊""#),
        ("\"\\/", #""\"\\/""#), ("\u{08}\t\n\u{0C}\r", #""\b\t\n\f\r""#),
        ("\0\u{1}\u{1F}\u{7F}", "\"\\u0000\\u0001\\u001f\u{7F}\""),
        ("a long text that has to be escaped only here: \"", #""a long text that has to be escaped only here: \"""#),
    ])
    func escapesOnlyWhatItMust(value: String, expected: String) {
        var writer = JSONWriter()
        writer.string(value)
        let written = text(writer)
        #expect(written == expected)
    }

    /// Eight bytes are looked at together: wherever one stands that must be escaped, or one that nearly is such a byte.
    @Test func seesWhatToEscapeWhereverItStands() {
        for count in 1...26 {
            for place in 0..<count {
                for (byte, escaped) in [
                    ("\"", #"\""#), ("\\", #"\\"#), ("\u{1F}", #"\u001f"#), ("\0", #"\u0000"#), (" ", " "), ("!", "!"),
                    ("#", "#"), ("[", "["), ("]", "]"), ("\u{7F}", "\u{7F}"),
                ] {
                    let (before, after) = (
                        String(repeating: "x", count: place), String(repeating: "é", count: count - place - 1)
                    )
                    var writer = JSONWriter()
                    writer.string(before + byte + after)
                    let written = text(writer)
                    #expect(written == "\"" + before + escaped + after + "\"")
                    writer = JSONWriter()
                    writer.string(before, byte + after)
                    let joined = text(writer)
                    #expect(joined == written)
                }
            }
        }
    }

    /// The same of bytes: one that is no UTF-8 becomes U+FFFD, what is beyond ASCII stays.
    @Test func writesBytesAsTheTextTheyAre() {
        for count in 0...26 {
            for place in 0...count {
                for middle in [[0x22], [0x5C], [0x1F], [0], [0x7F], [0xFF], [0xC3, 0xA9], [0xC3]] as [[UInt8]] {
                    let bytes =
                        [UInt8](repeating: 0x78, count: place) + middle + [UInt8](repeating: 0x79, count: count - place)
                    var writer = JSONWriter()
                    writer.array {
                        $0.string(String(decoding: bytes, as: UTF8.self))
                        $0.string("/é/", String(decoding: bytes, as: UTF8.self))
                    }
                    let expected = text(writer)
                    writer = JSONWriter()
                    writer.array {
                        $0.string(decoding: bytes.span)
                        $0.string("/é/", decoding: bytes.span)
                    }
                    let written = text(writer)
                    #expect(written == expected)
                }
            }
        }
    }

    @Test func putsMembersInThatAreWrittenAlready() {
        var writer = JSONWriter()
        writer.array { array in
            array.object {
                $0.members(#""a":1,"b":2"#)
                $0.member("c", 3)
                $0.members(#""d":4"#)
            }
            array.null()
        }
        let written = text(writer)
        #expect(written == #"[{"a":1,"b":2,"c":3,"d":4},null]"#)
    }

    @Test(arguments: [1, 2, 63, 64, 65, 127])
    func knowsWhatItIsInHoweverDeep(depth: Int) {
        var writer = JSONWriter()
        var expected = ""
        for level in 0..<depth {
            if level % 3 == 0 {
                writer.beginObject()
                writer.member("a", 0)
                writer.member("b")
                expected += #"{"a":0,"b":"#
            } else {
                writer.beginArray()
                writer.integer(1)
                expected += "[1,"
            }
        }
        writer.bool(true)
        expected += "true"
        for level in (0..<depth).reversed() {
            if level % 3 == 0 {
                writer.member("c", 2)
                writer.endObject()
                expected += #","c":2}"#
            } else {
                writer.integer(3)
                writer.endArray()
                expected += ",3]"
            }
        }
        let written = text(writer)
        #expect(written == expected)
    }

    @Test(
        arguments: [
            (0, "0"), (7, "7"), (-10, "-10"), (Int64.max, "9223372036854775807"), (Int64.min, "-9223372036854775808"),
        ] as [(Int64, String)])
    func writesIntegers(value: Int64, expected: String) {
        var writer = JSONWriter()
        writer.integer(value)
        let written = text(writer)
        #expect(written == expected)
    }

    @Test(
        arguments: [
            (0.1, "0.1"), (39.9042, "39.9042"), (-0.0, "-0.0"), (1, "1.0"), (1e300, "1e+300"), (2.5e-9, "2.5e-09"),
        ] as [(Double, String)])
    func writesShortestNumbers(value: Double, expected: String) {
        var writer = JSONWriter()
        writer.number(value)
        let written = text(writer)
        #expect(written == expected)
    }

    @Test(arguments: [("", ""), ("/v1/events/", "a-visit"), ("with \"", "and \\"), ("\u{1}", "ä")])
    func writesTwoTextsAsOne(beginning: String, end: String) {
        var apart = JSONWriter()
        var together = JSONWriter()
        apart.array { $0.string(beginning, end) }
        together.array { $0.string(beginning + end) }
        let (one, other) = (text(apart), text(together))
        #expect(one == other)
    }

    /// Its memory grows by what there is, or by what is to be added where that is more.
    @Test func growsByAnyStep() {
        var random = SeededGenerator()
        print("JSONWriterTests.growsByAnyStep: seed \(random.seed)")
        for _ in 0..<200 {
            var writer = JSONWriter(capacity: Int.random(in: 0...40, using: &random))
            var expected = "["
            writer.beginArray()
            for index in 0..<Int.random(in: 0...20, using: &random) {
                let length = random.pick([0, 1, 15, 16, 17, 33, 5000])
                let text = String(repeating: "x", count: length)
                if length.isMultiple(of: 2) { writer.string(text) } else { writer.raw(Array("\"\(text)\"".utf8)) }
                expected += "\(index == 0 ? "" : ",")\"\(text)\""
            }
            writer.endArray()
            let written = text(writer)
            #expect(written == expected + "]")
        }
    }

    @Test func passesErrorsOn() {
        struct Refusal: Error {}
        var writer = JSONWriter()
        #expect(throws: Refusal.self) {
            try writer.array { _ in throw Refusal() }
        }
    }

    private func text(_ writer: consuming JSONWriter) -> String {
        String(decoding: writer.finish(), as: UTF8.self)
    }
}

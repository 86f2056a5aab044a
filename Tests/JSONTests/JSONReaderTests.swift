// SPDX-License-Identifier: Apache-2.0

import JSON
import Testing

@Suite struct JSONReaderTests {
    @Test(
        arguments: [
            ("null", .null), (" true ", true), ("false\n", false), ("\t\r\n0", 0), ("-0", 0),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("1.0", 1.0), ("-1.5e2", -150.0), ("1E+2", 100.0), ("25e-1", 2.5), ("0e999999999999999999999", 0.0),
            ("1e-400", 0.0), ("1.7976931348623157e308", .number(.greatestFiniteMagnitude)),
            (#""""#, ""), (#""zażółć 漢字 🕊""#, "zażółć 漢字 🕊"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{08}\u{0C}\n\r\t"),
            (#""\u00e9\u00E9\u4e2d\ud83d\udd4A""#, "éé中🕊"), (#""é\nü""#, "é\nü"),
            ("\"\u{7F}\u{2028}\"", "\u{7F}\u{2028}"),
            ("[]", []), ("[ ]", []), ("[1,[],{} , \"a\"]", [1, [], [:], "a"]), ("{ }", [:]),
            (#"{"a":1,"b":{"a":2},"":[{"c":null}]}"#, ["a": 1, "b": ["a": 2], "": [["c": .null]]]),
        ] as [(String, JSONValue)])
    func accepts(text: String, expected: JSONValue) throws {
        #expect(try JSONReader.read(Array(text.utf8)) == expected)
    }

    @Test(arguments: [
        "", " ", "nul", "nulL", "True", "+1", ".5", "1.", "1.e1", "1e", "1e+", "-", "--1", "01", "-01", "00", "0x10",
        "1_000", "NaN", "Infinity", "-Infinity", "1 2", "null,", "[1,]", "[,1]", "[1 2]", "[", "]", "[1}", "{]",
        "{", "}", "{,}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a" 1}"#, #"{a:1}"#, #"{'a':1}"#, #"{1:1}"#,
        #"{"a":1 "b":2}"#, #"{"a":1}}"#, "'a'", #"""#, #""\"#, #""\""#, #""\x""#, #""\u12""#, #""\u12g4""#,
        #""\u+123""#,
        #""\U0041""#, "\"\n\"", "\"\t\"", "\"\u{1F}\"", "\"\0\"", #""\u0000""#, #""\ud800""#, #""\udc00""#,
        #""\udc00\ud800""#, #""\ud800\ud800""#, #""\ud800\n""#, #""\ud800x""#, #""\ud800\u""#, #""\ud800\u00""#,
        "// c\n1", "/* */1", "1//", "\u{FEFF}1", "\u{A0}1", "\u{0C}1", "1\0", "9223372036854775808",
        "-9223372036854775809", "123456789012345678901234567890", "1e309", "-1e309", "1e99999999999999999999",
        #"{"a":1,"a":1}"#, #"{"a":1,"\u0061":1}"#, "é", "[é]",
    ])
    func refuses(text: String) {
        #expect(throws: JSONError.self) { try JSONReader.read(Array(text.utf8)) }
    }

    @Test(
        arguments: [
            [0xFF], [0x80], [0xC0, 0xAF], [0xC3], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
            [0xF0, 0x9F, 0x95], [0xC3, 0x5C, 0x6E],
        ] as [[UInt8]])
    func refusesWhatIsNotUTF8(content: [UInt8]) throws {
        let bytes: [UInt8] = [0x5B, 0x22, 0x61] + content + [0x22, 0x5D]
        let error = try #require(throws: JSONError.self) { try JSONReader.read(bytes) }
        #expect(error.message == "the string is not valid UTF-8")
        #expect(error.offset == 3)
        #expect(error.pointer.description == "/0")
    }

    @Test(arguments: [
        (#"{"a":{"b~/":[1,2,nul]}}"#, "/a/b~0~1/2", 1, 18, "expected a value, found 'nul'"),
        ("nonsense", "", 1, 1, "expected a value, found 'nonsense'"),
        ("[None]", "/0", 1, 2, "expected a value, found 'None'"),
        ("truely", "", 1, 1, "expected a value, found 'truely'"),
        ("abcdefghijklmnopqrstuvwxyz", "", 1, 1, "expected a value, found 'abcdefghijklmnopqrst…'"),
        ("{\n \"é\": 1,\n \"é\" : 2}", "/é", 3, 2, "the member is given twice"),
        ("[\n[],\n\"é\u{1}\"]", "/1", 3, 3, "a control character inside a string has to be escaped"),
        (#"{"a":[1,2 3]}"#, "/a", 1, 11, "expected ',' or ']', found '3'"),
        (#"{"a":1;"b":2}"#, "", 1, 7, "expected ',' or '}', found ';'"),
        (#"{"a":1,}"#, "", 1, 8, "expected a member name in quotation marks, found '}'"),
        (#"{"a":1} x"#, "", 1, 9, "expected the end of the text, found 'x'"),
        (#"["x", "\ud800"]"#, "/1", 1, 8, "the escape is half of a surrogate pair, which is not a character"),
        (#"[["a\u0000"]]"#, "/0/0", 1, 5, "the NUL character is not accepted in strings"),
        (#"{"n":[99999999999999999999]}"#, "/n/0", 1, 7, "the integer does not fit in 64 bits"),
        ("[1,", "/1", 1, 4, "expected a value, found the end of the text"),
    ])
    func saysWhereAndWhy(text: String, pointer: String, line: Int, column: Int, message: String) throws {
        let error = try #require(throws: JSONError.self) { try JSONReader.read(Array(text.utf8)) }
        #expect(error.message == message)
        #expect(error.pointer.description == pointer)
        #expect(error.line == line)
        #expect(error.column == column)
        #expect(text.utf8.count >= error.offset)
    }

    @Test func limitsDepth() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        _ = try JSONReader.read(nested(64))
        #expect(throws: JSONError.self) { try JSONReader.read(nested(65)) }
        let error = try #require(throws: JSONError.self) { try JSONReader.read(nested(100)) }
        #expect(error.message == "arrays and objects are nested more than 64 deep")
        #expect(error.offset == 64)
        let endless = Array(String(repeating: "{\"a\":", count: 100_000).utf8)
        #expect(throws: JSONError.self) { try JSONReader.read(endless) }
        #expect(throws: JSONError.self) { try JSONReader.read(Array("[[1]]".utf8), maximumDepth: 1) }
    }

    @Test func keepsMemberOrder() throws {
        let names = (0..<100).map { "m\($0 * 37 % 100)" }
        let text = "{" + names.map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        guard case .object(let object) = try JSONReader.read(Array(text.utf8)) else {
            Issue.record("not an object")
            return
        }
        #expect(object.names == names)
    }

    @Test func refusesEveryTruncation() throws {
        let text = #" {"a":[1,-2.5e+3,true,false,null],"é\ud83d\udd4a":{"b\\\"":"\u00e9"},"c":[[],{}]}"#
        let bytes = Array(text.utf8)
        _ = try JSONReader.read(bytes)
        for length in 0..<bytes.count {
            #expect(throws: JSONError.self, "\(length) bytes") { try JSONReader.read(Array(bytes.prefix(length))) }
        }
    }
}

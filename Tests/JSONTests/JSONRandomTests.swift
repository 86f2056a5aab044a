// SPDX-License-Identifier: Apache-2.0

import JSON
import TestSupport
import Testing

@Suite struct JSONRandomTests {
    @Test func readsWhatItWrote() throws {
        var random = SeededGenerator()
        print("JSONRandomTests.readsWhatItWrote: seed \(random.seed)")
        for _ in 0..<2000 {
            let value = random.value(depth: 4)
            var writer = JSONWriter()
            writer.write(value)
            let bytes = writer.finish()
            let again = try JSONReader.read(bytes)
            #expect(again == value)
            // Swift compares strings by canonical equivalence: the bytes tell more.
            var second = JSONWriter()
            second.write(again)
            let bytesAgain = second.finish()
            #expect(bytesAgain == bytes)
        }
    }

    /// Whatever is done to a document, reading ends in a value or an error, and the value can be written and read.
    @Test func survivesMutation() throws {
        var random = SeededGenerator()
        print("JSONRandomTests.survivesMutation: seed \(random.seed)")
        let tokens = [
            "\"", "\\", "\\u", "\\ud83d", "\\udd4a", "{", "}", "[", "]", ",", ":", "1e", "-", "0", "\u{FEFF}", "é",
        ]
        var refused = 0
        for _ in 0..<5000 {
            var writer = JSONWriter()
            writer.write(random.value(depth: 3))
            var bytes = writer.finish()
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0...bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
                case 1: bytes.insert(contentsOf: (tokens.randomElement(using: &random) ?? "").utf8, at: place)
                case 2 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
                default: bytes.removeSubrange(place..<min(bytes.count, place + 3))
                }
            }
            do throws(JSONError) {
                let value = try JSONReader.read(bytes)
                var again = JSONWriter()
                again.write(value)
                let bytesAgain = again.finish()
                #expect(try JSONReader.read(bytesAgain) == value)
            } catch {
                refused += 1
                #expect(0...bytes.count ~= error.offset)
            }
        }
        #expect(refused > 1000)
    }
}

extension SeededGenerator {
    fileprivate mutating func value(depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth == 0 ? 5 : 8), using: &self) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &self))
        case 2: return .integer(Int64(bitPattern: next()) >> Int64.random(in: 0..<64, using: &self))
        case 3:
            let number = Double(bitPattern: next())
            return .number(number.isFinite ? number : 0.5)
        case 4: return .string(string())
        case 5: return .array((0..<Int.random(in: 0...5, using: &self)).map { _ in value(depth: depth - 1) })
        default:
            let size = Int.random(in: 0...20, using: &self)
            return .object(JSONObject((0..<size).map { _ in (string(), value(depth: depth - 1)) }))
        }
    }

    mutating func string() -> String {
        let ceilings: [UInt32] = [0x1F, 0x7F, 0x7FF, 0xFFFF, 0x10FFFF]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...12, using: &self) {
            let ceiling = ceilings.randomElement(using: &self) ?? 0x7F
            // Half of a surrogate pair is no scalar, and NUL is refused by the reader.
            text.append(Unicode.Scalar(UInt32.random(in: 1...ceiling, using: &self)) ?? "s")
        }
        return String(text)
    }
}

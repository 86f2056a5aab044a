// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import HTTP

extension OutputBuffer {
    /// The bytes not yet consumed, as text.
    var text: String {
        unsafe withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// What can be seen of it: `#expect` needs a value to copy.
    func look() -> (text: String, count: Int, capacity: Int, isEmpty: Bool) {
        (text, count, capacity, isEmpty)
    }
}

@Suite struct OutputBufferTests {
    @Test func appendsEveryKindOfBytes() {
        var buffer = OutputBuffer()
        buffer.append("a")
        buffer.append(string: "é")
        buffer.append(Array("b".utf8))
        buffer.append(UInt8(ascii: "c"))
        buffer.append(Array("xdex".utf8).span.extracting(1..<3))
        buffer.append([])
        #expect(buffer.look().text == "aébcde")
        #expect(buffer.look().count == 7)
    }

    @Test(arguments: [0, 7, 10, -1, 1_048_576, Int.max, Int.min])
    func writesDecimals(_ number: Int) {
        var buffer = OutputBuffer()
        buffer.append(decimal: number)
        #expect(buffer.look().text == String(number))
    }

    @Test(arguments: [
        (0, 3, "000"), (7, 3, "007"), (1234, 3, "1234"), (-5, 2, "-05"), (Int.max, 20, "0\(Int.max)"),
        (1, 99, String(repeating: "0", count: 19) + "1"),
    ])
    func fillsUpWithZeros(number: Int, digits: Int, expected: String) {
        var buffer = OutputBuffer()
        buffer.append(decimal: number, digits: digits)
        #expect(buffer.look().text == expected)
    }

    @Test func anEmptyBufferLendsNothing() {
        let buffer = OutputBuffer()
        let text = buffer.text
        #expect(text.isEmpty)
    }

    @Test func consumesFromTheFrontAndNeverTooMuch() {
        var buffer = OutputBuffer()
        buffer.append("hello")
        buffer.consume(2)
        #expect(buffer.look().text == "llo")
        buffer.consume(-1)
        #expect(buffer.look().text == "llo")
        buffer.consume(100)
        #expect(buffer.look().isEmpty)
        buffer.append("again")
        #expect(buffer.look().text == "again")
    }

    @Test func keepsItsBytesWhileItGrowsAndMoves() {
        let seed = UInt64.random(in: .min ... .max)
        print("output buffer: seed \(seed)")
        var random = SeededGenerator(seed: seed)
        var buffer = OutputBuffer()
        var model: [UInt8] = []
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0...700, using: &random)).map { UInt8(truncatingIfNeeded: $0) }
            buffer.append(bytes)
            model += bytes
            let taken = Int.random(in: 0...min(model.count, 720), using: &random)
            buffer.consume(taken)
            model.removeFirst(taken)
            let same = unsafe buffer.withUnsafeBytes { unsafe $0.elementsEqual(model) }
            #expect(same, "seed \(seed)")
            guard same else { return }
        }
    }

    @Test func aSteadyStreamDoesNotGrowTheMemory() {
        var buffer = OutputBuffer()
        let answer = [UInt8](repeating: 1, count: 1000)
        for _ in 0..<1000 {
            buffer.append(answer)
            buffer.consume(999)
            buffer.consume(1)
        }
        #expect(buffer.look().capacity == 4096)
        buffer.append(answer)
        for _ in 0..<1000 {
            buffer.append(answer)
            buffer.consume(1000)
        }
        #expect(buffer.look().capacity == 4096)
    }

    @Test func givesBackMemoryBeyondTheBound() {
        var buffer = OutputBuffer()
        buffer.append([UInt8](repeating: 0, count: 10_000))
        buffer.removeAll(keepingCapacityUpTo: 20_000)
        #expect(buffer.look().text.isEmpty)
        #expect(buffer.look().capacity >= 10_000)
        buffer.removeAll(keepingCapacityUpTo: 9_999)
        #expect(buffer.look().capacity == 0)
        buffer.append("x")
        #expect(buffer.look().text == "x")
    }
}

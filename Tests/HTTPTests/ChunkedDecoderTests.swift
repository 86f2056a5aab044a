// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import HTTP

@Suite struct ChunkedDecoderTests {
    enum Outcome: Equatable, Sendable {
        /// The content, and how many bytes follow it.
        case complete(String, rest: Int)
        case refused(WireError)
        case needsMore
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let outcome: Outcome

        init(_ text: String, _ outcome: Outcome) {
            self.text = text
            self.outcome = outcome
        }

        var testDescription: String { text.debugDescription }
    }

    static let cases: [Case] = [
        Case("0\r\n\r\n", .complete("", rest: 0)),
        Case("5\r\nhello\r\n0\r\n\r\n", .complete("hello", rest: 0)),
        Case("5\r\nhello\r\n1\r\n!\r\n0\r\n\r\nGET ", .complete("hello!", rest: 4)),
        Case("0005\r\nhello\r\n000\r\n\r\n", .complete("hello", rest: 0)),
        Case("a\r\n0123456789\r\n0\r\n\r\n", .complete("0123456789", rest: 0)),
        Case("A\r\n\r\n\r\n\r\n\r\n\r\n\r\n0\r\n\r\n", .complete("\r\n\r\n\r\n\r\n\r\n", rest: 0)),
        Case("1;a=b\r\nx\r\n0;c\r\n\r\n", .complete("x", rest: 0)),
        Case("1;a=\"b;\tc\"\r\nx\r\n0\r\n\r\n", .complete("x", rest: 0)),
        Case("1; a = \"b\\\"c\" ; d ;e=f\r\nx\r\n0\r\n\r\n", .complete("x", rest: 0)),
        Case("0\r\nA: b\r\nC:\r\n\r\n", .complete("", rest: 0)),
        Case("14\r\n01234567890123456789\r\n0\r\n\r\n", .complete("01234567890123456789", rest: 0)),
        Case("", .needsMore),
        Case("5", .needsMore),
        Case("5\r\nhell", .needsMore),
        Case("5\r\nhello\r\n0\r\n", .needsMore),
        Case("0\r\nA: b\r\n\r", .needsMore),
        Case("\r\n0\r\n\r\n", .refused(.invalidChunkSize)),
        Case("g\r\n", .refused(.invalidChunkSize)),
        Case("0x5\r\n", .refused(.invalidChunkSize)),
        Case("+5\r\n", .refused(.invalidChunkSize)),
        Case("-5\r\n", .refused(.invalidChunkSize)),
        Case(" 5\r\n", .refused(.invalidChunkSize)),
        Case("5 \r\n", .refused(.invalidChunkSize)),
        Case("5 ;a\r\n", .refused(.invalidChunkSize)),
        Case(";a\r\n", .refused(.invalidChunkSize)),
        Case("00000000000000000\r\n", .refused(.invalidChunkSize)),
        Case("10000000000000000\r\n", .refused(.invalidChunkSize)),
        Case("15\r\n", .refused(.contentTooLarge(limit: 20))),
        Case("7FFFFFFFFFFFFFFF\r\n", .refused(.contentTooLarge(limit: 20))),
        Case("FFFFFFFFFFFFFFFF\r\n", .refused(.contentTooLarge(limit: 20))),
        Case("14\r\n01234567890123456789\r\n1\r\n", .refused(.contentTooLarge(limit: 20))),
        Case("5\n", .refused(.bareLineFeed)),
        Case("5\rx", .refused(.bareCarriageReturn)),
        Case("5;a\n", .refused(.bareLineFeed)),
        Case("5;a\u{00}", .refused(.invalidChunkExtension)),
        Case("5;\u{7F}", .refused(.invalidChunkExtension)),
        Case("5;\r", .refused(.invalidChunkExtension)), Case("5;;", .refused(.invalidChunkExtension)),
        Case("5;=", .refused(.invalidChunkExtension)), Case("5;a=\r", .refused(.invalidChunkExtension)),
        Case("5;a b", .refused(.invalidChunkExtension)), Case("5;(", .refused(.invalidChunkExtension)),
        Case("5;a=\"b\r", .refused(.invalidChunkExtension)), Case("5;a=\"b\"c", .refused(.invalidChunkExtension)),
        Case("5;a \r", .refused(.invalidChunkExtension)), Case("5;a=\"b\\\r", .refused(.invalidChunkExtension)),
        Case("5\r\nhelloo\r\n", .refused(.unterminatedChunk)),
        Case("5\r\nhello\n", .refused(.unterminatedChunk)),
        Case("5\r\nhello\rx", .refused(.unterminatedChunk)),
        Case("5\r\nhel\r\n0\r\n\r\n", .refused(.unterminatedChunk)),
        Case("0\r\nA b: c\r\n", .refused(.invalidTrailer)),
        Case("0\r\n: c\r\n", .refused(.invalidTrailer)),
        Case("0\r\n A: c\r\n", .refused(.invalidTrailer)),
        Case("0\r\nA\r\n", .refused(.invalidTrailer)),
        Case("0\r\nA: b\r\n c\r\n", .refused(.invalidTrailer)),
        Case("0\r\nA: \u{00}\r\n", .refused(.invalidTrailer)),
        Case("0\r\nA: b\n", .refused(.bareLineFeed)),
        Case("0\r\n\n", .refused(.bareLineFeed)),
        Case("0\r\n\rx", .refused(.bareCarriageReturn)),
        Case("0\r\nA: b\rx", .refused(.bareCarriageReturn)),
        Case("0\r\n0\r\n\r\n", .refused(.invalidTrailer)),
    ]

    @Test(arguments: cases)
    func readsAsExpectedHoweverItIsCut(_ item: Case) {
        let bytes = Array(item.text.utf8)
        #expect(decode([bytes]) == item.outcome)
        #expect(decode(bytes.map { [$0] }) == item.outcome)
        for cut in 0...bytes.count {
            #expect(decode([Array(bytes[..<cut]), Array(bytes[cut...])]) == item.outcome, "cut at \(cut)")
        }
    }

    @Test(arguments: [(0, true), (1, false)])
    func extensionsAreBoundedOverTheWholeBody(_ excess: Int, _ isAccepted: Bool) {
        let limit = ChunkedDecoder.extensionLimit
        let half = String(repeating: "e", count: limit / 2 - 1)
        let rest = String(repeating: "e", count: limit / 2 - 1 + excess)
        #expect(
            decode([Array("1;\(half)\r\nx\r\n0;\(rest)\r\n\r\n".utf8)])
                == (isAccepted ? .complete("x", rest: 0) : .refused(.chunkExtensionsTooLong(limit: limit))))
    }

    @Test(arguments: [(0, true), (1, false)])
    func trailersAreBounded(_ excess: Int, _ isAccepted: Bool) {
        let limit = ChunkedDecoder.trailerLimit
        let value = String(repeating: "t", count: limit + excess - "A:\r\nB:\r\n".utf8.count)
        #expect(
            decode([Array("0\r\nA:\r\nB:\(value)\r\n\r\n".utf8)])
                == (isAccepted ? .complete("", rest: 0) : .refused(.trailersTooLarge(limit: limit))))
    }

    @Test func mutationsNeverTrapNorDependOnTheCut() {
        let seed = UInt64.random(in: .min ... .max)
        print("mutations of chunks: seed \(seed)")
        var random = SeededGenerator(seed: seed)
        for _ in 0..<5000 {
            var bytes = Array((Self.cases.randomElement(using: &random)?.text ?? "").utf8)
            bytes.mutate(using: &random)
            let whole = decode([bytes])
            let cut = Int.random(in: 0...bytes.count, using: &random)
            #expect(decode([Array(bytes[..<cut]), Array(bytes[cut...])]) == whole, "seed \(seed) bytes \(bytes)")
            #expect(decode(bytes.map { [$0] }) == whole, "seed \(seed) bytes \(bytes)")
        }
    }

    private func decode(_ pieces: [[UInt8]]) -> Outcome {
        var decoder = ChunkedDecoder()
        var body: [UInt8] = []
        var consumed = 0
        let total = pieces.reduce(0) { $0 + $1.count }
        for piece in pieces {
            do {
                let step = try decoder.decode(piece.span, into: &body, limit: 20)
                consumed += step.consumed
                if step.isComplete { return .complete(String(decoding: body, as: UTF8.self), rest: total - consumed) }
                #expect(step.consumed == piece.count)
            } catch {
                return .refused(error)
            }
        }
        return .needsMore
    }
}

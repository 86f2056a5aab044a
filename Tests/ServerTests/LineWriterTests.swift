// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Glibc
import HTTP
import Sockets
import Testing

@testable import Server

@Suite struct LineWriterTests {
    /// What comes out at the other end of a writer.
    private final class Reader {
        private let descriptor: Int32

        /// - Returns: the reader, and a writer into its pipe.
        static func make(bound: Int = 1_000_000) throws -> (Reader, LineWriter) {
            SignalDescriptor.ignoreBrokenPipes()
            var ends: [Int32] = [0, 0]
            try #require(unsafe pipe(&ends) == 0)
            let writer = try LineWriter(FileDescriptor(owning: ends[1]), bound: bound) { "lost \($0)\n" }
            return (Reader(ends[0]), writer)
        }

        private init(_ descriptor: Int32) {
            self.descriptor = descriptor
        }

        deinit { close(descriptor) }

        /// Reads until what has come satisfies the condition, or nothing more will.
        func lines(until isEnough: ([Substring]) -> Bool) -> [Substring] {
            var text = ""
            var piece = [UInt8](repeating: 0, count: 65536)
            while true {
                let lines = text.split(separator: "\n")
                if text.hasSuffix("\n"), isEnough(lines) { return lines }
                let count = unsafe read(descriptor, &piece, piece.count)
                if count <= 0 { return lines }
                text += String(decoding: piece[..<count], as: UTF8.self)
            }
        }
    }

    @Test func linesOfManyThreadsComeOutWholeAndInOrder() throws {
        let (reader, writer) = try Reader.make()
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            var lines = OutputBuffer()
            for number in 0..<1000 {
                lines.append(string: "\(thread) \(number)\n")
                if number % 7 == 0 { writer.take(&lines) }
            }
            writer.take(&lines)
        }
        writer.take("end\n")
        let lines = reader.lines { $0.last == "end" }.dropLast()
        for thread in 0..<4 {
            #expect(
                lines.filter { $0.hasPrefix("\(thread) ") }.map(String.init) == (0..<1000).map { "\(thread) \($0)" })
        }
        #expect(lines.count == 4000)
        writer.stop()
    }

    @Test func whatWaitsIsWrittenAtTheEndAndNothingAfterIt() throws {
        let (reader, writer) = try Reader.make()
        writer.take("last\n")
        writer.stop()
        writer.take("late\n")
        #expect(reader.lines { $0.last == "last" } == ["last"])
    }

    @Test func whoDoesNotReadIsNotWaitedForButToldWhatIsLost() throws {
        let (reader, writer) = try Reader.make(bound: 100_000)
        // More than the pipe holds and the writer keeps.
        let line = String(repeating: "x", count: 999) + "\n"
        for _ in 0..<1000 { writer.take(line) }
        let lines = reader.lines { Self.kept($0) + Self.lost($0) == 1000 }
        #expect(Self.lost(lines) > 0 && Self.kept(lines) > 0)
        writer.stop()
    }

    @Test func theEndDoesNotWaitLongForWhoDoesNotRead() throws {
        let (reader, writer) = try Reader.make()
        for _ in 0..<200 { writer.take(String(repeating: "x", count: 999) + "\n") }
        writer.stop(patience: 50)
        // Read late, it is all there.
        #expect(reader.lines { $0.count == 200 }.count == 200)
    }

    private static func kept(_ lines: [Substring]) -> Int { lines.count { $0.hasPrefix("x") } }

    private static func lost(_ lines: [Substring]) -> Int {
        lines.reduce(0) { $0 + ($1.hasPrefix("lost ") ? Int($1.dropFirst(5)) ?? 0 : 0) }
    }

    @Test func aReaderThatIsGoneIsNoHarm() throws {
        var (reader, writer): (Reader?, LineWriter) = try Reader.make()
        #expect(reader != nil)
        reader = nil
        for _ in 0..<100 { writer.take("line\n") }
        writer.stop()
    }
}

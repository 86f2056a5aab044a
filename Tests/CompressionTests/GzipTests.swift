// SPDX-License-Identifier: Apache-2.0

import Compression
import TestSupport
import Testing

@Suite struct GzipTests {
    private struct NoMemory: Error {}

    /// Sizes around those of the memory kept in between, and at both ends: a byte repeated, four letters, noise.
    @Test func whatComesOutAgainIsWhatWentIn() throws {
        var random = SeededGenerator()
        guard var gzip = Gzip() else { throw NoMemory() }
        for length in [0, 1, 2, 1000, 65_535, 65_536, 300_000, 3, 10] {
            for mask in [0, 3, 255] as [UInt8] {
                let content = random.bytes(length, mask: mask)
                let compressed = gzip.compress(content)
                let file = try #require(compressed)
                let again = try #require(gunzip(file))
                // Compared outside the macro, which would take it apart byte by byte.
                let isSame = again == content
                #expect(isSame, "seed \(random.seed), length \(length), mask \(mask)")
            }
        }
    }

    @Test func theSameContentBecomesTheSameBytes() throws {
        guard var first = Gzip(), var second = Gzip() else { throw NoMemory() }
        let content = Array(String(repeating: "the same content ", count: 100).utf8)
        let file = first.compress(content)
        _ = first.compress([1, 2, 3])
        let (again, other) = (first.compress(content), second.compress(content))
        #expect(again == file)
        #expect(other == file)
        #expect(try #require(file).count < content.count / 10)
    }
}

extension SeededGenerator {
    /// Eight at a time, so that large contents cost little.
    fileprivate mutating func bytes(_ count: Int, mask: UInt8) -> [UInt8] {
        let mask = UInt64(mask) &* 0x0101_0101_0101_0101
        let words = (0..<(count + 7) / 8).map { _ in next() & mask }
        // Unsafe: lent for the copy only.
        return unsafe words.withUnsafeBytes { unsafe Array($0.prefix(count)) }
    }
}

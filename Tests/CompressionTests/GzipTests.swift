// SPDX-License-Identifier: Apache-2.0

import Compression
import TestSupport
import Testing

@Suite struct GzipTests {
    private struct NoMemory: Error {}

    @Test func whatComesOutAgainIsWhatWentIn() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var state = seed
        guard var gzip = Gzip() else { throw NoMemory() }
        for length in [0, 1, 2, 1000, 65_535, 65_536, 300_000, 3, 2_000_000, 10] {
            for alphabet in [1, 4, 256] as [UInt64] {
                let content = (0..<length).map { _ in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return UInt8(truncatingIfNeeded: (state >> 33) % alphabet)
                }
                let compressed = gzip.compress(content)
                let file = try #require(compressed)
                #expect(gunzip(file) == content, "seed \(seed), length \(length), alphabet \(alphabet)")
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

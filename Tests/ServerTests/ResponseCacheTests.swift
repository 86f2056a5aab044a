// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import Testing

@testable import Server

@Suite struct ResponseCacheTests {
    private struct Asker {
        var cache: ResponseCache

        mutating func find(_ target: String, version: UInt64 = 1) throws -> Bool {
            try Self.read(target) { head, bytes in cache.entry(for: head, of: bytes, .identity, version: version) != nil
            }
        }

        mutating func keep(_ target: String, byteCount: Int, version: UInt64 = 1) throws {
            try Self.read(target) { head, bytes in
                let response = Response(status: .ok, body: Array(repeating: 0, count: byteCount))
                let question = cache.question(head, bytes, .identity, version: version)
                cache.keep(PreparedResponse(response), status: 200, route: nil, countedAt: 0, for: question)
            }
        }

        private static func read<Result>(
            _ target: String, _ body: (borrowing RequestHead, Span<UInt8>) throws -> Result
        ) throws -> Result {
            let bytes = Array("GET \(target) HTTP/1.1\r\nHost: t\r\n\r\n".utf8)
            var head = RequestHead()
            var parser = RequestParser(limits: Limits())
            try #require(parser.parse(bytes.span, into: &head))
            return try body(head, bytes.span)
        }
    }

    @Test func forgetsWhatNobodyAsksForAndKeepsWhatIsAskedFor() throws {
        var asker = Asker(cache: ResponseCache(byteCount: 100_000))
        #expect(try !asker.find("/often"))
        try asker.keep("/often", byteCount: 5000)
        try asker.keep("/once", byteCount: 5000)
        for number in 0..<100 {
            try asker.keep("/\(number)", byteCount: 5000)
            #expect(try asker.find("/often"))
        }
        #expect(try !asker.find("/once"))
        let kept = try (0..<100).filter { try asker.find("/\($0)") }.count
        #expect(kept < 20)
    }

    @Test func whatIsTooLargeIsNotKept() throws {
        var asker = Asker(cache: ResponseCache(byteCount: 100_000))
        #expect(try !asker.find("/a"))
        try asker.keep("/a", byteCount: 50_000)
        #expect(try !asker.find("/a"))
    }

    @Test func anotherVersionForgetsAllAndLateAnswersAreNotKept() throws {
        var asker = Asker(cache: ResponseCache(byteCount: 100_000))
        #expect(try !asker.find("/a", version: 1))
        try asker.keep("/a", byteCount: 1, version: 1)
        #expect(try asker.find("/a", version: 1))
        #expect(try !asker.find("/a", version: 2))
        try asker.keep("/a", byteCount: 1, version: 1)
        #expect(try !asker.find("/a", version: 2))
        #expect(try !asker.find("/a", version: 1))
    }
}

// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import Testing

@testable import Server

@Suite struct KnownRequestsTests {
    private let request = Array("GET /a HTTP/1.1\r\n\r\n".utf8)
    private var found: FoundAnswer {
        get throws {
            var cache = ResponseCache(byteCount: 100_000)
            var parser = RequestParser(limits: Limits())
            var head = RequestHead()
            let bytes = Array("GET /a HTTP/1.1\r\nHost: t\r\n\r\n".utf8)
            let isWhole = try parser.parse(bytes.span, into: &head)
            try #require(isWhole)
            let question = cache.question(head, bytes.span, .identity, version: 0)
            cache.keep(
                PreparedResponse(Response(status: .ok)), status: 200, route: nil, countedAt: 7, for: question)
            let entry = cache.entry(for: head, of: bytes.span, .identity, version: 0)
            return FoundAnswer(
                entry: try #require(entry), isHeld: false, isHead: false, persistence: .implied, method: .empty,
                target: .empty,
                countedAt: 7)
        }
    }

    @Test func aRequestIsKnownOnceItHasComeTwice() throws {
        var known = KnownRequests()
        #expect(known.answer(to: request.span) == nil)
        #expect(known.know(request.span, try found) == 0)
        #expect(known.answer(to: request.span) == nil)
        #expect(known.know(request.span, try found) > request.count)
        #expect(known.answer(to: request.span)?.countedAt == 7)
    }

    @Test func oneByteMoreOrLessOrOtherIsAnotherRequest() throws {
        var known = KnownRequests()
        for _ in 0..<2 { _ = known.know(request.span, try found) }
        #expect(known.answer(to: (request + [10]).span) == nil)
        #expect(known.answer(to: Array(request.dropLast()).span) == nil)
        for index in request.indices {
            var other = request
            other[index] ^= 1
            #expect(known.answer(to: other.span) == nil)
        }
    }

    @Test func whatIsForgottenIsKnownAgainAtOnce() throws {
        var known = KnownRequests()
        for _ in 0..<2 { _ = known.know(request.span, try found) }
        known.removeAll()
        #expect(known.answer(to: request.span) == nil)
        #expect(known.know(request.span, try found) > 0)
        #expect(known.answer(to: request.span) != nil)
    }

    @Test func longRequestsAreReadEachTime() throws {
        var known = KnownRequests()
        let long = [UInt8](repeating: 65, count: 1025)
        for _ in 0..<3 { #expect(known.know(long.span, try found) == 0) }
        #expect(known.answer(to: long.span) == nil)
    }

    /// Many more than there are places: some push others out, and none is given another's answer.
    @Test func placesAreShared() throws {
        var known = KnownRequests()
        let answer = try found
        let requests = (0..<5000).map { Array("GET /\($0) HTTP/1.1\r\n\r\n".utf8) }
        for request in requests { for _ in 0..<2 { _ = known.know(request.span, answer) } }
        let kept = requests.filter { known.answer(to: $0.span) != nil }.count
        #expect(kept > 500 && kept <= 1024)
    }
}

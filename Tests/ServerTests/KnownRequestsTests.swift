// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import Testing

@testable import Server

@Suite struct KnownRequestsTests {
    private let request = Array("GET /a HTTP/1.1\r\n\r\n".utf8)
    private let room = 1_000_000

    /// An answer that is told from others by where it is counted.
    private func answer(_ number: Int = 7) throws -> FoundAnswer {
        var cache = ResponseCache(byteCount: 100_000)
        var parser = RequestParser(limits: Limits())
        var head = RequestHead()
        let bytes = Array("GET /a HTTP/1.1\r\nHost: t\r\n\r\n".utf8)
        let isWhole = try parser.parse(bytes.span, into: &head)
        try #require(isWhole)
        let question = cache.question(head, bytes.span, .identity, version: 0)
        cache.keep(PreparedResponse(Response(status: .ok)), status: 200, route: nil, countedAt: 0, for: question)
        let found = cache.entry(for: head, of: bytes.span, .identity, version: 0)
        let entry = try #require(found)
        return FoundAnswer(
            entry: entry, isHeld: false, isHead: false, persistence: .implied, method: .empty, target: .empty,
            countedAt: number)
    }

    @Test func aRequestIsKnownOnceItHasComeTwice() throws {
        var known = KnownRequests()
        #expect(known.answer(to: request.span) == nil)
        known.know(request.span, try answer(), room: room)
        #expect(known.answer(to: request.span) == nil)
        known.know(request.span, try answer(), room: room)
        #expect(known.answer(to: request.span)?.countedAt == 7)
    }

    @Test func oneByteMoreOrLessOrOtherIsAnotherRequest() throws {
        var known = KnownRequests()
        for _ in 0..<2 { known.know(request.span, try answer(), room: room) }
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
        for _ in 0..<2 { known.know(request.span, try answer(), room: room) }
        known.removeAll()
        #expect(known.answer(to: request.span) == nil)
        known.know(request.span, try answer(), room: room)
        #expect(known.answer(to: request.span) != nil)
    }

    /// Two requests that can be sent, and have the same hash.
    @Test func aTwinMakesRoom() throws {
        let agent = Array("GET /a HTTP/1.1\r\nHost: t\r\nUser-Agent: ".utf8)
        let request = agent + Array("abcdefghijklmnopqrstuvwxyz0123456789\r\n\r\n".utf8)
        var twin: [UInt8]?
        // The highest bits of a word pass through the multiplication alone.
        for word in stride(from: 0, to: request.count - 16, by: 8) {
            var other = request
            for index in [word + 7, word + 11, word + 15] { other[index] ^= 0x80 }
            if KnownRequests.hash(of: other.span) == KnownRequests.hash(of: request.span) { twin = other }
        }
        let other = try #require(twin)
        var known = KnownRequests()
        for _ in 0..<2 { known.know(other.span, try answer(1), room: room) }
        #expect(known.answer(to: other.span)?.countedAt == 1)
        #expect(known.answer(to: request.span) == nil)
        for _ in 0..<2 { known.know(request.span, try answer(2), room: room) }
        #expect(known.answer(to: request.span)?.countedAt == 2)
        #expect(known.answer(to: other.span) == nil)
    }

    @Test func whatIsTooShortOrTooLongIsNotLookedAt() throws {
        var known = KnownRequests()
        for _ in 0..<2 { known.know(request.span, try answer(), room: room) }
        for length in Array(0...9) + [1023, 1024, 1025] {
            let bytes = [UInt8](repeating: 65, count: length)
            for _ in 0..<2 { known.know(bytes.span, try answer(), room: room) }
            #expect((known.answer(to: bytes.span) != nil) == (8...1024).contains(length), "\(length)")
        }
    }

    @Test func longRequestsAreReadEachTime() throws {
        var known = KnownRequests()
        let long = [UInt8](repeating: 65, count: 1025)
        for _ in 0..<3 { known.know(long.span, try answer(), room: room) }
        #expect(known.answer(to: long.span) == nil)
        #expect(known.byteCount == 0)
    }

    /// Many more than there are places: some push others out, and none is given another's answer.
    @Test func placesAreShared() throws {
        var known = KnownRequests()
        let requests = (0..<5000).map { Array("GET /\($0) HTTP/1.1\r\n\r\n".utf8) }
        let answers = try requests.indices.map { try answer($0) }
        for (request, answer) in zip(requests, answers) {
            for _ in 0..<2 { known.know(request.span, answer, room: room) }
        }
        let kept = requests.indices.filter { number in
            let request = requests[number]
            guard let found = known.answer(to: request.span) else { return false }
            #expect(found.countedAt == number)
            return true
        }
        #expect(kept.count > 500 && kept.count <= 1024)
    }

    @Test func countsWhatItKeepsAndNoMore() throws {
        var known = KnownRequests()
        let requests = (0..<5000).map { Array("GET /\($0 % 3000) HTTP/1.1\r\n\r\n".utf8) }
        let answer = try answer()
        for _ in 0..<3 { known.know(request.span, answer, room: room) }
        let one = known.byteCount
        for _ in 0..<1000 { known.know(request.span, answer, room: room) }
        #expect(known.byteCount == one)
        for request in requests { for _ in 0..<2 { known.know(request.span, answer, room: room) } }
        #expect(known.byteCount > one && known.byteCount < 300_000)
        known.removeAll()
        #expect(known.byteCount < one)
    }

    @Test func keepsWithinItsRoom() throws {
        var known = KnownRequests()
        let answer = try answer()
        for _ in 0..<3 { known.know(request.span, answer, room: 20_000) }
        #expect(known.byteCount == 0, "the table alone would take most of it")
        let requests = (0..<1000).map { Array("GET /\($0) HTTP/1.1\r\n\r\n".utf8) }
        for request in requests { for _ in 0..<2 { known.know(request.span, answer, room: 150_000) } }
        #expect(known.byteCount > 100_000 && known.byteCount <= 150_000)
    }

    /// One request over and over, to a responder of its own.
    private final class Asker {
        let state = TestHandlerState()
        private var responder: Responder
        private let bytes = Array("GET /shared/a HTTP/1.1\r\nHost: t\r\n\r\n".utf8)
        private let caller = Caller(origin: .network, address: nil)

        init() { responder = Responder(handler: TestHandler(state), cacheBytes: 1_000_000, observer: nil) }

        var figures: LoopFigures { responder.collectFigures() }

        /// Reads it.
        /// - Returns: whether the handler had to be asked.
        func read() throws -> Bool {
            let bytes = bytes
            var parser = RequestParser(limits: Limits())
            var head = RequestHead()
            let isWhole = try parser.parse(bytes.span, into: &head)
            try #require(isWhole)
            defer { responder.output.removeAll() }
            if responder.answerFromCache(head, bytes.span, caller: caller, isLast: false, mayBeKnown: true) {
                return false
            }
            var exchange = responder.exchange(head, bytes.span, caller: caller, mayBeRefused: false)
            let request = head.request(bytes: bytes.span, body: [], id: exchange.id, origin: .network)
            _ = responder.answer(request, &exchange, isLast: false)
            return true
        }

        /// Whether it is answered without being read.
        func isKnown() -> Bool {
            let bytes = bytes
            defer { responder.output.removeAll() }
            return responder.answerKnown(bytes.span, caller: caller, isLast: false) != nil
        }
    }

    /// Nothing that clients see tells whether a request was read.
    @Test func aRequestThatHasBeenAnsweredTwiceFromTheStoreIsNotReadAgain() throws {
        let asker = Asker()
        for wasAsked in [true, false, false] {
            #expect(!asker.isKnown())
            #expect(try asker.read() == wasAsked)
        }
        #expect(asker.isKnown())
        let before = asker.figures
        for _ in 0..<10_000 { #expect(asker.isKnown()) }
        #expect(asker.figures.cacheHits == before.cacheHits + 10_000)
        // Read all the same, as where two came together.
        for _ in 0..<1000 { #expect(try !asker.read()) }
        #expect(asker.figures.cacheBytes == before.cacheBytes)

        asker.state.moveVersionOn()
        #expect(!asker.isKnown())
        #expect(try asker.read())
        #expect(asker.state.askedCount == 2)
    }
}

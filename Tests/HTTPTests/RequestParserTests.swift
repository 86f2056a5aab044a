// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import HTTP

@Suite struct RequestParserTests {
    @Test func theCorpusIsLarge() {
        #expect(WireCorpus.all.count >= 200)
    }

    @Test(arguments: WireCorpus.all)
    func readsAsExpectedHoweverItIsCut(_ item: WireCase) {
        let feed = RequestFeed()
        let whole = feed.whole(item.bytes)
        switch (item.outcome, whole) {
        case (.accepted, .accepted), (.needsMore, .needsMore): break
        case (.refused(let wanted), .refused(let error)): #expect(error == wanted)
        default: Issue.record("\(whole)")
        }
        #expect(feed.byteByByte(item.bytes) == whole)
        for cut in 0...item.bytes.count {
            #expect(feed.feed(item.bytes, upTo: [cut, item.bytes.count]) == whole, "cut at \(cut)")
        }
    }

    @Test func aRefusalComesAtTheFirstByteThatCausesIt() {
        let cases: [(text: String, error: WireError)] = [
            ("\u{16}", .tlsHandshake),
            ("GET / HTTP/1.1\n", .bareLineFeed),
            ("GE(", .invalidMethod),
            ("GET  ", .requestLineWhitespace),
            ("GET / HTTP/2.0", .unsupportedVersion),
            ("GET / HTTP/1.1\r\nA ", .whitespaceBeforeColon),
            ("GET / HTTP/1.1\r\nContent-Length: x\r\n", .invalidContentLength),
            ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n", .repeatedHost),
        ]
        for (text, error) in cases {
            let bytes = Array(text.utf8)
            #expect(RequestFeed().whole(bytes) == .refused(error))
            #expect(RequestFeed().whole(bytes.dropLast()) == .needsMore)
        }
    }

    @Test func saysWhatStandsWhere() throws {
        let fields = "Host: h:1\r\nX-Y:  v w \r\nContent-Length: 12\r\nExpect: 100-continue\r\n"
        let text = "PATCH /a?b=c HTTP/1.1\r\n\(fields)\r\n"
        let expected = Reading.Summary(
            method: "PATCH", target: "/a?b=c", minorVersion: 1,
            fields: ["Host=h:1", "X-Y=v w", "Content-Length=12", "Expect=100-continue"], byteCount: text.utf8.count,
            framing: .length(12), isPersistent: true, expectsContinue: true, host: "h:1")
        #expect(RequestFeed().whole(Array((text + "and more").utf8)) == .accepted(expected))
    }

    @Test(arguments: [
        ("HTTP/1.1", "X: y", true), ("HTTP/1.1", "Connection: close", false),
        ("HTTP/1.1", "connection: a, CLOSE", false),
        ("HTTP/1.1", "Connection: keep-alive", true), ("HTTP/1.1", "Connection: keep-alive, close", false),
        ("HTTP/1.1", "Connection: closed", true), ("HTTP/1.0", "X: y", false),
        ("HTTP/1.0", "Connection: keep-alive", true), ("HTTP/1.0", "Connection: Keep-Alive, close", false),
        ("HTTP/1.1", "Connection: a\r\nConnection: close", false), ("HTTP/1.5", "X: y", true),
    ])
    func knowsWhetherTheConnectionPersists(_ version: String, _ field: String, _ persists: Bool) throws {
        let parsed = try parsed("GET / \(version)\r\nHost: a\r\n\(field)\r\n\r\n")
        #expect(parsed.head.isPersistent == persists)
        #expect(parsed.head.persistence(closing: true) == .close)
        let expected: Persistence = !persists ? .close : version == "HTTP/1.0" ? .keepAlive : .implied
        #expect(parsed.head.persistence(closing: false) == expected)
    }

    @Test func knowsTheFraming() throws {
        #expect(try parsed("GET / HTTP/1.1\r\nHost: a\r\n\r\n").head.framing == .none)
        #expect(try parsed("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").head.framing == .none)
        #expect(try parsed("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n\r\n").head.framing == .length(7))
        #expect(try parsed("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n").head.framing == .chunked)
    }

    @Test func anExpectationWithoutContentIsNone() throws {
        #expect(try !parsed("GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n").head.expectsContinue)
        #expect(try !parsed("GET / HTTP/1.0\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n").head.expectsContinue)
    }

    @Test func theAuthorityOfTheTargetOutranksHost() throws {
        let parsed = try parsed("GET HTTP://b.example:81/x?y HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(
            parsed.head.host.map { parsed.bytes[$0.range] }.map { String(decoding: $0, as: UTF8.self) }
                == "b.example:81")
        #expect(String(decoding: parsed.bytes[parsed.head.target.range], as: UTF8.self) == "/x?y")
    }

    @Test(arguments: [
        ("GET", "X: y", true), ("HEAD", "If-None-Match: \"a\"", true), ("GET", "Accept: a/b\r\nOrigin: o", true),
        ("POST", "X: y", false), ("GET", "Authorization: Bearer t", false), ("GET", "authorization:", false),
        ("GET", "If-Match: \"a\"", false), ("GET", "If-Modified-Since: x", false), ("GET", "If-Range: x", false),
        ("GET", "If-Unmodified-Since: x", false), ("GET", "Range: bytes=0-", false),
        ("GET", "Content-Length: 3", false),
        ("GET", "Accept: a/b\r\nAccept: c/d", false), ("GET", "If-None-Match: \"a\"\r\nIf-None-Match: \"b\"", false),
        ("GET", "Accept-Encoding: gzip\r\nX: y\r\naccept-encoding: br", false), ("OPTIONS", "X: y", false),
    ])
    func onlyAPlainReadMayComeFromTheCache(_ method: String, _ fields: String, _ may: Bool) throws {
        #expect(try parsed("\(method) / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n\r\n").head.mayBeAnsweredFromCache == may)
    }

    @Test func oneHeadServesRequestAfterRequest() throws {
        var parser = RequestParser(limits: Limits())
        var head = RequestHead()
        let fields = "Host: a\r\nContent-Length: 2\r\nAccept: a\r\nConnection: keep-alive\r\n"
        let first = "POST http://x/ HTTP/1.0\r\n\(fields)\r\n"
        let second = "GET / HTTP/1.1\r\nHost: b\r\n\r\n"
        let bytes = Array((first + second).utf8)
        #expect(try parser.parse(bytes.span, into: &head))
        #expect(head.byteCount == first.utf8.count)
        let rest = Array(bytes.dropFirst(head.byteCount))
        #expect(try parser.parse(rest.span, into: &head))
        #expect(head.method == .get && head.framing == .none && head.accept == nil && head.fields.count == 1)
        #expect(head.isPersistent && head.minorVersion == 1)
        #expect(head.host.map { Array(rest[$0.range]) } == Array("b".utf8))
    }

    @Test func aDripOfBytesIsReadInTimeAndInFull() {
        let lines = (0..<100).map { "Field-\($0): " + String(repeating: "v", count: 300) }.joined(separator: "\r\n")
        let text = "GET / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n\r\n"
        var parser = RequestParser(limits: Limits())
        var head = RequestHead()
        let bytes = Array(text.utf8)
        var completedAt: Int?
        for end in 1...bytes.count where completedAt == nil {
            if (try? parser.parse(bytes.span.extracting(0..<end), into: &head)) == true { completedAt = end }
        }
        #expect(completedAt == bytes.count)
        #expect(head.fields.count == 101)
    }

    @Test func aFaultInALongDripIsNoticedBeforeTheHeadEnds() {
        let lines = String(repeating: "Field: " + String(repeating: "v", count: 300) + "\r\n", count: 50)
        let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\n\(lines)Content-Length: x\r\n\(lines)".utf8)
        #expect(RequestFeed().whole(bytes) == .refused(.invalidContentLength))
        #expect(RequestFeed().byteByByte(bytes) == .refused(.invalidContentLength))
    }

    // MARK: Limits

    @Test(arguments: [(0, true), (1, false)])
    func theRequestLineIsBounded(_ excess: Int, _ isAccepted: Bool) {
        let limits = Limits(requestLine: 100)
        let path = "/" + String(repeating: "a", count: 100 + excess - "GET / HTTP/1.1".utf8.count)
        check("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n", limits, isAccepted ? nil : .requestLineTooLong(limit: 100))
    }

    @Test(arguments: [(0, true), (1, false)])
    func theHeaderSectionIsBounded(_ excess: Int, _ isAccepted: Bool) {
        let limits = Limits(headerSection: 200)
        let value = String(repeating: "v", count: 200 + excess - "Host: a\r\nA: \r\n".utf8.count)
        check(
            "GET / HTTP/1.1\r\nHost: a\r\nA: \(value)\r\n\r\n", limits,
            isAccepted ? nil : .headerSectionTooLarge(limit: 200))
    }

    @Test(arguments: [(0, true), (1, false)])
    func theFieldsAreCounted(_ excess: Int, _ isAccepted: Bool) {
        for limit in [5, 128] {
            let lines = (1..<(limit + excess)).map { "A\($0): b\r\n" }.joined()
            check(
                "GET / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n", Limits(fieldCount: limit),
                isAccepted ? nil : .tooManyFields(limit: limit))
        }
        #expect(Limits(fieldCount: 1000).fieldCount == 128)
    }

    @Test func limitsStayWithinWhatOffsetsCanHold() {
        var limits = Limits(requestLine: .max, headerSection: .max, fieldCount: .max, body: .max)
        #expect(limits.wholeHead == 2 * 1_048_576 + 6)
        #expect(limits.fieldCount == RequestHead.fieldCapacity)
        limits.requestLine = .min
        limits.headerSection = .max
        limits.fieldCount = 0
        limits.body = -1
        #expect(limits == Limits(requestLine: 32, headerSection: 1_048_576, fieldCount: 1, body: 0))
        limits = Limits(requestLine: .max, headerSection: .max)
        guard case .accepted = RequestFeed(limits: limits).whole(Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)) else {
            Issue.record("refused")
            return
        }
    }

    @Test func aHeadWithoutEndIsRefusedAtTheLimit() {
        for (start, error) in [
            ("", WireError.requestLineTooLong(limit: 50)), ("GET /", .requestLineTooLong(limit: 50)),
            ("GET / HTTP/1.1\r\nA", .headerSectionTooLarge(limit: 80)),
            ("GET / HTTP/1.1\r\nA:", .headerSectionTooLarge(limit: 80)),
        ] {
            let feed = RequestFeed(limits: Limits(requestLine: 50, headerSection: 80))
            let bytes = Array((start + String(repeating: "a", count: 1000)).utf8)
            #expect(feed.whole(bytes) == .refused(error))
            #expect(feed.byteByByte(bytes) == .refused(error))
        }
    }

    /// Fed whole and byte by byte: refused with the error, or accepted when there is none.
    private func check(_ text: String, _ limits: Limits, _ error: WireError?) {
        let feed = RequestFeed(limits: limits)
        let whole = feed.whole(Array(text.utf8))
        #expect(feed.byteByByte(Array(text.utf8)) == whole)
        if let error {
            #expect(whole == .refused(error))
        } else if case .accepted = whole {
        } else {
            Issue.record("\(whole)")
        }
    }

    // MARK: Random bytes

    @Test func mutationsNeverTrapNorDependOnTheCut() {
        let seed = UInt64.random(in: .min ... .max)
        print("mutations of requests: seed \(seed)")
        var random = SeededGenerator(seed: seed)
        for _ in 0..<3000 {
            var bytes = WireCorpus.all.randomElement(using: &random).map(\.bytes) ?? []
            bytes.mutate(using: &random)
            let feed = RequestFeed(limits: Limits(requestLine: 40, headerSection: 60, fieldCount: 4))
            let whole = feed.whole(bytes)
            let cut = Int.random(in: 0...bytes.count, using: &random)
            #expect(feed.feed(bytes, upTo: [cut, bytes.count]) == whole, "seed \(seed) bytes \(bytes)")
            #expect(feed.byteByByte(bytes) == whole, "seed \(seed) bytes \(bytes)")
        }
    }

    /// An object, since `#expect` copies the values it looks at.
    private final class Parsed {
        let head: RequestHead
        let bytes: [UInt8]

        init(_ head: consuming RequestHead, _ bytes: [UInt8]) {
            self.head = head
            self.bytes = bytes
        }
    }

    private func parsed(_ text: String) throws -> Parsed {
        let bytes = Array(text.utf8)
        var parser = RequestParser(limits: Limits())
        var head = RequestHead()
        try #require(try parser.parse(bytes.span, into: &head))
        return Parsed(head, bytes)
    }
}

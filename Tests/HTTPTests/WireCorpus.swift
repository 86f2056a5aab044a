// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import HTTP

/// Requests and what has to come of them. Each is fed whole, byte by byte and cut in two at every place.
struct WireCase: Sendable, CustomTestStringConvertible {
    enum Outcome: Sendable, Equatable {
        case accepted
        case refused(WireError)
        case needsMore
    }

    let bytes: [UInt8]
    let outcome: Outcome

    init(_ bytes: [UInt8], _ outcome: Outcome) {
        self.bytes = bytes
        self.outcome = outcome
    }

    init(_ text: String, _ outcome: Outcome) {
        self.init(Array(text.utf8), outcome)
    }

    var testDescription: String { "\(String(decoding: bytes, as: UTF8.self).debugDescription) \(outcome)" }
}

enum WireCorpus {
    static let all = requestLines + targets + fieldLines + hosts + lengths + codings + connections + incomplete

    /// A request whose head is the line, then a Host field.
    static func line(_ line: String, _ outcome: WireCase.Outcome = .accepted) -> WireCase {
        WireCase("\(line)\r\nHost: a\r\n\r\n", outcome)
    }

    /// A request with the field lines after its Host field.
    private static func fields(_ lines: String, _ outcome: WireCase.Outcome = .accepted) -> WireCase {
        WireCase("POST / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n\r\n", outcome)
    }

    /// The same for HTTP/1.0.
    private static func oldFields(_ lines: String, _ outcome: WireCase.Outcome = .accepted) -> WireCase {
        WireCase("POST / HTTP/1.0\r\n\(lines)\r\n\r\n", outcome)
    }

    private static let requestLines: [WireCase] = [
        line("GET / HTTP/1.1"),
        line("GET / HTTP/1.0"),
        line("GET / HTTP/1.2"),
        line("GET / HTTP/1.9"),
        line("HEAD / HTTP/1.1"),
        line("POST / HTTP/1.1"),
        line("PUT / HTTP/1.1"),
        line("PATCH / HTTP/1.1"),
        line("DELETE / HTTP/1.1"),
        line("OPTIONS / HTTP/1.1"),
        line("BREW / HTTP/1.1"),
        line("get / HTTP/1.1"),
        line("!#$%&'*+-.^_`|~09azAZ / HTTP/1.1"),
        line("\r\nGET / HTTP/1.1"),
        line("\r\n\r\nGET / HTTP/1.1", .refused(.repeatedEmptyLine)),
        line("\nGET / HTTP/1.1", .refused(.bareLineFeed)),
        line("\rGET / HTTP/1.1", .refused(.bareCarriageReturn)),
        line(" GET / HTTP/1.1", .refused(.requestLineWhitespace)),
        line("\tGET / HTTP/1.1", .refused(.requestLineWhitespace)),
        line("GET  / HTTP/1.1", .refused(.requestLineWhitespace)),
        line("GET /  HTTP/1.1", .refused(.requestLineWhitespace)),
        line("GET / HTTP/1.1 ", .refused(.requestLineWhitespace)),
        line("GET / HTTP/1.1\t", .refused(.requestLineWhitespace)),
        line("GET\t/ HTTP/1.1", .refused(.requestLineWhitespace)),
        line("GET /\tHTTP/1.1", .refused(.requestLineWhitespace)),
        line("GET / \tHTTP/1.1", .refused(.requestLineWhitespace)),
        line("GET\u{0B}/ HTTP/1.1", .refused(.invalidMethod)),
        line("G@T / HTTP/1.1", .refused(.invalidMethod)),
        line("G\u{00}T / HTTP/1.1", .refused(.invalidMethod)),
        line("GÉT / HTTP/1.1", .refused(.invalidMethod)),
        line("(GET) / HTTP/1.1", .refused(.invalidMethod)),
        line("GET", .refused(.missingTarget)),
        line("GET ", .refused(.missingTarget)),
        line("GET /", .refused(.missingVersion)),
        line("GET / ", .refused(.missingVersion)),
        WireCase("GET /\n", .refused(.bareLineFeed)),
        WireCase("GET / HTTP/1.1\nHost: a\n\n", .refused(.bareLineFeed)),
        WireCase("GET / HTTP/1.1\rHost: a\r\r", .refused(.bareCarriageReturn)),
        line("GET / http/1.1", .refused(.invalidVersion)),
        line("GET / HTTP", .refused(.invalidVersion)),
        line("GET / HTTP/1", .refused(.invalidVersion)),
        line("GET / HTTP/1.", .refused(.invalidVersion)),
        line("GET / HTTP/11", .refused(.invalidVersion)),
        line("GET / HTTP/1.10", .refused(.invalidVersion)),
        line("GET / HTTP/1.1x", .refused(.invalidVersion)),
        line("GET / HTTP/1,1", .refused(.invalidVersion)),
        line("GET / HTTPS/1.1", .refused(.invalidVersion)),
        line("GET / HTTP /1.1", .refused(.requestLineWhitespace)),
        line("GET / HTTP/+1.1", .refused(.invalidVersion)),
        line("GET / HTTP/0.9", .refused(.unsupportedVersion)),
        line("GET / HTTP/2.0", .refused(.unsupportedVersion)),
        line("GET / HTTP/3.1", .refused(.unsupportedVersion)),
        WireCase("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", .refused(.unsupportedVersion)),
        WireCase([0x16, 0x03, 0x01, 0x02, 0x00, 0x01], .refused(.tlsHandshake)),
        WireCase([0x00], .refused(.invalidMethod)),
        WireCase([0x80, 0x2E, 0x01], .refused(.invalidMethod)),
        WireCase("{\"jsonrpc\":", .refused(.invalidMethod)),
    ]

    private static let fieldLines: [WireCase] = [
        fields("A: b"),
        fields("A:b"),
        fields("A:"),
        fields("A: "),
        fields("A:  \t b c \t "),
        fields("A: b\tc"),
        fields("A: \u{E9}"),
        fields("A: \"q\\\"\", b;c=d"),
        fields("!#$%&'*+-.^_`|~09: b"),
        fields("A: b\r\nA: c"),
        fields("A: a value long enough to be read in several words of eight bytes"),
        fields("A: a value\tlong enough, with\ttabs\tin it, for the same reading by words"),
        WireCase(Array("GET / HTTP/1.1\r\nHost: a\r\nA: ".utf8) + [0xFF, 0x80] + Array("\r\n\r\n".utf8), .accepted),
        fields(" A: b", .refused(.obsoleteFolding)),
        fields("A: b\r\n c", .refused(.obsoleteFolding)),
        fields("A: b\r\n\tc", .refused(.obsoleteFolding)),
        fields("A: b\r\n ", .refused(.obsoleteFolding)),
        WireCase("GET / HTTP/1.1\r\n Host: a\r\n\r\n", .refused(.obsoleteFolding)),
        fields("A : b", .refused(.whitespaceBeforeColon)),
        fields("A\t: b", .refused(.whitespaceBeforeColon)),
        fields("A b: c", .refused(.whitespaceBeforeColon)),
        fields(": b", .refused(.emptyFieldName)),
        fields("A", .refused(.invalidFieldName)),
        fields("A[]: b", .refused(.invalidFieldName)),
        fields("A\u{00}: b", .refused(.invalidFieldName)),
        fields("\u{E9}: b", .refused(.invalidFieldName)),
        fields("A\r: b", .refused(.invalidFieldName)),
        fields("A\n: b", .refused(.bareLineFeed)),
        fields("A: b\nB: c", .refused(.bareLineFeed)),
        fields("A: b\rB: c", .refused(.bareCarriageReturn)),
        fields("A: b\r\r\n", .refused(.bareCarriageReturn)),
        fields("A: b\u{00}c", .refused(.invalidFieldValue)),
        fields("A: b\u{01}", .refused(.invalidFieldValue)),
        fields("A: b\u{0B}c", .refused(.invalidFieldValue)),
        fields("A: b\u{7F}c", .refused(.invalidFieldValue)),
        fields("A: a longer value with a delete character in it: \u{7F} there", .refused(.invalidFieldValue)),
        fields("A: a longer value with an escape character in it: \u{1B} there", .refused(.invalidFieldValue)),
        fields("\r", .refused(.bareCarriageReturn)),
        WireCase("GET / HTTP/1.1\r\nHost: a\r\n\n", .refused(.bareLineFeed)),
        WireCase("GET / HTTP/1.1\r\nHost: a\r\n\rX", .refused(.bareCarriageReturn)),
    ]

    private static let lengths: [WireCase] = [
        fields("Content-Length: 0"),
        fields("Content-Length: 5"),
        fields("content-length: 5"),
        fields("Content-Length: 007"),
        fields("Content-Length: 9223372036854775807"),
        fields("Content-Length: 9223372036854775808", .refused(.contentTooLarge(limit: 1_048_576))),
        fields("Content-Length: 99999999999999999999999999", .refused(.contentTooLarge(limit: 1_048_576))),
        fields("Content-Length:", .refused(.invalidContentLength)),
        fields("Content-Length: +5", .refused(.invalidContentLength)),
        fields("Content-Length: -5", .refused(.invalidContentLength)),
        fields("Content-Length: 5 5", .refused(.invalidContentLength)),
        fields("Content-Length: 5, 5", .refused(.invalidContentLength)),
        fields("Content-Length: 5,6", .refused(.invalidContentLength)),
        fields("Content-Length: 0x5", .refused(.invalidContentLength)),
        fields("Content-Length: 5.0", .refused(.invalidContentLength)),
        fields("Content-Length: five", .refused(.invalidContentLength)),
        fields("Content-Length: \u{0665}", .refused(.invalidContentLength)),
        fields("Content-Length: 99999999999999999999x", .refused(.invalidContentLength)),
        fields("Content-Length: 5\r\nContent-Length: 5", .refused(.repeatedContentLength)),
        fields("Content-Length: 5\r\nContent-Length: 6", .refused(.repeatedContentLength)),
        fields("Content-Length: 0\r\ncontent-length: 5", .refused(.repeatedContentLength)),
        oldFields("Content-Length: 5"),
    ]

    private static let codings: [WireCase] = [
        fields("Transfer-Encoding: chunked"),
        fields("transfer-encoding: CHUNKED"),
        fields("Transfer-Encoding: , chunked ,"),
        fields("Transfer-Encoding:", .refused(.invalidTransferCoding)),
        fields("Transfer-Encoding: ,", .refused(.invalidTransferCoding)),
        fields("Transfer-Encoding: gzip", .refused(.unsupportedTransferCoding)),
        fields("Transfer-Encoding: identity", .refused(.unsupportedTransferCoding)),
        fields("Transfer-Encoding: xchunked", .refused(.unsupportedTransferCoding)),
        fields("Transfer-Encoding: chunked;a=b", .refused(.unsupportedTransferCoding)),
        fields("Transfer-Encoding: \"chunked\"", .refused(.unsupportedTransferCoding)),
        fields("Transfer-Encoding: gzip, chunked", .refused(.unsupportedTransferCoding)),
        fields("Transfer-Encoding: chunked, gzip", .refused(.invalidTransferCoding)),
        fields("Transfer-Encoding: chunked, chunked", .refused(.invalidTransferCoding)),
        fields("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", .refused(.invalidTransferCoding)),
        fields("Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip", .refused(.invalidTransferCoding)),
        fields("Transfer-Encoding : chunked", .refused(.whitespaceBeforeColon)),
        fields("Content-Length: 5\r\nTransfer-Encoding: chunked", .refused(.lengthAndTransferCoding)),
        fields("Transfer-Encoding: chunked\r\nContent-Length: 5", .refused(.lengthAndTransferCoding)),
        fields("Transfer-Encoding: chunked\r\nContent-Length: 0", .refused(.lengthAndTransferCoding)),
        oldFields("Transfer-Encoding: chunked", .refused(.transferCodingBeforeHTTP11)),
    ]

    private static let connections: [WireCase] = [
        fields("Connection: close"),
        fields("Connection: Keep-Alive, Upgrade\r\nUpgrade: h2c"),
        oldFields("Connection: keep-alive"),
        fields("Expect: 100-continue\r\nContent-Length: 5"),
        fields("Expect: 100-Continue"),
        fields("Expect: 200-ok", .refused(.unknownExpectation)),
        fields("Expect:", .refused(.unknownExpectation)),
        oldFields("Expect: anything"),
    ]

    private static let incomplete: [WireCase] = [
        WireCase("", .needsMore),
        WireCase("\r", .needsMore),
        WireCase("\r\n", .needsMore),
        WireCase("GET", .needsMore),
        WireCase("GET / HTTP/1.1", .needsMore),
        WireCase("GET / HTTP/1.1\r\n", .needsMore),
        WireCase("GET / HTTP/1.1\r\nHost", .needsMore),
        WireCase("GET / HTTP/1.1\r\nHost: a\r\n", .needsMore),
        WireCase("GET / HTTP/1.1\r\nHost: a\r\n\r", .needsMore),
    ]
}

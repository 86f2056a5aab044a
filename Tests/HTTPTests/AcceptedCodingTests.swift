// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import HTTP

@Suite struct AcceptedCodingTests {
    private func coding(_ fields: String) throws -> AcceptedCoding {
        let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n".utf8)
        var parser = RequestParser(limits: Limits())
        var head = RequestHead()
        try #require(parser.parse(bytes.span, into: &head))
        return AcceptedCoding(head, of: bytes.span)
    }

    @Test(arguments: [
        ("", AcceptedCoding.identity), ("gzip", .gzip), ("GZip", .gzip), ("x-gzip", .gzip), ("br", .identity),
        ("gzip, deflate, br, zstd", .gzip), ("br;q=1.0, gzip;q=0.8, *;q=0.1", .gzip), ("*", .gzip), ("*;q=0", .nothing),
        ("gzip;q=0", .identity), ("gzip;q=0.0", .identity), ("gzip;q=0.001", .gzip), ("gzip; q=0.5", .gzip),
        ("gzip ;\tQ=0.5", .gzip), ("identity", .identity), ("identity;q=0", .nothing),
        ("identity;q=0, gzip", .onlyGzip),
        ("*;q=0, gzip", .onlyGzip), ("*;q=0, identity", .identity), ("identity;q=0, *", .onlyGzip),
        ("gzip;q=0.5, identity", .identity), ("gzip;q=0.5, identity;q=0.5", .gzip), ("gzip;q=0, *", .identity),
        ("gzip;q=0, *;q=0", .nothing), ("gzip;q=2", .identity), ("gzip;q=1.001", .identity),
        ("gzip;q=0.1234", .identity),
        ("gzip;q=", .identity), ("gzip;level=1", .identity), ("gzip;", .identity), (", ,gzip,,", .gzip),
        ("gzi", .identity),
    ])
    func oneFieldDecides(value: String, expected: AcceptedCoding) throws {
        #expect(try coding("Accept-Encoding: \(value)\r\n") == expected)
    }

    @Test func severalLinesAreOneList() throws {
        #expect(try coding("Accept-Encoding: identity;q=0\r\nAccept-Encoding: gzip\r\n") == .onlyGzip)
        #expect(try coding("Accept: a/b\r\nAccept: c/d\r\nAccept-Encoding: gzip\r\n") == .gzip)
        #expect(try coding("") == .identity)
    }
}

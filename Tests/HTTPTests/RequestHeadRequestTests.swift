// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import HTTP

@Suite struct RequestHeadRequestTests {
    @Test func buildsTheValueHandlersSee() throws {
        let id = RequestID.random()
        let request = try built(
            "POST /a%20b?c=d?e HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nx-a:  2 \r\n\r\n",
            body: [1, 2], id: id, origin: .local)
        #expect(request.method == .post && request.path == "/a%20b" && request.query == "c=d?e")
        #expect(request.headerFields[values: try #require(HTTPField.Name("X-A"))] == ["1", "2"])
        #expect(request.headerFields[try #require(HTTPField.Name("Host"))] == "h")
        #expect(request.body == [1, 2] && request.id == id && request.origin == .local)
    }

    @Test(
        arguments: [
            ("GET /", "/", nil), ("GET /?", "/", ""), ("GET /a?b", "/a", "b"), ("OPTIONS *", "*", nil),
            ("GET http://h", "/", nil), ("GET http://h?q", "/", "q"), ("GET http://h/p?q", "/p", "q"),
            ("OPTIONS http://h", "*", nil), ("OPTIONS http://h?q", "/", "q"), ("OPTIONS http://h/", "/", nil),
        ] as [(String, String, String?)])
    func splitsTheTarget(_ line: String, _ path: String, _ query: String?) throws {
        let request = try built("\(line) HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(request.path == path && request.query == query)
    }

    @Test(arguments: [
        ("GET /", "", true), ("GET /?q", "", true), ("GET http://h/?q", "", true), ("GET http://h", "/", false),
        ("GET http://h?q", "/", false), ("OPTIONS *", "", false), ("OPTIONS http://h", "*", false),
        ("OPTIONS http://h?q", "/", false),
    ])
    func onlyATargetWithAPathIsLookedForInTheCache(_ line: String, implied: String, isLookedFor: Bool) throws {
        let bytes = Array("\(line) HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        var parser = RequestParser(limits: Limits())
        var head = RequestHead()
        try #require(try parser.parse(bytes.span, into: &head))
        #expect(head.mayBeAnsweredFromCache == isLookedFor)
        #expect(head.impliedPath == Array(implied.utf8))
    }

    /// Names that are there already are the same as those that are made.
    @Test(arguments: [
        "Host", "host", "User-Agent", "Accept", "accept", "Accept-Encoding", "Content-Type", "Authorization",
        "If-None-Match", "if-none-match", "X-Other",
    ])
    func fieldsHaveTheirNames(_ name: String) throws {
        let host = name.lowercased() == "host" ? "" : "Host: a\r\n"
        let request = try built("GET / HTTP/1.1\r\n\(host)\(name): b\r\n\r\n")
        #expect(request.headerFields[try #require(HTTPField.Name(name))] == "b")
        #expect(request.headerFields.last?.name.rawName == name)
    }

    @Test(arguments: [
        ("/v1/events", true), ("/v1", true), ("/v", false), ("/V1/events", false), ("/v1\u{301}", true), ("*", false),
        ("", false),
    ])
    func tellsHowThePathBegins(_ path: String, _ isSo: Bool) {
        #expect(Request(path: path).pathBegins(with: "/v1") == isSo)
    }

    @Test func methodsItDoesNotKnowAreKept() throws {
        #expect(try built("BREW / HTTP/1.0\r\n\r\n").method.rawValue == "BREW")
    }

    private func built(
        _ text: String, body: [UInt8] = [], id: RequestID = .random(), origin: Request.Origin = .network
    ) throws -> Request {
        let bytes = Array(text.utf8)
        var parser = RequestParser(limits: Limits())
        var head = RequestHead()
        try #require(try parser.parse(bytes.span, into: &head))
        return head.request(bytes: bytes.span, body: body, id: id, origin: origin)
    }
}

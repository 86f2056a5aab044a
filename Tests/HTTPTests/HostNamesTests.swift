// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import HTTP

@Suite struct HostNamesTests {
    private let names = HostNames(["api.example", "[::1]", "Other.Example"])

    private func parsed<Result>(_ request: String, _ body: (borrowing RequestHead, Span<UInt8>) -> Result) throws
        -> Result
    {
        let bytes = Array(request.utf8)
        var parser = RequestParser(limits: Limits())
        var head = RequestHead()
        try #require(parser.parse(bytes.span, into: &head))
        return body(head, bytes.span)
    }

    @Test(arguments: [
        ("api.example", true), ("API.example:8080", true), ("api.example:", true), ("[::1]", true), ("[::1]:80", true),
        ("other.example", true), ("api.example.", false), ("api.exampl", false), ("[::2]", false),
        ("evil.example", false),
    ])
    func theHostDecides(host: String, isOurs: Bool) throws {
        #expect(try parsed("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n") { names.include($0, of: $1) } == isOurs)
    }

    @Test func theTargetsAuthorityOutranksTheHost() throws {
        let request = "GET http://evil.example/ HTTP/1.1\r\nHost: api.example\r\n\r\n"
        #expect(try !parsed(request) { names.include($0, of: $1) })
        #expect(try parsed("GET / HTTP/1.0\r\n\r\n") { names.include($0, of: $1) })
    }

    @Test(
        arguments: [
            ("", nil), ("Forwarded: for=192.0.2.1", ["192.0.2.1"]),
            (
                "Forwarded: proto=https; For=\"[2001:db8::1]:4711\" ;by=x, for=_hidden,by=y",
                ["2001:db8::1", "_hidden", ""]
            ),
            ("Forwarded: for=\"a,b\", for=192.0.2.1", ["a,b", "192.0.2.1"]),
            (
                "X-Forwarded-For: 203.0.113.9, 10.0.0.1:80,::1\r\nX-Forwarded-For: [::2]:3",
                ["203.0.113.9", "10.0.0.1", "::1", "::2"]
            ),
            ("X-Forwarded-For: ,::1, ,,\r\nX-Forwarded-For: ,", ["::1"]), ("X-Forwarded-For: , ,", nil),
            ("Forwarded: , for=192.0.2.1, ,\r\nForwarded: ", ["192.0.2.1"]),
            ("X-Forwarded-For: a,\u{301}b", ["a", "\u{301}b"]), ("Forwarded: for=a,\u{301};for=b", ["a", "b"]),
            ("Forwarded: for=192.0.2.1\r\nX-Forwarded-For: 9.9.9.9, 192.0.2.1", ["192.0.2.1"]),
            ("Forwarded: for=192.0.2.1\r\nX-Forwarded-For: 203.0.113.9", nil),
            (
                "Forwarded: for=6.6.6.6, for=192.0.2.1, for=10.0.0.7\r\nX-Forwarded-For: 9.9.9.9, 192.0.2.1, 10.0.0.7",
                ["192.0.2.1", "10.0.0.7"]
            ),
        ] as [(String, [String]?)])
    func nodesAreReadFromEitherField(fields: String, nodes: [String]?) throws {
        let request = "GET / HTTP/1.1\r\nHost: t\r\n\(fields.isEmpty ? "" : fields + "\r\n")\r\n"
        #expect(try parsed(request) { ForwardedNodes.read($0, of: $1) } == nodes)
    }
}

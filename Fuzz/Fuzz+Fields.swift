// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes

/// What the fields that are lists come to.
struct ListFields: Equatable {
    private static let tagged = Response(status: .ok, headerFields: [.eTag: "\"a\""])

    let coding: AcceptedCoding
    let outcome: Precondition.Outcome?
    let nodes: [String]?

    init(_ head: borrowing RequestHead, of bytes: Span<UInt8>) {
        coding = AcceptedCoding(head, of: bytes)
        outcome = Precondition(head, of: bytes)?.outcome(for: Self.tagged)
        nodes = ForwardedNodes.read(head, of: bytes)
    }
}

/// Fields with grammars of their own. The first byte of the input says which (`A`ccept, `C`onditions, `F`orwarded, `H`ost; any
/// other by its last two bits, like these), the rest is the value.
extension Fuzz {
    @Sendable static func fields(_ bytes: [UInt8]) {
        let value = bytes.dropFirst().filter { $0 >= 0x20 && $0 != 0x7F }
        switch (bytes.first ?? 0) & 3 {
        case UInt8(ascii: "A") & 3: mediaTypes(value)
        case UInt8(ascii: "C") & 3:
            tags(value)
            lists(["Accept-Encoding", "If-None-Match", "If-Match"], value)
        case UInt8(ascii: "F") & 3: lists(["Forwarded", "X-Forwarded-For"], value)
        default: host(value)
        }
    }

    /// A list may come on one line or on several (RFC 9110, section 5.3).
    private static func lists(_ names: [String], _ value: [UInt8]) {
        let whole = listFields(names, on: [value[...]])
        let comma = UInt8(ascii: ",")
        // Within quotes it would be no separator.
        guard let place = value.firstIndex(where: { $0 == comma || $0 == UInt8(ascii: "\"") }), value[place] == comma
        else { return }
        let cut = listFields(names, on: [value[..<place], value[(place + 1)...]])
        precondition(cut == whole, "on two lines it says something else")
    }

    private static func listFields(_ names: [String], on lines: [ArraySlice<UInt8>]) -> ListFields {
        var request = Array("GET / HTTP/1.0\r\n".utf8)
        for name in names {
            for line in lines { request += Array("\(name): ".utf8) + line + [0x0D, 0x0A] }
        }
        request += [0x0D, 0x0A]
        var head = RequestHead()
        let isWhole = read(request, into: &head)
        precondition(isWhole, "any text is a value")
        return ListFields(head, of: request.span)
    }

    private static func read(_ request: [UInt8], into head: inout RequestHead) -> Bool {
        parse(request, in: CollectionOfOne(request.indices), limits: Limits(), into: &head) == .success(true)
    }

    private static func host(_ value: [UInt8]) {
        let request = Array("GET / HTTP/1.1\r\nHost: ".utf8) + value + Array("\r\n\r\n".utf8)
        var head = RequestHead()
        if read(request, into: &head) { _ = hosts.include(head, of: request.span) }
    }

    private static func tags(_ value: [UInt8]) {
        let tag = Array("\"a\"".utf8)
        let (strongly, weakly) = (
            EntityTag.matches(ifMatch: value.span, tag.span), EntityTag.matches(ifNoneMatch: value.span, tag.span)
        )
        precondition(!strongly || weakly, "what is the same is alike too")
    }

    private static let offered = [MediaType("application", "json"), MediaType("text", "csv")]

    private static func mediaTypes(_ value: [UInt8]) {
        let text = String(decoding: value, as: UTF8.self)
        if let best = MediaType.bestMatch(accept: text, among: offered) { precondition(offered.contains(best)) }
        if let type = MediaType(parsing: text) {
            precondition(MediaType(parsing: type.essence)?.essence == type.essence)
        }
    }
}

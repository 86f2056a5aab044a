// SPDX-License-Identifier: Apache-2.0

/// Through whom a request says it came: `Forwarded` (RFC 7239) and the older `X-Forwarded-For`. Anybody can write them, so they
/// are worth what the sender is trusted.
package enum ForwardedNodes {
    /// The addresses as text without ports, the first sender first; what names no address is an empty text. Empty elements are
    /// passed over (RFC 9110, section 5.6.1). Of two fields only the last nodes that they agree on are taken: proxies that write
    /// one of them may pass on the other, which a client can have made up to end alike.
    /// - Parameter bytes: what the head was parsed from.
    /// - Returns: nil when there is neither field, or when both are there and agree on nothing.
    package static func read(_ head: borrowing RequestHead, of bytes: Span<UInt8>) -> [String]? {
        var standard: [String] = []
        var older: [String] = []
        for field in head.fields {
            if bytes.equals("forwarded", ignoringCaseIn: field.name.range) {
                let elements = WeightedList.split(bytes.string(in: field.value), at: UInt8(ascii: ","))
                standard += elements.map(\.trimmed).filter { !$0.isEmpty }.map(forParameter)
            } else if bytes.equals("x-forwarded-for", ignoringCaseIn: field.name.range) {
                let elements = bytes.string(in: field.value).utf8.split(separator: UInt8(ascii: ","))
                older += elements.map { Substring($0).trimmed }.filter { !$0.isEmpty }.map(address)
            }
        }
        if standard.isEmpty || older.isEmpty {
            let nodes = standard + older
            return nodes.isEmpty ? nil : nodes
        }
        let agreed = zip(standard.reversed(), older.reversed()).prefix { $0 == $1 }.map(\.0)
        return agreed.isEmpty ? nil : agreed.reversed()
    }

    /// `for=192.0.2.1;proto=https`, `for="[2001:db8::1]:4711"`, `for=_hidden`.
    private static func forParameter(_ element: Substring) -> String {
        for pair in WeightedList.split(element, at: UInt8(ascii: ";")) {
            let sides = pair.utf8.split(separator: UInt8(ascii: "="), maxSplits: 1).map { Substring($0).trimmed }
            guard sides.count == 2, sides[0].lowercased() == "for" else { continue }
            let node = sides[1].utf8.filter { $0 != UInt8(ascii: "\"") }
            return address(String(decoding: node, as: UTF8.self)[...])
        }
        return ""
    }

    /// Takes a port and the brackets of IPv6 away.
    private static func address(_ node: Substring) -> String {
        let node = node.utf8
        if node.first == UInt8(ascii: "[") { return text(node.dropFirst().prefix { $0 != UInt8(ascii: "]") }) }
        let hasPort = node.count { $0 == UInt8(ascii: ":") } == 1
        return text(hasPort ? node.prefix { $0 != UInt8(ascii: ":") } : node)
    }

    private static func text(_ bytes: Substring.UTF8View) -> String {
        String(Substring(bytes))
    }
}

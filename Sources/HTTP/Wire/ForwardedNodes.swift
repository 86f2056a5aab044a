// SPDX-License-Identifier: Apache-2.0

/// Through whom a request says it came: `Forwarded` (RFC 7239) and the older `X-Forwarded-For`. Anybody can write them, so they
/// are worth what the sender is trusted.
package enum ForwardedNodes {
    /// The addresses as text without ports, the first sender first; what names no address is an empty text. Empty elements are
    /// passed over (RFC 9110, section 5.6.1).
    /// - Parameter bytes: what the head was parsed from.
    /// - Returns: nil when there is neither field, or when both are there and their last nodes differ: one of them is then not
    ///   the work of the last sender.
    package static func read(_ head: borrowing RequestHead, of bytes: Span<UInt8>) -> [String]? {
        var standard: [String] = []
        var older: [String] = []
        for index in 0..<head.fieldCount {
            let field = head.fields[index]
            if bytes.equals("forwarded", ignoringCaseIn: field.name.range) {
                let elements = WeightedList.split(text(bytes, field.value), at: UInt8(ascii: ","))
                standard += elements.filter { !$0.trimmed.isEmpty }.map(forParameter)
            } else if bytes.equals("x-forwarded-for", ignoringCaseIn: field.name.range) {
                let elements = text(bytes, field.value).utf8.split(separator: UInt8(ascii: ",")).map(Substring.init)
                older += elements.filter { !$0.trimmed.isEmpty }.map(address)
            }
        }
        guard let last = standard.last else { return older.isEmpty ? nil : older }
        return older.isEmpty || older.last == last ? standard : nil
    }

    /// `for=192.0.2.1;proto=https`, `for="[2001:db8::1]:4711"`, `for=_hidden`.
    private static func forParameter(_ element: Substring) -> String {
        for pair in WeightedList.split(element, at: UInt8(ascii: ";")) {
            let sides = pair.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, sides[0].trimmed.lowercased() == "for" else { continue }
            return address(sides[1].trimmed.filter { $0 != "\"" }[...])
        }
        return ""
    }

    /// Takes a port and the brackets of IPv6 away.
    private static func address(_ node: Substring) -> String {
        let node = node.trimmed
        if node.hasPrefix("[") { return String(node.dropFirst().prefix { $0 != "]" }) }
        return String(node.count { $0 == ":" } == 1 ? node.prefix { $0 != ":" } : node)
    }

    private static func text(_ bytes: Span<UInt8>, _ range: ByteRange) -> String {
        // Unsafe: lent for the copy only.
        unsafe bytes.extracting(range.range).withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
}

extension Substring {
    /// Without spaces and tabs at both ends.
    fileprivate var trimmed: Substring {
        var rest = drop { $0 == " " || $0 == "\t" }
        while rest.last == " " || rest.last == "\t" { rest.removeLast() }
        return rest
    }
}

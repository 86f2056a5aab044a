// SPDX-License-Identifier: Apache-2.0

/// The names a server answers to, ports aside.
package struct HostNames: Sendable, Hashable {
    /// In lower case.
    private let names: [[UInt8]]

    package init(_ names: [String]) {
        self.names = names.map { Array($0.lowercased().utf8) }
    }

    /// Whether the request is for one of them (RFC 9110, section 7.4). A request of HTTP/1.0 that names no host is.
    /// - Parameter bytes: what the head was parsed from.
    package func include(_ head: borrowing RequestHead, of bytes: Span<UInt8>) -> Bool {
        guard let host = head.host?.range else { return true }
        var end = host.lowerBound
        if bytes[end] == UInt8(ascii: "[") {
            while end < host.upperBound, bytes[end] != UInt8(ascii: "]") { end += 1 }
            end = min(end + 1, host.upperBound)
        } else {
            while end < host.upperBound, bytes[end] != UInt8(ascii: ":") { end += 1 }
        }
        return names.contains { Self.equals($0, bytes, host.lowerBound..<end) }
    }

    private static func equals(_ name: [UInt8], _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard name.count == range.count else { return false }
        for offset in 0..<name.count where bytes[range.lowerBound + offset].lowercased != name[offset] { return false }
        return true
    }
}

// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Where a socket listens or connects to: a literal address, never a name that would need a resolver.
package enum SocketAddress: Hashable, Sendable {
    /// The four bytes in reading order, the first one highest.
    case ipv4(UInt32, port: UInt16)
    /// The sixteen bytes in reading order, in two halves.
    case ipv6(high: UInt64, low: UInt64, port: UInt16)
    /// A socket file.
    case unix(path: String)

    /// The port, which a socket file has not.
    package var port: UInt16? {
        switch self {
        case .ipv4(_, let port), .ipv6(_, _, let port): port
        case .unix: nil
        }
    }

    /// Reads `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080` (the IPv4 loopback), `*:8080` (every address of both
    /// families), `/run/readout.sock` or `unix:readout.sock`; anything else is nil.
    package init?(_ text: String) {
        if text.hasPrefix("/") {
            self = .unix(path: text)
        } else if text.hasPrefix("unix:"), text.utf8.count > 5 {
            self = .unix(path: String(text.dropFirst(5)))
        } else {
            guard let colon = text.lastIndex(of: ":"), let port = Self.port(text[text.index(after: colon)...]) else {
                return nil
            }
            self.init(host: text[..<colon], port: port)
        }
    }

    private init?(host: Substring, port: UInt16) {
        switch host {
        case "*": self = .ipv6(high: 0, low: 0, port: port)
        case "localhost": self = .ipv4(0x7F00_0001, port: port)
        default:
            if host.hasPrefix("["), host.hasSuffix("]") {
                guard let (high, low) = Self.ipv6(String(host.dropFirst().dropLast())) else { return nil }
                self = .ipv6(high: high, low: low, port: port)
            } else {
                guard let address = Self.ipv4(String(host)) else { return nil }
                self = .ipv4(address, port: port)
            }
        }
    }

    /// Digits only: `UInt16("+80")` would be 80.
    private static func port(_ digits: Substring) -> UInt16? {
        digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? UInt16(digits) : nil
    }

    private static func ipv4(_ text: String) -> UInt32? {
        var address = in_addr()
        // Unsafe: inet_pton writes one in_addr, whose address lasts for the call.
        guard unsafe inet_pton(AF_INET, text, &address) == 1 else { return nil }
        return UInt32(bigEndian: address.s_addr)
    }

    private static func ipv6(_ text: String) -> (UInt64, UInt64)? {
        var halves: (UInt64, UInt64) = (0, 0)
        // Unsafe: inet_pton writes the sixteen bytes of an in6_addr, exactly the two halves.
        guard unsafe inet_pton(AF_INET6, text, &halves) == 1 else { return nil }
        return (UInt64(bigEndian: halves.0), UInt64(bigEndian: halves.1))
    }
}

extension SocketAddress: CustomStringConvertible {
    /// The same text that `init(_:)` reads.
    package var description: String {
        switch self {
        case .ipv4(let address, let port):
            return "\(address >> 24).\(address >> 16 & 0xFF).\(address >> 8 & 0xFF).\(address & 0xFF):\(port)"
        case .ipv6(let high, let low, let port):
            return "[\(Self.text(high, low))]:\(port)"
        case .unix(let path):
            return path.hasPrefix("/") ? path : "unix:\(path)"
        }
    }

    private static func text(_ high: UInt64, _ low: UInt64) -> String {
        var halves = (high.bigEndian, low.bigEndian)
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
            // Unsafe: the buffer has the length RFC 5952 text needs at most, and inet_ntop ends it with a NUL.
            guard unsafe inet_ntop(AF_INET6, &halves, buffer.baseAddress, socklen_t(buffer.count)) != nil,
                let text = buffer.baseAddress
            else { return "::" }
            return unsafe String(cString: text)
        }
    }
}

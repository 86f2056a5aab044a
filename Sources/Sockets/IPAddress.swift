// SPDX-License-Identifier: Apache-2.0

/// Where a client is, without its port. IPv4 stands as IPv6 maps it (RFC 4291, section 2.5.5.2), so that a client is the same
/// one through either kind of socket.
package struct IPAddress: Hashable, Sendable {
    /// The sixteen bytes in reading order, in two halves.
    let high: UInt64
    let low: UInt64

    private static let mapped: UInt64 = 0xFFFF_0000_0000

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads `192.0.2.1` or `2001:db8::1`; anything else is nil.
    package init?(_ text: some StringProtocol) {
        // Not the names that a socket address may have in place of an address.
        guard text.utf8.allSatisfy({ $0 == 0x2E || $0 == 0x3A || UnicodeScalar($0).properties.isASCIIHexDigit }) else {
            return nil
        }
        self.init(SocketAddress("[\(text)]:0") ?? SocketAddress("\(text):0"))
    }

    /// Nil for a socket file.
    init?(_ address: SocketAddress?) {
        switch address {
        case .ipv4(let bits, _): self.init(high: 0, low: Self.mapped | UInt64(bits))
        case .ipv6(let high, let low, _): self.init(high: high, low: low)
        case .unix, nil: return nil
        }
    }

    var isIPv4: Bool { high == 0 && low & ~0xFFFF_FFFF == Self.mapped }

    /// What one client is taken to have: an IPv4 address, or an IPv6 network of 64 bits, within which it may use any.
    package var clientPrefix: IPAddress { isIPv4 ? self : IPAddress(high: high, low: 0) }
}

extension IPAddress: CustomStringConvertible {
    package var description: String {
        if isIPv4 {
            let octets = (low >> 24 & 0xFF, low >> 16 & 0xFF, low >> 8 & 0xFF, low & 0xFF)
            return "\(octets.0).\(octets.1).\(octets.2).\(octets.3)"
        }
        return String(SocketAddress.ipv6(high: high, low: low, port: 0).description.dropFirst().dropLast(3))
    }
}

/// All addresses with the same first bits.
package struct IPNetwork: Hashable, Sendable {
    private let first: IPAddress
    private let mask: IPAddress

    /// Reads `10.0.0.0/8`, `2001:db8::/32`, or an address alone; anything else is nil.
    package init?(_ text: String) {
        let sides = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let address = IPAddress(sides[0]) else { return nil }
        let width = address.isIPv4 ? 32 : 128
        guard sides.count <= 2, let length = sides.count == 2 ? Self.number(sides[1]) : width, length <= width else {
            return nil
        }
        // Shifting by the whole width or more leaves nothing, which is what is wanted.
        let bits = 128 - width + length
        mask = IPAddress(high: ~(UInt64.max >> UInt64(min(bits, 64))), low: ~(UInt64.max >> UInt64(max(bits - 64, 0))))
        first = Self.masked(address, mask)
    }

    package func contains(_ address: IPAddress) -> Bool { Self.masked(address, mask) == first }

    private static func masked(_ address: IPAddress, _ mask: IPAddress) -> IPAddress {
        IPAddress(high: address.high & mask.high, low: address.low & mask.low)
    }

    private static func number(_ digits: Substring) -> Int? {
        digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(digits) : nil
    }
}

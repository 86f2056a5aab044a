// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sockets

@Suite struct IPAddressTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:DB8:0::1", "2001:db8::1"), ("::", "::"),
        ("::1", "::1"), ("0.0.0.0", "0.0.0.0"),
    ])
    func readsAndWrites(text: String, written: String) { #expect(IPAddress(text)?.description == written) }

    @Test(arguments: [
        "", "localhost", "*", "unknown", "_hidden", "1.2.3", "1.2.3.4:5", "[::1]", "1.2.3.4/8", "::g", "é",
    ])
    func othersAreNoAddresses(text: String) { #expect(IPAddress(text) == nil) }

    @Test func aClientIsAnIPv4AddressOrAnIPv6Network() throws {
        let (one, other) = (try #require(IPAddress("192.0.2.1")), try #require(IPAddress("192.0.2.2")))
        #expect(one.clientPrefix == one && one.clientPrefix != other.clientPrefix)
        #expect(IPAddress("2001:db8::1")?.clientPrefix == IPAddress("2001:db8::ffff:1")?.clientPrefix)
        #expect(IPAddress("2001:db8::1")?.clientPrefix != IPAddress("2001:db8:0:1::1")?.clientPrefix)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.1.2.3", true), ("10.0.0.0/8", "11.0.0.0", false), ("10.9.9.9/8", "10.1.2.3", true),
        ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false), ("192.0.2.0/31", "192.0.2.1", true),
        ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "2001:db8::1", false), ("::/0", "203.0.113.9", true),
        ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::1", false),
        ("2001:db8::/64", "2001:db8::1:0:0:1", true), ("2001:db8::/65", "2001:db8::8000:0:0:1", false),
        ("::1", "::1", true), ("::1", "::2", false), ("10.0.0.0/8", "::ffff:10.0.0.1", true),
    ])
    func networksContain(network: String, address: String, contains: Bool) throws {
        #expect(try #require(IPNetwork(network)).contains(try #require(IPAddress(address))) == contains)
    }

    @Test(arguments: [
        "", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8", "all",
    ])
    func othersAreNoNetworks(text: String) { #expect(IPNetwork(text) == nil) }
}

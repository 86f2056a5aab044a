// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sockets

@Suite struct SocketAddressTests {
    @Test(arguments: [
        "127.0.0.1:8080", "0.0.0.0:0", "[::]:80", "[::1]:65535", "[2001:db8::1]:443", "/run/readout.sock",
        "unix:readout.sock",
    ])
    func readsWhatItWrites(text: String) {
        #expect(SocketAddress(text)?.description == text)
    }

    @Test func knowsTwoNames() {
        #expect(SocketAddress("localhost:1") == .ipv4(0x7F00_0001, port: 1))
        #expect(SocketAddress("*:1") == .ipv6(high: 0, low: 0, port: 1))
    }

    @Test(arguments: [
        "", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:+80", "127.0.0.1:-1", "127.0.0:80",
        "256.0.0.1:80", "::1:80", "[::1]", "[::1:80", "[]:80", "[127.0.0.1]:80", "example.org:80", "unix:",
    ])
    func refusesTheRest(text: String) {
        #expect(SocketAddress(text) == nil)
    }
}

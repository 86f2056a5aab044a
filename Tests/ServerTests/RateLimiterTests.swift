// SPDX-License-Identifier: Apache-2.0

import Sockets
import Testing

@testable import Server

@Suite struct RateLimiterTests {
    private let second: UInt64 = 1_000_000_000

    @Test func aClientHasItsBurstAndThenItsRate() throws {
        let limiter = RateLimiter(perSecond: 10, burst: 3)
        let client = try #require(IPAddress("192.0.2.1"))
        for _ in 0..<3 { #expect(limiter.take(client, now: second) == nil) }
        #expect(limiter.take(client, now: second) == second / 10)
        // Asking in vain costs nothing.
        #expect(limiter.take(client, now: second + second / 20) == second / 20)
        #expect(limiter.take(client, now: second + second / 10) == nil)
        #expect(limiter.take(client, now: second + second / 10) == second / 10)
        // After a rest the burst is there again, and no more than that.
        for _ in 0..<3 { #expect(limiter.take(client, now: 100 * second) == nil) }
        #expect(limiter.take(client, now: 100 * second) != nil)
    }

    @Test func clientsDoNotPayForEachOther() throws {
        let limiter = RateLimiter(perSecond: 1, burst: 1)
        for number in 0..<250 {
            let client = try #require(IPAddress("192.0.2.\(number)"))
            #expect(limiter.take(client, now: second) == nil)
            #expect(limiter.take(client, now: second) == second)
        }
        // One client has one rate, whatever address of its network it uses.
        #expect(limiter.take(try #require(IPAddress("2001:db8::1")), now: second) == nil)
        #expect(limiter.take(try #require(IPAddress("2001:db8::2")), now: second) != nil)
    }

    @Test func aFloodOfAddressesTakesBoundedMemory() throws {
        let limiter = RateLimiter(perSecond: 1, burst: 1, capacity: 1600)
        for number in 0..<20_000 {
            let text = "2001:db8:\(String(number, radix: 16))::1"
            #expect(limiter.take(try #require(IPAddress(text)), now: second) == nil)
        }
        #expect(limiter.count <= 1600)
    }
}

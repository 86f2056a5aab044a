// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CoverageAPI

@Suite struct FailedAttemptsTests {
    @Test func aClientHasItsAllowanceAndThenOneASecond() {
        var attempts = FailedAttempts(allowance: 10)
        for _ in 0..<10 {
            #expect(attempts.wait(for: "a", now: 100) == nil)
            attempts.note("a", now: 100)
        }
        #expect(attempts.wait(for: "a", now: 100) == 1)
        #expect(attempts.wait(for: "b", now: 100) == nil)
        #expect(attempts.wait(for: "a", now: 101) == nil)
        attempts.note("a", now: 101)
        #expect(attempts.wait(for: "a", now: 101) == 1)
        // After a rest the allowance is whole again, and no more than that.
        for _ in 0..<10 {
            #expect(attempts.wait(for: "a", now: 1000) == nil)
            attempts.note("a", now: 1000)
        }
        #expect(attempts.wait(for: "a", now: 1000) == 1)
    }

    @Test func lookingCostsNothing() {
        var attempts = FailedAttempts(allowance: 2)
        attempts.note("a", now: 5)
        for _ in 0..<100 { #expect(attempts.wait(for: "a", now: 5) == nil) }
    }

    @Test func aClockThatIsSetBackLocksNobodyOut() {
        var attempts = FailedAttempts(allowance: 3)
        for _ in 0..<3 { attempts.note("a", now: 1_000_000) }
        #expect(attempts.wait(for: "a", now: 10) == 1)
        attempts.note("a", now: 10)
        #expect(attempts.wait(for: "a", now: 10) == 1)
        #expect(attempts.wait(for: "a", now: 11) == 1)
        #expect(attempts.wait(for: "a", now: 14) == nil)
    }

    @Test func aFloodOfAddressesTakesBoundedMemoryAndForgetsTheOldest() {
        var attempts = FailedAttempts(allowance: 1, capacity: 100)
        for number in 0..<10_000 {
            attempts.note("client \(number)", now: 7)
            #expect(attempts.count <= 100)
        }
        #expect(attempts.wait(for: "client 0", now: 7) == nil)
        for number in 9950..<10_000 { #expect(attempts.wait(for: "client \(number)", now: 7) == 1) }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Server

@Suite struct ConnectionStateTests {
    private let times = ConnectionState.Times(
        header: 100, bodyGrace: 200, bodyRate: 1000, idle: 300, writeStall: 400, linger: 90, lingerSilence: 50,
        heartbeat: 500)

    @Test func eachPhaseHasItsDeadline() {
        var state = ConnectionState(now: 1000)
        #expect(state.deadline(times) == 1300)
        state.headIsIncomplete(now: 1010)
        state.headIsIncomplete(now: 1090)
        #expect(state.deadline(times) == 1110)
        state.contentIsAwaited(now: 1100)
        #expect(state.deadline(times) == 1300)
        state.hasReceived(500, now: 1000)
        #expect(state.deadline(times) == 1800)
        state.workBegan(now: 1500)
        #expect(state.deadline(times) == .max)
        state.answered(closes: false, unread: false, now: 2000)
        #expect(state.deadline(times) == 2300)
    }

    @Test func unsentBytesMeanTheClientMustRead() {
        var state = ConnectionState(now: 1000)
        state.setUnsent(10, now: 1050)
        #expect(state.deadline(times) == 1450)
        state.setUnsent(20, now: 1100)
        #expect(state.deadline(times) == 1450)
        state.setUnsent(5, now: 1200)
        #expect(state.deadline(times) == 1600)
        state.setUnsent(0, now: 1300)
        #expect(state.deadline(times) == 1600)
        #expect(state.expiry == .close)
    }

    @Test func onlyABegunRequestIsRefused() {
        var state = ConnectionState(now: 0)
        #expect(state.expiry == .close)
        state.headIsIncomplete(now: 0)
        #expect(state.expiry == .refuse)
        state.contentIsAwaited(now: 0)
        #expect(state.expiry == .refuse)
        state.setUnsent(1, now: 0)
        #expect(state.expiry == .close)
    }

    @Test func tooMuchUnsentStopsReading() {
        var state = ConnectionState(now: 0)
        state.setUnsent(100, now: 0)
        #expect(state.wantsToRead(bound: 100))
        state.setUnsent(101, now: 0)
        #expect(!state.wantsToRead(bound: 100))
        #expect(state.wantsToWrite)
    }

    @Test func anEarlyEndIsFollowedByLingering() {
        var state = ConnectionState(now: 0)
        state.answered(closes: true, unread: true, now: 0)
        state.setUnsent(1, now: 0)
        #expect(state.step(now: 0, lingerBytes: 10) == .wait)
        state.setUnsent(0, now: 5)
        #expect(state.step(now: 5, lingerBytes: 10) == .finishSending)
        #expect(state.wantsToRead(bound: 0))
        #expect(state.deadline(times) == 55)
        state.hasReceived(10, now: 35)
        #expect(state.step(now: 36, lingerBytes: 10) == .wait)
        // Silence is counted from the last byte, and the whole from the beginning.
        #expect(state.deadline(times) == 85)
        state.hasReceived(0, now: 60)
        #expect(state.deadline(times) == 95)
        state.hasReceived(1, now: 61)
        #expect(state.step(now: 61, lingerBytes: 10) == .close)
    }

    @Test func aClientThatHasFinishedIsAnsweredFirst() {
        var state = ConnectionState(now: 0)
        state.workBegan(now: 0)
        state.clientFinished()
        #expect(state.step(now: 0, lingerBytes: 0) == .wait)
        #expect(!state.wantsToRead(bound: 100))
        state.answered(closes: false, unread: false, now: 0)
        state.setUnsent(1, now: 0)
        #expect(state.step(now: 0, lingerBytes: 0) == .wait)
        state.setUnsent(0, now: 0)
        #expect(state.step(now: 0, lingerBytes: 0) == .close)
    }

    @Test func aStreamGoesOnUntilItsClientHasSentTooMuch() {
        var state = ConnectionState(now: 0)
        state.streamBegan(now: 1000)
        #expect(!state.mayServe(bound: 100))
        #expect(state.wantsToRead(bound: 0))
        #expect(state.isEnding)
        #expect(state.deadline(times) == 1500)
        #expect(state.expiry == .heartbeat)
        state.streamAsked(now: 1200)
        #expect(state.deadline(times) == 1700)
        state.setUnsent(10, now: 1300)
        #expect(state.deadline(times) == 1700)
        #expect(state.expiry == .close)
        #expect(state.step(now: 1300, lingerBytes: 10) == .wait)
        state.hasReceived(10, now: 1300)
        #expect(state.step(now: 1300, lingerBytes: 10) == .wait)
        state.hasReceived(1, now: 1300)
        #expect(state.step(now: 1300, lingerBytes: 10) == .close)
    }

    @Test func theTickFollowsTheSmallestLimit() {
        #expect(times.tick == 12)
        #expect(ConnectionState.Times(ServerConfiguration()).tick == 500)
    }
}

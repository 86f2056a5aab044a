// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sockets

@Suite struct EpollTests {
    @Test func reportsUnderTheTokenAsLongAsThereIsSomething() throws {
        var epoll = try Epoll(capacity: 4)
        let first = try WakeUp()
        let second = try WakeUp()
        try epoll.add(first.number, for: .reading, token: 1 << 40)
        try epoll.add(second.number, for: .reading, token: 7)
        #expect(try epoll.wait(milliseconds: 0) == 0)
        first.signal()
        first.signal()
        for _ in 0..<2 {
            #expect(try epoll.wait(milliseconds: 1000) == 1)
            let event = epoll.event(at: 0)
            #expect(event.token == 1 << 40)
            #expect(event.brings(.reading))
            #expect(!event.brings(.writing))
            #expect(!event.isBroken)
        }
        first.clear()
        #expect(try epoll.wait(milliseconds: 0) == 0)
    }

    @Test func interestsCanChangeAndEnd() throws {
        var epoll = try Epoll(capacity: 1)
        let wakeUp = try WakeUp()
        try epoll.add(wakeUp.number, for: .reading, token: 1)
        try epoll.modify(wakeUp.number, for: .writing, token: 2)
        #expect(try epoll.wait(milliseconds: 0) == 1)
        #expect(epoll.event(at: 0).token == 2)
        #expect(epoll.event(at: 0).brings(.writing))
        try epoll.remove(wakeUp.number)
        #expect(try epoll.wait(milliseconds: 0) == 0)
        #expect(throws: Errno.self) { try epoll.remove(wakeUp.number) }
    }

    @Test func anotherThreadCanEndTheWait() throws {
        final class Shared: Sendable {
            let wakeUp: WakeUp
            init() throws { wakeUp = try WakeUp() }
        }
        var epoll = try Epoll(capacity: 1)
        let shared = try Shared()
        try epoll.add(shared.wakeUp.number, for: .reading, token: 1)
        let thread = try Thread(name: "waker") { shared.wakeUp.signal() }
        #expect(try epoll.wait(milliseconds: 10_000) == 1)
        thread.join()
    }
}

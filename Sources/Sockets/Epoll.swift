// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// An epoll instance, level-triggered throughout: what was not dealt with is reported again.
///
/// `@safe` because no event's union leaves the type: only its `u64` is ever written or read.
@safe
package struct Epoll: ~Copyable {
    /// What to be told about. Errors and hang-ups are always reported.
    package struct Interest: OptionSet, Sendable {
        package let rawValue: UInt32

        package init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        package static var reading: Interest { Interest(rawValue: EPOLLIN.rawValue) }
        package static var writing: Interest { Interest(rawValue: EPOLLOUT.rawValue) }
        /// Wakes not every epoll that watches the same descriptor, only some (`EPOLLEXCLUSIVE`). Cannot be modified.
        package static var exclusive: Interest { Interest(rawValue: EPOLLEXCLUSIVE.rawValue) }
    }

    /// One descriptor's news.
    package struct Event: Sendable {
        /// What the descriptor was added under.
        package let token: UInt64
        private let bits: UInt32

        init(_ event: epoll_event) {
            // Unsafe: a union of which only this member is ever written, in `control`.
            token = unsafe event.data.u64
            bits = unsafe event.events
        }

        package func brings(_ interest: Interest) -> Bool { bits & interest.rawValue != 0 }
        /// The connection is dead both ways: an error, or both sides have finished.
        package var isBroken: Bool { bits & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 }
    }

    private let descriptor: FileDescriptor
    private var events: [epoll_event]

    /// - Parameter capacity: how many events one wait brings at most.
    package init(capacity: Int) throws(Errno) {
        descriptor = FileDescriptor(
            owning: try Errno.check("epoll_create1") { epoll_create1(Int32(EPOLL_CLOEXEC)) })
        // Unsafe: the imported union has no safe initialiser; zeros are a valid event.
        unsafe events = Array(repeating: epoll_event(), count: max(capacity, 1))
    }

    package borrowing func add(_ number: Int32, for interest: Interest, token: UInt64) throws(Errno) {
        try control(EPOLL_CTL_ADD, number, interest, token)
    }

    package borrowing func modify(_ number: Int32, for interest: Interest, token: UInt64) throws(Errno) {
        try control(EPOLL_CTL_MOD, number, interest, token)
    }

    /// Not needed before closing a descriptor that no other process shares.
    package borrowing func remove(_ number: Int32) throws(Errno) {
        try control(EPOLL_CTL_DEL, number, [], 0)
    }

    /// Waits for news, for ever when no time is given, and returns how many events there are. A signal ends the wait
    /// with none.
    package mutating func wait(milliseconds: Int32?) throws(Errno) -> Int {
        let capacity = unsafe Int32(events.count)
        // Unsafe: the kernel writes at most `capacity` events into the array lent for the call.
        let count = unsafe epoll_wait(descriptor.number, &events, capacity, milliseconds ?? -1)
        if count >= 0 { return Int(count) }
        let error = Errno(last: "epoll_wait")
        if error.code == EINTR { return 0 }
        throw error
    }

    /// One of the events the last wait brought.
    package borrowing func event(at index: Int) -> Event {
        // Unsafe: written by the kernel or zero.
        unsafe Event(events[index])
    }

    private borrowing func control(
        _ operation: Int32, _ number: Int32, _ interest: Interest, _ token: UInt64
    ) throws(Errno) {
        // Unsafe: the union's one member in use.
        var event = unsafe epoll_event(events: interest.rawValue, data: epoll_data_t(u64: token))
        // Unsafe: the kernel reads one event that lasts for the call.
        try Errno.check("epoll_ctl") { unsafe epoll_ctl(descriptor.number, operation, number, &event) }
    }
}

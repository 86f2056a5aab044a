// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization
import Testing

@testable import Sockets

@Suite struct ThreadTests {
    @Test func joinWaitsForTheBody() throws {
        final class Shared: Sendable { let count = Atomic<Int>(0) }
        let shared = Shared()
        let threads = try (0..<8).map { number in
            try Thread(name: "a name longer than the kernel keeps \(number)") {
                usleep(1000)
                shared.count.add(1, ordering: .relaxed)
            }
        }
        for thread in threads {
            thread.join()
            thread.join()
        }
        #expect(shared.count.load(ordering: .relaxed) == 8)
    }

    @Test func aSemaphoreLetsOneThroughPerSignal() throws {
        final class Shared: Sendable {
            let semaphore: CountingSemaphore
            let count = Atomic<Int>(0)
            init() throws { semaphore = try CountingSemaphore() }
        }
        let shared = try Shared()
        let threads = try (0..<4).map { _ in
            try Thread(name: "waiter") {
                shared.semaphore.wait()
                shared.count.add(1, ordering: .relaxed)
            }
        }
        #expect(shared.count.load(ordering: .relaxed) == 0)
        for _ in threads { shared.semaphore.signal() }
        for thread in threads { thread.join() }
        #expect(shared.count.load(ordering: .relaxed) == 4)
    }

    @Test func signalsCanBeRead() throws {
        // On a thread of its own, so that the blocked signal and its sender stay among themselves.
        final class Shared: Sendable { let number = Atomic<Int32>(0) }
        let shared = Shared()
        let thread = try Thread(name: "signals") {
            guard let signals = try? SignalDescriptor([SIGUSR1, SIGUSR2]) else { return }
            pthread_kill(pthread_self(), SIGUSR2)
            shared.number.store((try? signals.next()) ?? -1, ordering: .relaxed)
        }
        thread.join()
        #expect(shared.number.load(ordering: .relaxed) == SIGUSR2)
    }

    @Test func aWaitForSignalsEndsWithItsTimeAndNotBefore() throws {
        final class Shared: Sendable { let waited = Atomic<UInt64>(0) }
        let shared = Shared()
        let thread = try Thread(name: "signals") {
            guard let signals = try? SignalDescriptor([SIGUSR1]) else { return }
            let begin = SystemClock.monotonicNanoseconds()
            guard (try? signals.next(milliseconds: 20)) == nil else { return }
            shared.waited.store(SystemClock.monotonicNanoseconds() - begin, ordering: .relaxed)
        }
        thread.join()
        #expect(shared.waited.load(ordering: .relaxed) >= 20_000_000)
    }

    @Test func errorsNameTheCallAndTheReason() {
        #expect("\(Errno(call: "bind", code: EADDRINUSE))" == "bind: Address already in use")
    }

    @Test func theMonotonicClockGrows() {
        let first = SystemClock.monotonicNanoseconds()
        #expect(SystemClock.monotonicNanoseconds() >= first)
        #expect(SystemClock.unixSeconds() > 1_700_000_000)
        #expect(Machine.processorCount >= 1)
    }
}

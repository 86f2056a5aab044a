// SPDX-License-Identifier: Apache-2.0

import Glibc
import Server
import Sockets

/// What happens beside the serving: signals are obeyed, and certificates that were replaced are taken up.
struct Signals: ~Copyable, Sendable {
    /// How often files are looked at, in milliseconds. A change is taken up at the second look that finds it.
    private static let interval: UInt64 = 2000

    private let signals: SignalDescriptor

    /// To be made before any thread is, so that every thread leaves the signals to this.
    init() throws(Errno) {
        signals = try SignalDescriptor([SIGTERM, SIGINT, SIGHUP])
        SignalDescriptor.ignoreBrokenPipes()
    }

    /// Goes on until the process ends. The first signal to stop lets answers in flight be finished, after the delay in which
    /// balancers learn of it; the second does not wait for anything.
    borrowing func obey(_ life: ServerLife) {
        var life = life
        var isStopping = false
        /// When the delay is over, of the monotonic clock; nil before and after.
        var end: UInt64?
        while true {
            let now = SystemClock.monotonicMilliseconds()
            if let due = end, now >= due {
                life.stop()
                end = nil
            }
            let pause = min(Self.interval, end.map { $0 - now } ?? .max)
            let signal: Int32?
            do throws(Errno) { signal = try signals.next(milliseconds: Int32(clamping: pause)) } catch { return }
            switch signal {
            case .none: life.look()
            case SIGHUP: life.reload()
            case _ where isStopping: _exit(1)
            case .some(let number):
                isStopping = true
                end = SystemClock.monotonicMilliseconds() + life.drain(because: number)
            }
        }
    }
}

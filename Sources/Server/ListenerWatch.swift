// SPDX-License-Identifier: Apache-2.0

import Logging
import Sockets

/// The listeners as one event loop watches them. When the kernel has nothing left to accept with they are left alone for a while.
struct ListenerWatch {
    let listeners: Listeners
    /// Closed until `resume` succeeds.
    private(set) var isPaused = false
    private let firstToken: UInt64
    private let logger: Logger

    /// - Parameter tokens: The first of those under which epoll reports the listeners.
    init(_ listeners: Listeners, tokens: UInt64, logger: Logger) {
        self.listeners = listeners
        firstToken = tokens
        self.logger = logger
    }

    /// Which listener epoll reports.
    func entry(for token: UInt64) -> Listeners.Entry { listeners.entries[Int(token - firstToken)] }

    func open(_ epoll: borrowing Epoll) throws(Errno) {
        for (index, entry) in listeners.entries.enumerated() {
            try epoll.add(entry.listener.number, for: [.reading, .exclusive], token: firstToken + UInt64(index))
        }
    }

    func close(_ epoll: borrowing Epoll) {
        for entry in listeners.entries { try? epoll.remove(entry.listener.number) }
    }

    mutating func pause(_ epoll: borrowing Epoll) {
        guard !isPaused else { return }
        logger.warning("No descriptors left: new connections wait")
        isPaused = true
        close(epoll)
    }

    /// Opens again what was paused. Until that works it stays paused, and is to be tried again.
    mutating func resume(_ epoll: borrowing Epoll) {
        guard isPaused else { return }
        do throws(Errno) {
            try open(epoll)
            isPaused = false
        } catch {
            logger.warning("New connections still wait", metadata: ["error": "\(error)"])
            close(epoll)
        }
    }
}

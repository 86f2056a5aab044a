// SPDX-License-Identifier: Apache-2.0

import HTTP
import Sockets
import Synchronization

/// The way into an event loop for all other threads.
final class Mailbox: Sendable {
    enum Message: Sendable {
        /// A worker is done with the answer for the connection of this token.
        case finished(token: UInt64, Response)
        /// Serve what is there, take nothing new, and end.
        case stop
    }

    private let messages = Mutex<[Message]>([])
    private let wakeUp: WakeUp

    init() throws(Errno) {
        wakeUp = try WakeUp()
    }

    /// For the loop's epoll: readable when there is mail.
    var number: Int32 { wakeUp.number }

    func post(_ message: Message) {
        let isFirst = messages.withLock { messages in
            messages.append(message)
            return messages.count == 1
        }
        if isFirst { wakeUp.signal() }
    }

    /// Takes all there is, oldest first.
    func collect() -> [Message] {
        wakeUp.clear()
        return messages.withLock { messages in
            defer { messages = [] }
            return messages
        }
    }
}

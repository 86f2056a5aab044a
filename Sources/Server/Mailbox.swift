// SPDX-License-Identifier: Apache-2.0

import HTTP
import Sockets
import Synchronization

/// The way into an event loop for all other threads.
final class Mailbox: Sendable {
    enum Message: Sendable {
        /// Serve this one, too; it is counted already.
        case arrival(Arrival)
        /// A worker, or somebody elsewhere, is done with the answer for the connection of this token.
        case finished(token: UInt64, Response, AnswerRecord.Source)
        /// Streams may have more.
        case news
        /// Say what has been counted.
        case survey(Survey)
        /// Serve what is there, take nothing new, and end.
        case stop
    }

    private struct Mail {
        var messages: [Message] = []
        var hasNews = false
        var wantsNews = false
        /// The loop runs.
        var isOpen = false
    }

    private let connections = Atomic<Int>(0)
    private let mail = Mutex(Mail())
    private let wakeUp: WakeUp

    init() throws(Errno) {
        wakeUp = try WakeUp()
    }

    /// For the loop's epoll: readable when there is mail.
    var number: Int32 { wakeUp.number }

    func post(_ message: Message) {
        let isFirst = mail.withLock { mail in
            mail.messages.append(message)
            return mail.messages.count == 1
        }
        if isFirst { wakeUp.signal() }
    }

    // MARK: Connections

    /// How many the loop has, those on their way to it included.
    var connectionCount: Int { connections.load(ordering: .relaxed) }

    func connectionComes() { connections.add(1, ordering: .relaxed) }
    func connectionGoes() { connections.subtract(1, ordering: .relaxed) }

    /// Hands a connection over and counts it.
    /// - Returns: false when the loop does not run.
    func send(_ arrival: Arrival) -> Bool {
        let count = mail.withLock { mail in
            guard mail.isOpen else { return 0 }
            connectionComes()
            mail.messages.append(.arrival(arrival))
            return mail.messages.count
        }
        if count == 1 { wakeUp.signal() }
        return count > 0
    }

    /// From now on connections can be handed over.
    func open() { mail.withLock { $0.isOpen = true } }

    /// The loop ends, and takes no more connections.
    /// - Returns: false when there is mail that it has to see to first.
    func close() -> Bool {
        mail.withLock { mail in
            mail.isOpen = !mail.messages.isEmpty
            return !mail.isOpen
        }
    }

    /// The loop has ended, perhaps without having wanted to: connections on their way are closed.
    func abandon() {
        mail.withLock { mail in
            mail.isOpen = false
            mail.messages = []
        }
    }

    /// Posts `.news` if the loop wants any, and at most once until it has been collected.
    func postNews() {
        let isFirst = mail.withLock { mail in
            guard mail.wantsNews, !mail.hasNews else { return false }
            mail.hasNews = true
            mail.messages.append(.news)
            return mail.messages.count == 1
        }
        if isFirst { wakeUp.signal() }
    }

    /// Says whether the loop wants news from now on. What it looks at afterwards is as new as what it was not told before.
    func wantNews(_ wantsNews: Bool) {
        mail.withLock { $0.wantsNews = wantsNews }
    }

    /// Takes all there is, oldest first.
    func collect() -> [Message] {
        wakeUp.clear()
        return mail.withLock { mail in
            defer {
                mail.messages = []
                mail.hasNews = false
            }
            return mail.messages
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import HTTP
import Sockets
import Synchronization

/// The way into an event loop for all other threads.
final class Mailbox: Sendable {
    enum Message: Sendable {
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
    }

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

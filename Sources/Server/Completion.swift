// SPDX-License-Identifier: Apache-2.0

import HTTP
import Synchronization

/// The one way back for an answer that is made elsewhere. Whoever has gone meanwhile is not found again, since a
/// connection's token is never another's.
final class Completion: Sendable {
    private let mailbox: Mailbox
    private let token: UInt64
    private let isUsed = Atomic<Bool>(false)

    init(_ mailbox: Mailbox, token: UInt64) {
        self.mailbox = mailbox
        self.token = token
    }

    /// Only the first call counts: a second one could be taken for the answer to the connection's next request.
    @Sendable func complete(_ response: Response) {
        guard !isUsed.exchange(true, ordering: .relaxed) else { return }
        mailbox.post(.finished(token: token, response, .elsewhere))
    }
}

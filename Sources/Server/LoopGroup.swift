// SPDX-License-Identifier: Apache-2.0

import Logging
import Sockets
import Synchronization

/// The event loops of a server as one: they stop together.
final class LoopGroup: Sendable {
    private let mailboxes: [Mailbox]
    private let logger: Logger
    private let firstFailure = Mutex<Errno?>(nil)

    init(_ count: Int, logger: Logger) throws(Errno) {
        var mailboxes: [Mailbox] = []
        for _ in 0..<count { mailboxes.append(try Mailbox()) }
        self.mailboxes = mailboxes
        self.logger = logger
    }

    /// Starts a thread for each loop, and returns them when all serve.
    /// - Parameter makeLoop: Makes the loop with this index, on its own thread, for its mailbox among all.
    /// - Throws: what `makeLoop` throws, or an `Errno`; then none is left running.
    func start(
        _ makeLoop: @escaping @Sendable (_ index: Int, _ mailboxes: [Mailbox]) throws -> EventLoop
    ) throws -> [Thread] {
        let start = try LoopStart()
        var threads: [Thread] = []
        do {
            for index in mailboxes.indices {
                let thread = try Thread(name: "loop-\(index)") { [self] in
                    if let loop = start.report({ try makeLoop(index, mailboxes) }) { run(loop) }
                }
                threads.append(thread)
                try start.wait()
            }
        } catch {
            stop()
            for thread in threads { thread.join() }
            throw error
        }
        return threads
    }

    /// Why a loop ended by itself; nil while none has.
    var failure: Errno? { firstFailure.withLock { $0 } }

    func stop() {
        for mailbox in mailboxes { mailbox.post(.stop) }
    }

    /// Tells all loops that streams may have more.
    func announce() {
        for mailbox in mailboxes { mailbox.postNews() }
    }

    /// Asks each loop what it has counted, and adds it up. Waits for their answers, so no loop may call it.
    func figures() throws(Errno) -> LoopFigures {
        let survey = try Survey()
        for mailbox in mailboxes { mailbox.post(.survey(survey)) }
        return survey.result(of: mailboxes.count)
    }

    /// Runs a loop on this thread to its end. When it fails the others stop too: a server that has lost a part of its clients
    /// is better started anew as a whole.
    private func run(_ loop: consuming EventLoop) {
        do throws(Errno) {
            try loop.run()
        } catch {
            logger.critical("An event loop failed: the server stops", metadata: ["error": "\(error)"])
            firstFailure.withLock { $0 = $0 ?? error }
            stop()
        }
    }
}

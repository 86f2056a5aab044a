// SPDX-License-Identifier: Apache-2.0

package import HTTP
package import Logging
package import Sockets

/// The running server: event loops on threads of their own, from `init` until `stop`.
package final class Server: Sendable {
    /// Where network clients find it.
    package let boundAddress: SocketAddress
    private let mailboxes: [Mailbox]
    private let threads: [Thread]
    private let workers: WorkerPool

    /// Starts to serve.
    ///
    /// - Parameters:
    ///   - network: The listener that all loops share.
    ///   - local: A Unix socket's listener. Requests through it have the origin `.local`.
    ///   - log: Gets a record of each answer. Nil, the default, costs nothing.
    ///   - makeHandler: Makes the handler of the loop with this index, on the loop's own thread.
    /// - Throws: what `makeHandler` throws, or an `Errno`; then nothing is left running.
    package init(
        network: consuming Listener, local: consuming Listener? = nil,
        configuration: ServerConfiguration = ServerConfiguration(), logger: Logger = Logger(label: "readout.server"),
        log: AnswerLog? = nil, makeHandler: @escaping @Sendable (_ loop: Int) throws -> any Handler
    ) throws {
        boundAddress = network.address
        let count = max(1, configuration.loops)
        let listeners = Listeners(network: network, local: local, loops: count)
        let workers = try WorkerPool(width: configuration.workers, capacity: configuration.workerQueue)
        self.workers = workers
        let start = try LoopStart()
        var mailboxes: [Mailbox] = []
        var threads: [Thread] = []
        do {
            for index in 0..<count {
                let mailbox = try Mailbox()
                mailboxes.append(mailbox)
                let thread = try Thread(name: "loop-\(index)") {
                    let loop = start.report {
                        let responder = Responder(
                            handler: try makeHandler(index), cacheBytes: configuration.cacheBytes / count, log: log)
                        return try EventLoop(
                            configuration: configuration, responder: responder, listeners: listeners, workers: workers,
                            mailbox: mailbox, logger: logger)
                    }
                    loop?.run()
                }
                threads.append(thread)
                try start.wait()
            }
        } catch {
            for mailbox in mailboxes { mailbox.post(.stop) }
            for thread in threads { thread.join() }
            workers.stop()
            throw error
        }
        self.mailboxes = mailboxes
        self.threads = threads
    }

    /// Takes no more connections, lets the answers in flight be finished, ends the rest after the drain time. Returns at
    /// once; `wait` tells when it has come about.
    package func stop() {
        for mailbox in mailboxes { mailbox.post(.stop) }
    }

    /// Waits until the server has been stopped and its last connection has gone.
    package func wait() {
        for thread in threads { thread.join() }
        workers.stop()
    }
}

// SPDX-License-Identifier: Apache-2.0

package import HTTP
package import Logging
package import Sockets
package import TLS

/// The running server: event loops on threads of their own, from `init` until `stop`.
package final class Server: Sendable {
    /// Where network clients find it.
    package let boundAddress: SocketAddress
    private let loops: LoopGroup
    private let threads: [Thread]
    private let workers: WorkerPool

    /// Starts to serve.
    ///
    /// - Parameters:
    ///   - network: The listener that all loops share.
    ///   - tls: What the network's clients are shown; nil to serve them in the clear.
    ///   - local: A Unix socket's listener. Requests through it have the origin `.local`.
    ///   - makeObserver: Makes who sees the answers of the loop with this index, on its thread. Nil, as by default, costs nothing.
    ///   - makeHandler: Makes the handler of the loop with this index, on the loop's own thread.
    /// - Throws: what `makeHandler` throws, or an `Errno`; then nothing is left running.
    package init(
        network: consuming Listener, tls: TLSFiles? = nil, local: consuming Listener? = nil,
        configuration: ServerConfiguration = ServerConfiguration(), logger: Logger = Logger(label: "readout.server"),
        makeObserver: @escaping @Sendable (_ loop: Int) -> (any AnswerObserver)? = { _ in nil },
        makeHandler: @escaping @Sendable (_ loop: Int) throws -> any Handler
    ) throws {
        boundAddress = network.address
        let count = max(1, configuration.loops)
        let listeners = Listeners(network: network, tls: tls, local: local, loops: count)
        let gate = Gate(configuration)
        let loops = try LoopGroup(count, logger: logger)
        let workers = try WorkerPool(width: configuration.workers, capacity: configuration.workerQueue)
        do {
            threads = try loops.start { index, mailboxes in
                let responder = Responder(
                    handler: try makeHandler(index), cacheBytes: configuration.cacheBytes / count,
                    observer: makeObserver(index))
                return try EventLoop(
                    configuration: configuration, gate: gate, responder: responder, listeners: listeners,
                    workers: workers, mailbox: mailboxes[index], among: mailboxes, logger: logger)
            }
        } catch {
            workers.stop()
            throw error
        }
        self.loops = loops
        self.workers = workers
    }

    /// Takes no more connections, lets the answers in flight be finished, ends the rest after the drain time. Returns at
    /// once; `wait` tells when it has come about.
    package func stop() {
        loops.stop()
    }

    /// Has each stream asked for what has come; from any thread. Costs next to nothing while there are no streams.
    package func announce() {
        loops.announce()
    }

    /// What its loops have counted since the start, all together, as `Server` is asked. Waits until each loop has had its turn:
    /// nothing to be called on a loop.
    package func figures() throws(Errno) -> LoopFigures { try loops.figures() }

    /// Answers that wait for a worker.
    package var waitingAnswers: Int { workers.waiting }

    /// Why it stopped without having been told to; nil otherwise.
    package var failure: Errno? { loops.failure }

    /// Waits until the server has been stopped and its last connection has gone.
    package func wait() {
        for thread in threads { thread.join() }
        workers.stop()
    }
}

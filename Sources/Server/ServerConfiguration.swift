// SPDX-License-Identifier: Apache-2.0

package import HTTP
package import Sockets

/// How much the server does at once, and how long it waits for whom.
package struct ServerConfiguration: Sendable {
    /// Event loops, one thread each.
    package var loops = Machine.processorCount
    /// The size of one request from the network.
    package var limits = Limits()
    /// The most content of one request through the Unix socket, in bytes: room for an import.
    package var localBody = 16 * 1024 * 1024
    /// Paths to which as much can be posted from the network.
    package var importPaths: Set<String> = []

    /// The hosts that requests may be for. Others are answered 421. Nil: all.
    package var hosts: HostNames?
    /// Who is believed about the clients behind it.
    package var trustedProxies: [IPNetwork] = []
    /// How many requests a client may make on average; 0 sets no limit. More: 429.
    package var requestsPerSecond = 0
    /// How many it may make at once.
    package var requestBurst = 100

    /// From the first byte of a request head to its last. Longer: 408.
    package var headerTime: Duration = .seconds(10)
    /// How long content may come at any pace; after that `bodyRate` is asked of it. Slower: 408.
    package var bodyGrace: Duration = .seconds(10)
    /// Bytes of content per second, on average since its beginning.
    package var bodyRate = 1024
    /// How long a connection may wait for its next request before it is closed without a word.
    package var idleTime: Duration = .seconds(60)
    /// How long a client may take none of an answer's bytes before it is given up.
    package var writeStall: Duration = .seconds(30)
    /// After how much silence a stream is asked for a sign of life.
    package var heartbeat: Duration = .seconds(15)
    /// How long, after an answer that ends the connection, bytes of the client are read only to be thrown away: closing
    /// while some are unread would make the kernel take the answer back.
    package var lingerTime: Duration = .seconds(30)
    /// How long at most the client may be silent meanwhile.
    package var lingerSilence: Duration = .seconds(2)
    /// How many bytes are thrown away like that: many programs send all they have before they look at the answer.
    package var lingerBytes = 64 * 1024 * 1024

    /// Open connections of all loops together. One more is answered 503.
    package var connections = 10_000
    /// Bytes of unsent answers from which on a connection's next requests wait.
    package var bufferedAnswers = 256 * 1024
    /// Threads for answers that take long.
    package var workers = 2
    /// Answers waiting for a worker. One more is refused with 503.
    package var workerQueue = 256
    /// What a refused client is told to wait, in seconds.
    package var retryAfter = 1
    /// Bytes of stored answers, split evenly over the loops. 0 stores none.
    package var cacheBytes = 4 * 1024 * 1024
    /// How long `stop` lets answers in flight be finished.
    package var drainTime: Duration = .seconds(10)

    package init() {}
}

extension Duration {
    /// Whole milliseconds; 0 for negative durations.
    var milliseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return UInt64(seconds) * 1000 + UInt64(attoseconds / 1_000_000_000_000_000)
    }
}

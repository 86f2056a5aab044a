// SPDX-License-Identifier: Apache-2.0

import HTTP
import Sockets
import Synchronization
import TLS

/// The listeners that all event loops share, and the count of connections made through them.
final class Listeners: Sendable {
    /// One listener, and whose clients come through it.
    final class Entry: Sendable {
        let listener: Listener
        let origin: Request.Origin
        /// Nil when requests come in the clear.
        let tls: TLSFiles?

        init(_ listener: consuming Listener, _ origin: Request.Origin, tls: TLSFiles? = nil) {
            self.listener = listener
            self.origin = origin
            self.tls = tls
        }
    }

    let entries: [Entry]
    /// Connections open in all loops, but for those through the socket file: whoever runs the server gets in, however many
    /// others have.
    private let connections = Atomic<Int>(0)
    /// Loops that still accept.
    private let acceptingLoops: Atomic<Int>

    init(network: consuming Listener, tls: TLSFiles?, local: consuming Listener?, loops: Int) {
        var entries = [Entry(network, .network, tls: tls)]
        if let local = consume local { entries.append(Entry(local, .local)) }
        self.entries = entries
        acceptingLoops = Atomic(loops)
    }

    /// Counts one connection more and returns how many there are now; 0 for one that is not counted.
    func connectionOpens(_ origin: Request.Origin) -> Int {
        origin == .network ? connections.add(1, ordering: .relaxed).newValue : 0
    }

    func connectionCloses(_ origin: Request.Origin) {
        if origin == .network { connections.subtract(1, ordering: .relaxed) }
    }

    /// One loop accepts no more. With the last one the kernel begins to turn clients away.
    func loopStopsAccepting() {
        guard acceptingLoops.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 else { return }
        for entry in entries { entry.listener.refuseConnections() }
    }
}

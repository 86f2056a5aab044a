// SPDX-License-Identifier: Apache-2.0

import Sockets
import Synchronization

/// A connection on its way from the kernel to the loop that will serve it. Closed if none takes it.
final class Arrival: Sendable {
    let address: IPAddress?
    let entry: Listeners.Entry
    /// How many connections there are with it.
    let count: Int
    private let socket: Mutex<Socket?>

    init(_ socket: consuming Socket, _ address: IPAddress?, _ entry: Listeners.Entry, count: Int) {
        self.socket = Mutex(consume socket)
        self.address = address
        self.entry = entry
        self.count = count
    }

    /// Nil when it has been taken.
    func take() -> Socket? { socket.withLock { $0.take() } }
}

/// The loops that share the connections. One that accepts while the others sleep would have them all, and the work of one processor
/// would then be all that they get.
struct Neighbours: Sendable {
    private let own: Mailbox
    /// This loop's own among them.
    private let all: [Mailbox]

    init(of own: Mailbox, among all: [Mailbox]) {
        self.own = own
        self.all = all
    }

    /// Hands the connection to the loop that has the fewest, unless that has only one fewer than this one: moving it would then gain
    /// nothing.
    /// - Returns: false when it is this loop's, and counted so.
    func handOver(_ arrival: Arrival) -> Bool {
        if let idlest = all.min(by: { $0.connectionCount < $1.connectionCount }),
            idlest.connectionCount + 1 < own.connectionCount, idlest.send(arrival)
        {
            return true
        }
        own.connectionComes()
        return false
    }
}

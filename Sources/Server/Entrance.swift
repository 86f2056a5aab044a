// SPDX-License-Identifier: Apache-2.0

import HTTP
import Sockets
import Synchronization

/// The listeners that all event loops share, and the count of those who came in.
final class Entrance: Sendable {
    /// One listener, and whose clients come through it.
    final class Door: Sendable {
        let listener: Listener
        let origin: Request.Origin

        init(_ listener: consuming Listener, _ origin: Request.Origin) {
            self.listener = listener
            self.origin = origin
        }
    }

    let doors: [Door]
    /// Connections open in all loops.
    private let guests = Atomic<Int>(0)
    /// Loops that still accept.
    private let doorkeepers: Atomic<Int>

    init(network: consuming Listener, local: consuming Listener?, loops: Int) {
        var doors = [Door(network, .network)]
        if let local = consume local { doors.append(Door(local, .local)) }
        self.doors = doors
        doorkeepers = Atomic(loops)
    }

    /// Counts one connection more and returns how many there are now.
    func enter() -> Int {
        guests.add(1, ordering: .relaxed).newValue
    }

    func leave() {
        guests.subtract(1, ordering: .relaxed)
    }

    /// One loop accepts no more. With the last one the kernel begins to turn clients away.
    func doorkeeperLeaves() {
        guard doorkeepers.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 else { return }
        for door in doors { door.listener.refuseConnections() }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Sockets
import Synchronization

/// How many requests each client may make: so many at once, and so many a second on average. All loops share one.
///
/// It keeps one moment for each client (the generic cell rate algorithm, a token bucket without a bucket): when all that it has
/// asked for would have been due. Two generations bound the memory: clients that have not been seen for long are forgotten, and
/// under a flood of addresses some are forgotten early, who may then ask for more than their share; nobody gets less.
final class RateLimiter: Sendable {
    private struct Clients {
        var young: [IPAddress: UInt64] = [:]
        var old: [IPAddress: UInt64] = [:]
    }

    /// A part of the clients, so that loops seldom wait for each other.
    private final class Shard: Sendable {
        let clients = Mutex(Clients())
    }

    /// Nanoseconds that one request uses up.
    private let interval: UInt64
    /// Nanoseconds by which a client may be ahead.
    private let tolerance: UInt64
    /// Of one generation of one shard.
    private let capacity: Int
    private let shards: [Shard]

    /// - Parameters:
    ///   - perSecond: at least 1.
    ///   - burst: at least 1.
    ///   - capacity: how many clients are remembered, at most.
    init(perSecond: Int, burst: Int, capacity: Int = 131_072) {
        interval = 1_000_000_000 / UInt64(clamping: max(1, perSecond))
        tolerance = interval * UInt64(clamping: max(1, burst) - 1)
        let count = 8
        shards = (0..<count).map { _ in Shard() }
        self.capacity = max(1, capacity / count / 2)
    }

    /// Counts one request.
    /// - Parameter now: nanoseconds of the monotonic clock.
    /// - Returns: nil when it may be served, else the nanoseconds until the next one may.
    func take(_ client: IPAddress, now: UInt64) -> UInt64? {
        let client = client.clientPrefix
        let shard = shards[Int(UInt(bitPattern: client.hashValue) % UInt(shards.count))]
        return shard.clients.withLock { clients in
            let due = max(clients.young[client] ?? clients.old[client] ?? 0, now)
            guard due - now <= tolerance else { return due - now - tolerance }
            if clients.young.count >= capacity, clients.young[client] == nil {
                clients.old = clients.young
                clients.young = [:]
            }
            clients.young[client] = due + interval
            return nil
        }
    }

    /// How many clients are remembered.
    var count: Int {
        shards.reduce(0) { count, shard in count + shard.clients.withLock { $0.young.count + $0.old.count } }
    }
}

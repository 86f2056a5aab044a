// SPDX-License-Identifier: Apache-2.0

/// How often each client has shown a token that was none, of late: so many at once, and so many a second on average.
///
/// It keeps one moment for each client (the generic cell rate algorithm): when all its failures would be forgiven. Two generations
/// bound the memory: under a flood of addresses the oldest are forgotten early, which lets these try more often and holds nobody back
/// longer.
struct FailedAttempts {
    /// Failures that a client may have at once; one is forgiven each second.
    private let allowance: Int
    /// Of one generation.
    private let capacity: Int
    private var young: [String: Int] = [:]
    private var old: [String: Int] = [:]

    /// - Parameter capacity: how many clients are remembered, at most.
    init(allowance: Int = 10, capacity: Int = 20_000) {
        self.allowance = allowance
        self.capacity = max(1, capacity / 2)
    }

    /// How many clients are remembered.
    var count: Int { young.count + old.count }

    /// The seconds that this client must wait before its next attempt; nil when it may make one.
    /// - Parameter now: seconds of a clock. When it is set back, nobody waits longer than the allowance takes.
    func wait(for client: String, now: Int) -> Int? {
        let wait = forgiven(client, now: now) - now - (allowance - 1)
        return wait > 0 ? wait : nil
    }

    /// Counts one failure.
    mutating func note(_ client: String, now: Int) {
        let moment = forgiven(client, now: now) + 1
        if young.count >= capacity, young[client] == nil {
            old = young
            young = [:]
        }
        young[client] = moment
    }

    private func forgiven(_ client: String, now: Int) -> Int {
        min(max(young[client] ?? old[client] ?? now, now), now + allowance)
    }
}

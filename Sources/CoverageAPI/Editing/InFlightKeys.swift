// SPDX-License-Identifier: Apache-2.0

internal import CoverageStore
internal import Synchronization

/// The idempotency keys of requests under way, shared by the handlers of all loops: whoever repeats a request before it is
/// answered is told to wait. That this is lost with the process does no harm: what is done is on disk with its answer.
final class InFlightKeys: Sendable {
    private let keys = Mutex<Set<IdempotencyKey>>([])

    /// Whether nothing is under way with this key; then it is from now on, until `clear`.
    func take(_ key: IdempotencyKey?) -> Bool {
        guard let key else { return true }
        return keys.withLock { $0.insert(key.withoutBody).inserted }
    }

    func clear(_ key: IdempotencyKey?) {
        guard let key else { return }
        keys.withLock { _ = $0.remove(key.withoutBody) }
    }
}

extension IdempotencyKey {
    /// The same for every request that bears the key, whatever it asks for.
    fileprivate var withoutBody: IdempotencyKey {
        IdempotencyKey(actor: actor, method: method, path: path, key: key, body: "")
    }
}

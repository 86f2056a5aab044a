// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// What the process knows of its own readiness, beside what the database says. One for all loops.
package final class Readiness: Sendable {
    private let draining = Atomic<Bool>(false)
    /// The first migration that the database lacks; nil when it has the schema of this program.
    let pendingMigration: String?

    package init(pendingMigration: String? = nil) {
        self.pendingMigration = pendingMigration
    }

    /// From now on the server is about to stop: those who balance load are to look elsewhere.
    package func drain() { draining.store(true, ordering: .relaxed) }

    package var isDraining: Bool { draining.load(ordering: .relaxed) }
}

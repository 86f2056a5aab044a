// SPDX-License-Identifier: Apache-2.0

import CSQLite
import Synchronization

/// Stops the running statements of one connection from any thread, also after the connection is gone.
package final class Interrupter: Sendable {
    /// `@unchecked` because `sqlite3_interrupt` may be called from any thread while the connection is open, and the lock
    /// keeps it open during the call.
    @safe private struct Target: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    private let target: Mutex<Target?>

    init(_ database: borrowing DatabaseHandle) {
        let target = unsafe Target(pointer: database.pointer)
        self.target = Mutex(target)
    }

    /// Ends what runs now with `SQLITE_INTERRUPT`; statements started later are not touched.
    package func interrupt() {
        target.withLock { target in
            // Unsafe: the pointer is valid until `detach`, which waits for this lock.
            if let target { unsafe sqlite3_interrupt(target.pointer) }
        }
    }

    /// To be called before the connection closes.
    func detach() {
        target.withLock { $0 = nil }
    }
}

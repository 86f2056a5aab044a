// SPDX-License-Identifier: Apache-2.0

import CSQLite

extension Connection {
    /// How many instructions of SQLite's virtual machine run between two looks at the clock: some tens of microseconds.
    private static let instructionsPerLook: Int32 = 1000

    /// Gives the statements that run in `body` this much time in all; then they fail with an error whose `isDeadline` is
    /// true. Inside another deadline the earlier of the two holds.
    ///
    /// SQLite rolls back the whole transaction around a write that is cut short.
    package func withDeadline<Result, Failure: Error>(
        _ duration: Duration, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let outer = hooks.deadline
        let own = Int64(clamping: Int128(ConnectionHooks.now) + duration.attoseconds / 1_000_000_000)
        hooks.deadline = outer.map { min($0, own) } ?? own
        if outer == nil { installProgressHandler() }
        defer {
            hooks.deadline = outer
            hooks.hasExpired = false
            // Unsafe: the pointer is valid.
            if outer == nil { unsafe sqlite3_progress_handler(database.pointer, 0, nil, nil) }
        }
        return try body()
    }

    private func installProgressHandler() {
        // Unsafe: the handle owns both the hooks and the pointer they are set on, and closes before it releases the hooks.
        unsafe sqlite3_progress_handler(
            database.pointer, Self.instructionsPerLook,
            { context in
                guard let context = unsafe context else { return 0 }
                let hooks = unsafe Unmanaged<ConnectionHooks>.fromOpaque(context).takeUnretainedValue()
                if hooks.isOverdue { hooks.hasExpired = true }
                return hooks.hasExpired ? 1 : 0
            }, Unmanaged.passUnretained(hooks).toOpaque())
    }
}

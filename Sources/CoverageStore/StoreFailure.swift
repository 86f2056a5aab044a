// SPDX-License-Identifier: Apache-2.0

internal import SQLite

/// Why the database did not do what was asked, in the terms of those who ask.
package enum StoreFailure: Error, Sendable, CustomStringConvertible {
    /// A statement ran into its deadline.
    case deadline
    /// The database cannot be used now; the text is for the log.
    case unavailable(String)

    init(_ error: SQLiteError) {
        self = error.isDeadline ? .deadline : .unavailable(error.description)
    }

    package var description: String {
        switch self {
        case .deadline: "a statement ran into its deadline"
        case .unavailable(let reason): reason
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import SQLite

/// Why the database did not do what was asked, in the terms of those who ask. The texts are for the log.
package enum StoreFailure: Error, Sendable, CustomStringConvertible {
    /// A statement ran into its deadline.
    case deadline
    /// There is no room to write: nothing of what was asked is kept.
    case full
    /// Too much waits to be written.
    case busy
    /// The file was removed, or replaced by another, since it was opened: nothing more is written to it.
    case moved
    /// The file cannot be used now, and perhaps can be later.
    case unavailable(String)
    /// The file or this program is at fault, and asking again will not help.
    case broken(String)

    init(_ error: SQLiteError) {
        let passing: [ResultCode] = [
            .busy, .locked, .ioError, .cannotOpen, .noMemory, .lockingProtocol, .readOnly,
        ]
        if error.isDeadline {
            self = .deadline
        } else if error.code.primary == .full {
            self = .full
        } else if error.code == .readOnlyMoved {
            self = .moved
        } else if passing.contains(error.code.primary) {
            self = .unavailable(error.description)
        } else {
            self = .broken(error.description)
        }
    }

    init(_ error: WriterError) {
        if case .queueFull = error { self = .busy } else { self = .unavailable(error.description) }
    }

    package var description: String {
        switch self {
        case .full: "there is no room left to write"
        case .busy: "too much waits to be written"
        case .moved: "the file of the database was removed or replaced while it was open"
        case .deadline: "a statement ran into its deadline"
        case .unavailable(let reason), .broken(let reason): reason
        }
    }

    /// Runs `body`, turning SQLite's errors into these.
    static func mapping<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as SQLiteError { throw StoreFailure(error) }
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Certificates and keys as they stand in files, and the context made of them, which new connections begin with. Reading the
/// files again replaces it as a whole or leaves it as it is; connections that there are keep theirs.
package final class TLSFiles: Sendable {
    private struct State {
        var context: TLSContext
        /// What the files were like when they were last read, with or without success.
        var read: [FileStamp?]
        /// What they were like when they were last looked at.
        var seen: [FileStamp?]
    }

    private let configuration: TLSConfiguration
    private let tickets: TicketKeys
    private let state: Mutex<State>

    package init(_ configuration: TLSConfiguration) throws(TLSError) {
        self.configuration = configuration
        tickets = try TicketKeys()
        let stamps = configuration.files.map { FileStamp($0) }
        state = Mutex(State(context: try TLSContext(configuration, tickets: tickets), read: stamps, seen: stamps))
    }

    /// For the connections to come.
    package var context: TLSContext { state.withLock { $0.context } }

    /// Reads the files now.
    /// - Throws: when they cannot be used; nothing has changed then.
    package func reload() throws(TLSError) {
        let stamps = configuration.files.map { FileStamp($0) }
        state.withLock { $0.read = stamps }
        let context = try TLSContext(configuration, tickets: tickets)
        state.withLock { $0.context = context }
    }

    /// Reads the files if they have changed and are the same as at the last look: a certificate and its key are rarely replaced
    /// in one moment. To be called every few seconds.
    /// - Returns: whether there is a new context.
    package func reloadIfChanged() throws(TLSError) -> Bool {
        let stamps = configuration.files.map { FileStamp($0) }
        let isDue = state.withLock { state in
            defer { state.seen = stamps }
            return stamps == state.seen && stamps != state.read
        }
        if isDue { try reload() }
        return isDue
    }
}

extension TLSConfiguration {
    fileprivate var files: [String] {
        let authorities: [String] =
            switch clientCertificates {
            case .ignored: []
            case .optional(let file), .required(let file): [file]
            }
        return identities.flatMap { [$0.certificate, $0.key] } + authorities
    }
}

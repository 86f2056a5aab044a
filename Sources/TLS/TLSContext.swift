// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

/// What all connections of a server have in common: certificates, versions, ciphers. Made whole or not at all, and never
/// changed after that; to change certificates, make another one and use it for the connections to come.
package final class TLSContext: Sendable {
    /// One for each certificate; connections begin with the first.
    private let handles: [ContextHandle]

    package init(_ configuration: TLSConfiguration, tickets: TicketKeys) throws(TLSError) {
        guard !configuration.identities.isEmpty else { throw TLSError("there is no certificate", reasons: []) }
        var handles: [ContextHandle] = []
        for identity in configuration.identities {
            handles.append(try ContextHandle(identity, configuration, tickets))
        }
        self.handles = handles
        // Unsafe: the callback gets this object without a reference; it is called for connections only, each of which keeps
        // this object alive (`TLSConnection.context`).
        let owner = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe handles[0].withPointer { unsafe readout_set_server_name_callback($0, chooseIdentity, owner) }
    }

    /// Lends the SSL_CTX that a new connection begins with.
    func withPointer<Result>(_ body: (OpaquePointer) -> Result) -> Result { unsafe handles[0].withPointer(body) }

    /// How many seconds from now the first certificate to end does so; nil when none says.
    package var secondsLeft: Int64? { handles.compactMap(\.secondsLeft).min() }

    /// Puts the certificate that is for this host in the place of the first; false when there is none.
    fileprivate func select(for host: UnsafePointer<CChar>, on ssl: OpaquePointer) -> Bool {
        guard let handle = handles.first(where: { unsafe $0.isFor(host) }) else { return false }
        // Unsafe: the connection takes a reference of its own.
        return unsafe handle.withPointer { unsafe SSL_set_SSL_CTX(ssl, $0) != nil }
    }
}

/// SNI (RFC 6066, section 3): the certificate that is for the host the client names.
private func chooseIdentity(
    _ ssl: OpaquePointer?, _: UnsafeMutablePointer<Int32>?, _ argument: UnsafeMutableRawPointer?
) -> Int32 {
    // Unsafe: the argument is the context object that the connection keeps alive; the name is OpenSSL's for the call.
    guard let ssl = unsafe ssl, let argument = unsafe argument,
        let host = unsafe SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name)
    else { return SSL_TLSEXT_ERR_NOACK }
    let context = unsafe Unmanaged<TLSContext>.fromOpaque(argument).takeUnretainedValue()
    return unsafe context.select(for: host, on: ssl) ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK
}

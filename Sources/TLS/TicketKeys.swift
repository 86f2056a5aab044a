// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

/// The keys under which sessions are sealed into tickets (RFC 5077). They outlive a context, so that sessions can be resumed
/// after certificates were reloaded; a new process has new ones.
package struct TicketKeys: Sendable {
    /// OpenSSL's name, HMAC and AES keys in a row.
    private static let length = 80
    private let bytes: [UInt8]

    /// - Throws: when there is no randomness to be had.
    package init() throws(TLSError) {
        var bytes = [UInt8](repeating: 0, count: Self.length)
        // Unsafe: writes so many bytes into the buffer lent for the call.
        let filled = unsafe bytes.withUnsafeMutableBufferPointer {
            unsafe RAND_priv_bytes($0.baseAddress, Int32($0.count))
        }
        guard filled == 1 else { throw TLSError(last: "cannot make ticket keys") }
        self.bytes = bytes
    }

    func install(in context: OpaquePointer) throws(TLSError) {
        var bytes = bytes
        // Unsafe: OpenSSL copies so many bytes out of the buffer lent for the call.
        let installed = unsafe bytes.withUnsafeMutableBytes {
            unsafe readout_set_ticket_keys(context, $0.baseAddress, $0.count)
        }
        guard installed == 1 else { throw TLSError(last: "cannot set the ticket keys") }
    }
}

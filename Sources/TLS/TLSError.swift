// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL
internal import Glibc

/// What OpenSSL could not do.
package struct TLSError: Error, Sendable, CustomStringConvertible {
    /// What was attempted.
    package let action: String
    /// OpenSSL's own words, the first cause first.
    package let reasons: [String]

    package var description: String { ([action] + reasons).joined(separator: ": ") }

    /// The peer went away in the middle of the handshake.
    package static let broken = TLSError("the handshake broke off", reasons: [])

    init(_ action: String, reasons: [String]) {
        self.action = action
        self.reasons = reasons
    }

    /// Takes the errors that the calls of this thread have left behind.
    init(last action: String) {
        self.action = action
        var reasons: [String] = []
        while true {
            let code = ERR_get_error()
            if code == 0 { break }
            let reason = Self.reason(of: code)
            if !reasons.contains(reason) { reasons.append(reason) }
        }
        self.reasons = reasons
    }

    /// The kernel's own errors are marked by the 32nd bit (`ERR_SYSTEM_FLAG`).
    private static func reason(of code: UInt) -> String {
        if code & 0x8000_0000 != 0 {
            // Unsafe: strerror's text is copied before any other call.
            return unsafe String(cString: strerror(Int32(truncatingIfNeeded: code & 0x7FFF_FFFF)))
        }
        // Unsafe: a constant C string of OpenSSL's, or null; copied at once.
        return unsafe ERR_reason_error_string(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }
}

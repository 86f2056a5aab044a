// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

/// What OpenSSL could not do.
package struct TLSError: Error, Sendable, CustomStringConvertible {
    /// What was attempted.
    package let action: String
    /// OpenSSL's own words, the first cause first.
    package let reasons: [String]
    /// The peer spoke HTTP in the clear.
    package let isPlainHTTP: Bool

    package var description: String { ([action] + reasons).joined(separator: ": ") }

    init(_ action: String, reasons: [String]) {
        self.action = action
        self.reasons = reasons
        isPlainHTTP = false
    }

    /// Takes the errors that the calls of this thread have left behind.
    init(last action: String) {
        self.action = action
        var reasons: [String] = []
        var isPlainHTTP = false
        while true {
            let code = ERR_get_error()
            if code == 0 { break }
            isPlainHTTP = isPlainHTTP || readout_error_reason(code) == SSL_R_HTTP_REQUEST
            // Unsafe: a constant C string of OpenSSL's, or null; copied at once.
            reasons.append(unsafe ERR_reason_error_string(code).map { unsafe String(cString: $0) } ?? "error \(code)")
        }
        self.reasons = reasons
        self.isPlainHTTP = isPlainHTTP
    }
}

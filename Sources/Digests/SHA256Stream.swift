// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

/// SHA-256 of bytes that come piece by piece.
package struct SHA256Stream {
    private var state = SHA256_CTX()

    package init() {
        unsafe readout_sha256_begin(&state)
    }

    package mutating func add(_ bytes: [UInt8]) {
        // Unsafe: the array lends its bytes for the call.
        unsafe bytes.withUnsafeBytes { unsafe readout_sha256_add(&state, $0.baseAddress, $0.count) }
    }

    /// The digest of all that was added, as 64 lower-case hexadecimal digits.
    package func hex() -> String {
        var (state, output) = (state, [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH)))
        // Unsafe: writes as many bytes as the buffer has.
        unsafe readout_sha256_end(&state, &output)
        return Hexadecimal.encode(output)
    }
}

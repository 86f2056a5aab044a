// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

/// Comparison of secrets.
package enum ConstantTime {
    /// Whether two texts of bytes are the same, in a time that tells of their lengths only: how many of the first bytes agree
    /// is what a guesser would like to know.
    package static func equal(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        guard a.count == b.count else { return false }
        return unsafe a.withUnsafeBytes { first in
            unsafe b.withUnsafeBytes { second in
                // OpenSSL must not be handed the null of an empty buffer.
                guard let left = first.baseAddress, let right = second.baseAddress else { return true }
                // Unsafe: reads `count` bytes of both, which is what both have.
                return unsafe CRYPTO_memcmp(left, right, first.count) == 0
            }
        }
    }
}

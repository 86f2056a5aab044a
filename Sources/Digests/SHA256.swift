// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

/// SHA-256 (FIPS 180-4) by OpenSSL.
package enum SHA256 {
    /// The 32 bytes of the digest of `bytes`.
    package static func digest(of bytes: [UInt8]) -> InlineArray<32, UInt8> {
        var output = InlineArray<32, UInt8>(repeating: 0)
        var result = output.mutableSpan
        unsafe result.withUnsafeMutableBufferPointer { result in
            // Unsafe: reads `count` bytes and writes 32; both buffers are alive and long enough.
            unsafe bytes.withUnsafeBufferPointer { unsafe readout_sha256($0.baseAddress, $0.count, result.baseAddress) }
        }
        return output
    }

    /// The digest as 64 lower-case hexadecimal digits.
    package static func hex(of bytes: [UInt8]) -> String { Hexadecimal.encode(digest(of: bytes).span) }

    /// The same of a text's UTF-8.
    package static func hex(of text: some StringProtocol) -> String { hex(of: Array(text.utf8)) }
}

// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

/// Bytes that nobody can guess, from OpenSSL's generator.
package enum RandomBytes {
    /// The generator has no entropy: nothing secret can be made.
    package struct Unavailable: Error, CustomStringConvertible {
        package var description: String { "the random number generator has no entropy" }
    }

    package static func make(_ count: Int) throws(Unavailable) -> [UInt8] {
        guard let length = Int32(exactly: count), length >= 0 else { throw Unavailable() }
        var bytes = [UInt8](repeating: 0, count: count)
        // Unsafe: writes `length` bytes, which is what the buffer has.
        let result = unsafe bytes.withUnsafeMutableBufferPointer { unsafe RAND_bytes($0.baseAddress, length) }
        guard result == 1 else { throw Unavailable() }
        return bytes
    }
}

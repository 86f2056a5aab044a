// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Where commands say what went wrong.
enum StandardError {
    static func write(_ line: String) { put(line + "\n") }

    /// The text as it is.
    static func put(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            // Unsafe: the bytes are lent for the call.
            let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count <= 0 { return }
            bytes = bytes.dropFirst(count)
        }
    }
}

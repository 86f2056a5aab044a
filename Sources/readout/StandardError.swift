// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Where commands say what went wrong.
enum StandardError {
    static func write(_ line: String) { put(line + "\n") }

    /// The text as it is.
    static func put(_ text: String) { _ = writeAll(Array(text.utf8), to: STDERR_FILENO) }
}

/// Where commands put what they are asked for.
enum StandardOutput {
    /// - Throws: when nobody takes it, as when the disk is full or the reader has gone.
    static func write(_ bytes: [UInt8]) throws {
        guard writeAll(bytes, to: STDOUT_FILENO) else { throw Failure("cannot write to standard output") }
    }
}

/// Whether everything was written.
private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
        // Unsafe: the bytes are lent for the call.
        let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0 && errno == EINTR { continue }
        if count <= 0 { return false }
        rest = rest.dropFirst(count)
    }
    return true
}

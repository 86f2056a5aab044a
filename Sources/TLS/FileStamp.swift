// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// What tells that a file has been written or replaced; links are followed.
struct FileStamp: Sendable, Hashable, CustomStringConvertible {
    private let seconds: Int
    private let nanoseconds: Int
    private let inode: UInt
    private let size: Int

    /// Nil when there is no such file.
    init?(_ path: String) {
        var status = stat()
        // Unsafe: fills one structure that lasts for the call.
        guard unsafe stat(path, &status) == 0 else { return nil }
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
        inode = status.st_ino
        size = status.st_size
    }

    var description: String { "\(seconds).\(nanoseconds)-\(inode)-\(size)" }
}

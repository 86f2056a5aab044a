// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Which file a path names: whatever takes its name later is another. Deleting a file that is open leaves it to those who have
/// it open, and to nobody after them.
struct FileIdentity: Equatable, Sendable {
    private let device: UInt
    private let inode: UInt

    /// Nil where the path leads to nothing.
    init?(_ path: String) {
        var status = stat()
        // Asked every second: the text is lent as it is, where passing it by itself would copy it first.
        // Unsafe: the path is read and the structure written during the call.
        let result = unsafe path.withCString { unsafe stat($0, &status) }
        guard result == 0 else { return nil }
        (device, inode) = (UInt(status.st_dev), UInt(status.st_ino))
    }
}

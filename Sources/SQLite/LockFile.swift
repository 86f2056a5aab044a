// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The right to write to a database: an exclusive `flock` on `<database>.lock`, with the owner's process id inside.
///
/// The kernel drops the lock with the process, so a lock file left behind by a crash does no harm. The file itself stays:
/// removing it would let two processes lock two files of the same name.
package struct LockFile: ~Copyable {
    package let path: String
    private let descriptor: Int32

    /// Takes the lock or fails at once. A symbolic link to the database leads to the lock of what it points to.
    package init(database: String) throws(LockFileError) {
        let path = Self.resolved(database) + ".lock"
        // Unsafe: the path is read during the call.
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw .failed(path: path, errno: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let cause = errno
            let holder = cause == EWOULDBLOCK ? Self.readProcessID(descriptor) : nil
            close(descriptor)
            throw cause == EWOULDBLOCK ? .held(path: path, pid: holder) : .failed(path: path, errno: cause)
        }
        guard Self.writeProcessID(descriptor) else {
            let cause = errno
            close(descriptor)
            throw .failed(path: path, errno: cause)
        }
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        // Emptied first, so that no reader meets the id of a process that has let go. Unlocked by name: closing
        // would leave the lock to a child just forked, until it runs its program.
        _ = ftruncate(descriptor, 0)
        _ = flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    private static func writeProcessID(_ descriptor: Int32) -> Bool {
        let line = Array("\(getpid())\n".utf8)
        guard ftruncate(descriptor, 0) == 0 else { return false }
        // Unsafe: the array lends its bytes for the call.
        return unsafe pwrite(descriptor, line, line.count, 0) == line.count
    }

    private static func readProcessID(_ descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        // Unsafe: at most the array's length is written.
        let count = unsafe pread(descriptor, &bytes, bytes.count, 0)
        return Int32(String(decoding: bytes.prefix(max(count, 0)).prefix { $0 != 0x0A }, as: UTF8.self))
    }

    /// What a path leads to, symbolic links followed; itself where nothing is.
    package static func resolved(_ path: String) -> String {
        // Unsafe: realpath gives a string to copy and free, or nil where nothing exists yet.
        guard let real = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }
}

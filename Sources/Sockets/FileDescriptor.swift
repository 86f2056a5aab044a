// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The only owner of an open descriptor: closing is what happens when it goes away.
package struct FileDescriptor: ~Copyable, Sendable {
    /// The kernel's number for it, valid while the owner lives. Lend it, never keep it.
    package let number: Int32

    /// Takes over a descriptor that nobody else will close.
    package init(owning number: Int32) {
        self.number = number
    }

    deinit {
        // Linux releases the number even when close reports an error, so there is nothing to retry.
        _ = close(number)
    }
}

extension FileDescriptor {
    /// A second one for what this number stands for, such as standard error.
    package init(duplicating number: Int32) throws(Errno) {
        self.init(owning: try Errno.check("fcntl") { fcntl(number, F_DUPFD_CLOEXEC, 0) })
    }

    /// Writes every byte, waiting as often as it takes, whether the descriptor blocks or not.
    package borrowing func write(_ bytes: UnsafeRawBufferPointer) throws(Errno) {
        var written = 0
        while written < bytes.count {
            // Unsafe: a part of the bytes that are lent for the call.
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[written...])
            let count = unsafe Glibc.write(number, rest.baseAddress, rest.count)
            if count >= 0 {
                written += count
                continue
            }
            let error = Errno(last: "write")
            switch error.code {
            case EINTR: continue
            case EAGAIN: waitUntilWritable()
            default: throw error
            }
        }
    }

    private borrowing func waitUntilWritable() {
        var request = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        // Unsafe: the kernel reads and writes the one request lent for the call. Whatever comes of it, `write` says why.
        _ = unsafe poll(&request, 1, -1)
    }
}

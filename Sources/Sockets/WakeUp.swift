// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// Rouses a thread that waits in epoll, from any other (an eventfd).
package struct WakeUp: ~Copyable, Sendable {
    private let descriptor: FileDescriptor

    package init() throws(Errno) {
        let flags = Int32(EFD_CLOEXEC | EFD_NONBLOCK)
        descriptor = FileDescriptor(owning: try Errno.check("eventfd") { eventfd(0, flags) })
    }

    /// For epoll: readable from `signal` until `clear`.
    package var number: Int32 { descriptor.number }

    package borrowing func signal() {
        _ = eventfd_write(descriptor.number, 1)
    }

    package borrowing func clear() {
        var count: eventfd_t = 0
        _ = unsafe eventfd_read(descriptor.number, &count)  // Unsafe: writes one counter that lasts for the call
    }
}

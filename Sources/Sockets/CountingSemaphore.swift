// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// Counts signals and lets threads wait for one each (an eventfd in semaphore mode).
package struct CountingSemaphore: ~Copyable, Sendable {
    private let descriptor: FileDescriptor

    package init() throws(Errno) {
        let flags = Int32(EFD_CLOEXEC | EFD_SEMAPHORE)
        descriptor = FileDescriptor(owning: try Errno.check("eventfd") { eventfd(0, flags) })
    }

    package borrowing func signal() {
        _ = eventfd_write(descriptor.number, 1)
    }

    /// Takes one signal, waiting for it as long as it takes.
    package borrowing func wait() {
        var count: eventfd_t = 0
        // Unsafe: writes one counter that lasts for the call. Fails only when interrupted by a signal handler.
        while unsafe eventfd_read(descriptor.number, &count) != 0 {}
    }

    /// The same, for so long at most.
    /// - Returns: whether there was one.
    package borrowing func wait(milliseconds: Int) -> Bool {
        var request = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
        // Unsafe: the kernel reads and writes the one request lent for the call.
        guard unsafe poll(&request, 1, Int32(clamping: milliseconds)) > 0 else { return false }
        wait()
        return true
    }
}

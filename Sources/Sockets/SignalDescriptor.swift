// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// Signals as something to read (a signalfd), instead of code that runs in the middle of other code.
package struct SignalDescriptor: ~Copyable, Sendable {
    private let descriptor: FileDescriptor

    /// Blocks the signals for this thread and all it starts later: to be made before any other thread is.
    package init(_ signals: [Int32]) throws(Errno) {
        var set = sigset_t()
        unsafe sigemptyset(&set)  // Unsafe: here and below, the set lasts for the call
        for signal in signals { unsafe sigaddset(&set, signal) }
        let code = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
        if code != 0 { throw Errno(call: "pthread_sigmask", code: code) }
        // Unsafe: as above.
        descriptor = FileDescriptor(
            owning: try Errno.check("signalfd") { unsafe signalfd(-1, &set, Int32(SFD_CLOEXEC)) })
    }

    /// Waits for one of the signals and returns its number, such as `SIGTERM`; nil when none has come within the time.
    /// - Parameter milliseconds: nil to wait for ever.
    package borrowing func next(milliseconds: Int32? = nil) throws(Errno) -> Int32? {
        if let milliseconds {
            var request = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
            // Unsafe: the kernel reads and writes the one request lent for the call.
            let count = try Errno.check("poll") { unsafe poll(&request, 1, milliseconds) }
            if count == 0 { return nil }
        }
        var info = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        // Unsafe: the kernel writes one structure of this size.
        try Errno.check("read") { Int32(truncatingIfNeeded: unsafe read(descriptor.number, &info, size)) }
        return Int32(truncatingIfNeeded: info.ssi_signo)
    }

    /// Writing to a closed connection becomes an error instead of the end of the process, whoever writes.
    package static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }
}

// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import Synchronization

/// A thread of its own, outside Swift's cooperative pool: for work that waits in the kernel.
package final class Thread: Sendable {
    private final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }

    private let handle: Mutex<pthread_t?>

    /// Starts at once.
    /// - Parameter name: what debuggers and `top -H` show; the kernel keeps its first 15 bytes.
    package init(name: String, _ body: @escaping @Sendable () -> Void) throws(Errno) {
        // Unsafe: the new thread balances this retain; on failure it is balanced here.
        let start = unsafe Unmanaged.passRetained(Start(name: name, body: body))
        var thread = pthread_t()
        let code = unsafe pthread_create(&thread, nil, Self.entry, start.toOpaque())
        if code != 0 {
            // Unsafe: no thread has taken the reference over.
            unsafe start.release()
            throw Errno(call: "pthread_create", code: code)
        }
        handle = Mutex(thread)
    }

    deinit {
        if let thread = handle.withLock({ $0 }) { pthread_detach(thread) }
    }

    /// Waits until the body has returned. Further calls return at once.
    package func join() {
        let thread = handle.withLock { handle in
            defer { handle = nil }
            return handle
        }
        if let thread { pthread_join(thread, nil) }
    }

    /// Lets the calling thread rest for so long, or less when a signal wakes it.
    package static func sleep(milliseconds: Int) {
        var time = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
        // Unsafe: the kernel reads the time lent for the call.
        _ = unsafe nanosleep(&time, nil)
    }

    private static let entry: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
        guard let argument = unsafe argument else { return nil }
        // Unsafe: the argument is the retained Start of `init`, consumed exactly once.
        let start = unsafe Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        // Unsafe: the kernel copies the text lent for the call.
        _ = unsafe pthread_setname_np(pthread_self(), String(start.name.prefix(15)))
        start.body()
        return nil
    }
}

// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// Whoever started this process and waits for word of it, as systemd does: sd_notify(3).
package struct ServiceManager: Sendable {
    private let path: String

    /// - Parameter path: the value of `NOTIFY_SOCKET`; nil when nobody waits.
    package init?(path: String?) {
        guard let path, path.hasPrefix("/") || path.hasPrefix("@") else { return nil }
        self.path = path
    }

    /// Says what is so now, such as `READY=1`; several assignments stand on lines of their own.
    package func notify(_ state: String) throws(Errno) {
        let endpoint = FileDescriptor(
            owning: try Errno.check("socket") { socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0) }
        )
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(path.utf8)
        guard name.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw Errno(call: "sendto", code: ENAMETOOLONG)
        }
        // A name in the abstract namespace begins with a NUL, which is written as @.
        if name[0] == UInt8(ascii: "@") { name[0] = 0 }
        // Unsafe: the name fits, as checked; address and text last for the call that reads them.
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        let text = Array(state.utf8)
        let sent = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe sendto(endpoint.number, text, text.count, Int32(MSG_NOSIGNAL), $0, length)
            }
        }
        if sent < 0 { throw Errno(last: "sendto") }
    }
}
